import CLinux
import Glibc
package import Wire

/// The device's end of a serial line without a wire: a twin speaks here, the daemon opens ``slavePath`` like a cable.
///
/// A client may come, go and come again; its end hangs up, as if the cable was pulled, when this end is let go. What
/// is sent while nobody listens waits in the kernel (a few kilobytes) and is thrown away by the next client.
package struct PseudoTerminal: Link, ~Copyable {
    /// How long a client may leave its buffer full.
    private static let patience: Duration = .seconds(2)

    /// The device file for the other side, `/dev/pts/7`.
    package let slavePath: String
    private let master: Descriptor
    /// Held open so that this end does not hang up between two clients.
    private let slave: Descriptor
    private let readiness: Readiness

    /// Makes a pair of ends, both raw. Throws ``LinkError/system(errno:call:meaning:)`` where the kernel has none left.
    package static func open(on readiness: Readiness) throws(LinkError) -> PseudoTerminal {
        let number = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw .system("open /dev/ptmx") }
        let master = Descriptor(owning: number)
        var unlocked: Int32 = 0
        guard ioctl(master.raw, clinux_pty_lock, &unlocked) == 0 else { throw .system("TIOCSPTLCK") }
        var index: UInt32 = 0
        guard ioctl(master.raw, clinux_pty_number, &index) == 0 else { throw .system("TIOCGPTN") }

        let path = "/dev/pts/\(index)"
        let other = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard other >= 0 else { throw .system("open \(path)") }
        let slave = Descriptor(owning: other)
        // Raw from the start: an echoing terminal would answer the twin with its own words.
        var raw = clinux_line(baud_rate: 38400, data_bits: 8, parity: 0, stop_bits: 1)
        guard clinux_line_set(slave.raw, &raw) == 0 else { throw .system("set \(path)") }
        return PseudoTerminal(slavePath: path, master: master, slave: slave, readiness: readiness)
    }

    private init(
        slavePath: String,
        master: consuming Descriptor,
        slave: consuming Descriptor,
        readiness: Readiness
    ) {
        self.slavePath = slavePath
        self.master = master
        self.slave = slave
        self.readiness = readiness
    }

    /// Whether a ``SerialLink`` has taken the other side; a program that opens it without claiming it is not seen.
    package var hasClient: Bool {
        var exclusive: Int32 = 0
        return ioctl(slave.raw, clinux_tty_exclusive, &exclusive) == 0 && exclusive != 0
    }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await readiness.write(bytes, to: master, within: Self.patience)
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        try await readiness.read(from: master, within: limit)
    }
}
