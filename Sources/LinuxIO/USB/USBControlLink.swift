import CLibUSB
package import Wire

/// A device on USB that takes its commands as control transfers in place of endpoints, as the oldest FEIG readers do.
///
/// What is sent is a setup packet of eight bytes (USB 2.0, 9.3), with the data behind it where they go to the device;
/// what is received is what the device answers to it. One transfer stands for one question.
package struct USBControlLink: Link, ~Copyable {
    private static let patience: Duration = .seconds(2)
    private static let setupLength = 8
    /// The most bytes of one transfer's data: linux/usbdevice_fs.h takes no more than a page.
    private static let mostData = 4088

    private let handle: USBHandle
    /// The question whose answer has not been fetched.
    private var pending: [UInt8]?

    /// Opens the first device that is meant and takes one of its interfaces for this program alone.
    package static func open(
        _ selection: USBSelection,
        interface: UInt8,
        on bus: USBBus
    ) throws(LinkError) -> USBControlLink {
        USBControlLink(handle: try USBHandle.open(selection, on: bus, control: interface))
    }

    private init(handle: consuming USBHandle) {
        self.handle = handle
    }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        // libusb believes the length in the packet: it has to be that of the data behind it, or of what will have room.
        guard bytes.count >= Self.setupLength, let length = Self.length(in: bytes), length <= Self.mostData,
            bytes.count - Self.setupLength == (Self.isQuestion(bytes) ? 0 : length)
        else {
            throw .usb(LIBUSB_ERROR_INVALID_PARAM.rawValue, "control transfer", "\(handle.device)")
        }
        // Towards the device the transfer is the sending; from it the asking waits for whoever listens.
        if Self.isQuestion(bytes) { pending = bytes } else { _ = try await transfer(bytes, within: Self.patience) }
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard let question = pending, let wanted = Self.length(in: question), limit > .zero else { throw .timedOut }
        pending = nil
        let bytes = try await transfer(question + [UInt8](repeating: 0, count: wanted), within: limit)
        guard !bytes.isEmpty else { throw .timedOut }
        return bytes
    }

    /// bmRequestType, bit 7: data comes from the device.
    private static func isQuestion(_ setup: [UInt8]) -> Bool { setup.first.map { $0 & 0x80 != 0 } ?? false }

    /// wLength, least significant byte first.
    private static func length(in setup: [UInt8]) -> Int? {
        setup.count >= setupLength ? Int(setup[7]) << 8 | Int(setup[6]) : nil
    }

    private borrowing func transfer(_ bytes: [UInt8], within limit: Duration) async throws(LinkError) -> [UInt8] {
        try await USBTransfer(control: handle, bytes: bytes, within: limit).result(on: handle, endpoint: 0)
    }
}
