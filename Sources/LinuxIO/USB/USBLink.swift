import CLibUSB
package import Wire

/// A reader on USB that carries its frames over a pair of endpoints, as FEIG readers do: the bytes are those of the
/// serial line.
package struct USBLink: Link, ~Copyable {
    /// How long the device may leave our bytes untaken.
    private static let patience: Duration = .seconds(2)
    /// The most bytes handed over by one transfer: a whole number of packets of any size.
    private static let portion = 4096

    private let handle: USBHandle

    /// The device that was opened, of those that were meant.
    package var device: USBDevice { handle.device }

    /// Opens the first device that is meant and takes it for this program alone.
    ///
    /// Throws ``LinkError/absent(device:hint:)`` when it is not plugged in, and ``LinkError/refused(reason:hint:)``
    /// when it may not be used: permission, another program, or no endpoints to speak over.
    package static func open(_ selection: USBSelection, on bus: USBBus) throws(LinkError) -> USBLink {
        USBLink(handle: try USBHandle.open(selection, on: bus))
    }

    private init(handle: consuming USBHandle) {
        self.handle = handle
    }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard !bytes.isEmpty else { return }
        _ = try await transfer(bytes, handle.endpoints.output, within: Self.patience)
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let deadline = Deadline.now + limit
        while true {
            let space = [UInt8](repeating: 0, count: Self.portion)
            let bytes = try await transfer(space, handle.endpoints.input, within: deadline.after(.now))
            // A packet without bytes only says that a transfer of whole packets has ended.
            if !bytes.isEmpty { return bytes }
        }
    }

    private borrowing func transfer(
        _ bytes: [UInt8],
        _ endpoint: UInt8,
        within limit: Duration
    ) async throws(LinkError) -> [UInt8] {
        try await USBTransfer(handle, endpoint: endpoint, bytes: bytes, within: limit)
            .result(on: handle, endpoint: endpoint)
    }
}
