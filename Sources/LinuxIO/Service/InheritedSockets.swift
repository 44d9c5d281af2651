import CLinux
import Glibc

/// A listening socket that systemd opened for us and handed over at the start (socket activation, sd_listen_fds(3)).
package struct InheritedSocket: Hashable, Sendable {
    /// What its unit calls it with `FileDescriptorName=`: `http`, `control`.
    package var name: String
    /// The descriptor; whoever serves it owns it and closes it.
    package var descriptor: CInt

    package init(name: String, descriptor: CInt) {
        self.name = name
        self.descriptor = descriptor
    }

    /// Whether it is a unix socket, `ListenStream=/run/…`, and no address on a network.
    package var isUnix: Bool {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
        }
        return isKnown && address.ss_family == sa_family_t(AF_UNIX)
    }
}

/// What systemd handed over at the start.
///
/// The protocol is three variables: `LISTEN_PID` says for whom, `LISTEN_FDS` how many descriptors from 3 on, and
/// `LISTEN_FDNAMES` what they are called, with colons between. Started by hand there is nothing.
package struct InheritedSockets: Hashable, Sendable {
    /// Listening stream sockets, in the order in which they came.
    package var sockets: [InheritedSocket] = []
    /// What was handed over and cannot be served, in words; closed already.
    package var refused: [String] = []

    /// The first descriptor that is handed over (SD_LISTEN_FDS_START).
    private static let first: CInt = 3
    /// More than a unit file would name.
    private static let most: CInt = 64

    /// Takes what is there; call it once, before anything else opens files.
    ///
    /// - Parameters:
    ///   - environment: looks up a variable.
    ///   - forget: takes a variable out of the environment, so that programs started by us do not take the sockets for
    ///     theirs.
    ///   - first: where the descriptors begin.
    package static func take(
        environment: (String) -> String? = { name in getenv(name).map { String(cString: $0) } },
        forget: (String) -> Void = { unsetenv($0) },
        first: CInt = first
    ) -> InheritedSockets {
        var found = InheritedSockets()
        defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { forget(name) } }
        guard environment("LISTEN_PID").flatMap({ pid_t($0) }) == getpid(),
            let count = environment("LISTEN_FDS").flatMap({ CInt($0) }), (1...most).contains(count)
        else { return found }
        let names = (environment("LISTEN_FDNAMES") ?? "").split(separator: ":", omittingEmptySubsequences: false)
        for number in 0..<count {
            let descriptor = first + number
            let name = Int(number) < names.count ? String(names[Int(number)]) : "unknown"
            // Systemd hands them over without this mark, since they have to survive one exec.
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            if let cause = unfit(descriptor) {
                found.refused.append("\(name), descriptor \(descriptor): \(cause)")
                close(descriptor)
            } else {
                found.sockets.append(InheritedSocket(name: name, descriptor: descriptor))
            }
        }
        return found
    }

    /// Takes the sockets of this name out.
    package mutating func take(_ name: String) -> [InheritedSocket] {
        let taken = sockets.filter { $0.name == name }
        sockets.removeAll { $0.name == name }
        return taken
    }

    /// Closes what nobody took, and says what that was.
    package mutating func closeRest() -> [String] {
        defer {
            sockets = []
            refused = []
        }
        for socket in sockets { close(socket.descriptor) }
        return refused + sockets.map { "\($0.name), descriptor \($0.descriptor): found an unknown name" }
    }

    private static func unfit(_ descriptor: CInt) -> String? {
        guard let type = option(SO_TYPE, of: descriptor) else { return "found no socket, wanted a listening one" }
        guard type == CInt(SOCK_STREAM.rawValue) else { return "found datagrams, wanted ListenStream=" }
        guard option(SO_ACCEPTCONN, of: descriptor) == 1 else {
            return "found a socket that does not listen, wanted Accept=no"
        }
        return nil
    }

    private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }
}
