import CLinux
import Glibc
import Wire

/// A terminal line of the kernel's, of which both ends are ours.
struct TerminalPair {
    /// The device's end.
    let far: Int32
    /// Where the other end is opened: `/dev/pts/7`.
    let path: String

    /// Throws what the kernel said: a line without a number would be `/dev/pts/0`, somebody's terminal.
    init() throws(LinkError) {
        far = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard far >= 0 else { throw Self.failure("open /dev/ptmx") }
        var unlocked: Int32 = 0
        var number: UInt32 = 0
        guard ioctl(far, clinux_pty_lock, &unlocked) == 0, ioctl(far, clinux_pty_number, &number) == 0 else {
            let error = Self.failure("unlock and number of /dev/ptmx")
            close(far)
            throw error
        }
        path = "/dev/pts/\(number)"
    }

    /// What the last call failed of; asked at once, before another call replaces the number.
    static func failure(_ call: String) -> LinkError {
        let code = errno
        return .system(errno: code, call: call, meaning: String(cString: strerror(code)))
    }
}
