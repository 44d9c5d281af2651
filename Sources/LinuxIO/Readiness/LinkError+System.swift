import Glibc
import Wire

extension LinkError {
    /// The failure of a system call, by the number the kernel gave; read at once, before another call replaces it.
    static func system(_ call: String, _ code: Int32 = Glibc.errno) -> LinkError {
        .system(errno: code, call: call, meaning: meaning(of: code))
    }

    /// What a failed read or write says of the link: most numbers only mean that the other end is gone.
    ///
    /// A pulled adapter answers EIO, ENXIO or ENODEV; a dead connection ECONNRESET, EPIPE or, once its keep-alive
    /// probes stay unanswered, ETIMEDOUT.
    static func transfer(_ call: String, _ code: Int32 = Glibc.errno) -> LinkError {
        switch code {
        case EIO, ENXIO, ENODEV, ECONNRESET, EPIPE, ETIMEDOUT, ENOTCONN, EHOSTUNREACH, ENETDOWN, ENETUNREACH: .closed
        default: .system(call, code)
        }
    }

    /// The waiting task was cancelled; nothing is wrong with the link.
    static let cancelled = LinkError.system("wait", ECANCELED)

    /// The kernel's own words for an error number, in lower case.
    static func meaning(of code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
