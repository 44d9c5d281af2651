import CLinux
import Glibc
package import Wire

/// A serial line to a reader: ttyUSB, ttyACM, ttyS or a pseudo-terminal.
///
/// The line is raw and belongs to this program alone as long as the link lives. Bytes that waited in the line when it
/// was opened are thrown away, they belong to an older conversation.
package struct SerialLink: Link, ~Copyable {
    /// How long bytes may take to leave beyond the time they need on the line.
    static let patience: Duration = .seconds(2)

    /// The device's path, by which it was opened: `/dev/ttyUSB0`.
    package let path: String
    /// A simulated line: it carries bytes but has neither parity nor modem lines.
    package let isPseudoTerminal: Bool
    let descriptor: Descriptor
    private let readiness: Readiness
    private let settings: LineSettings
    /// When the line will have been silent for long enough.
    private var quietUntil = Deadline.now

    init(
        path: String,
        isPseudoTerminal: Bool,
        descriptor: consuming Descriptor,
        settings: LineSettings,
        readiness: Readiness
    ) {
        self.path = path
        self.isPseudoTerminal = isPseudoTerminal
        self.descriptor = descriptor
        self.settings = settings
        self.readiness = readiness
    }

    deinit {
        // The flag outlives the descriptor where somebody else keeps the terminal open, as a simulator does.
        _ = ioctl(descriptor.raw, UInt(TIOCNXCL), 0)
    }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        let pause = quietUntil.after(.now)
        if pause > .zero {
            guard (try? await Task.sleep(for: pause, clock: .continuous)) != nil else { throw .cancelled }
        }
        let lineTime = settings.lineTime(of: bytes.count)
        try await readiness.write(bytes, to: descriptor, within: Self.patience + lineTime * 2)
        quietUntil = Deadline.now + lineTime + settings.quietGap
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let bytes = try await readiness.read(from: descriptor, within: limit)
        quietUntil = Deadline.now + settings.quietGap
        return bytes
    }
}
