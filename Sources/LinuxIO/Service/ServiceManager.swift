import CLinux
import Glibc
package import Wire

/// Tells systemd how the daemon is: ready, what it is doing, still alive, about to stop.
///
/// Speaks the notification protocol of sd_notify(3): one datagram for each piece of news to the socket that
/// `NOTIFY_SOCKET` names. Started by hand there is no such socket and nobody to tell.
package struct ServiceManager: Hashable, Sendable {
    /// What systemd can be told (sd_notify(3)).
    package enum News: Hashable, Sendable {
        /// Start-up is over: units that wait for us may start.
        case ready
        /// One line for `systemctl status`.
        case status(String)
        /// Alive and well; systemd restarts a service that does not say so in time.
        case watchdog
        /// The configuration is read anew; ``ready`` ends it. Carries the kernel's monotonic clock in microseconds, by
        /// which systemd tells one reload from the next (Type=notify-reload, since 253).
        case reloading(microseconds: UInt64)
        /// The service begins to end.
        case stopping

        /// Reloading from now on.
        package static var reloading: News {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return .reloading(microseconds: UInt64(time.tv_sec) &* 1_000_000 &+ UInt64(time.tv_nsec) / 1000)
        }
    }

    /// How often ``News/watchdog`` is expected; tell it twice as often. `nil` when nobody waits for it.
    package let watchdogInterval: Duration?
    private let path: String

    /// `environment` looks up a variable; `nil` when no service manager listens.
    package init?(environment: (String) -> String? = { name in getenv(name).map { String(cString: $0) } }) {
        guard let path = environment("NOTIFY_SOCKET"), path.hasPrefix("/") || path.hasPrefix("@") else { return nil }
        self.path = path
        let isMeant = environment("WATCHDOG_PID").map { $0 == String(getpid()) } ?? true
        let interval = environment("WATCHDOG_USEC").flatMap { Int64($0) }
        watchdogInterval = isMeant ? interval.map { .microseconds($0) } : nil
    }

    /// Sends one datagram. Throws ``LinkError/system(errno:call:meaning:)`` where the service manager's socket does not
    /// take it.
    package func tell(_ news: News) throws(LinkError) {
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw .system("socket") }
        let descriptor = Descriptor(owning: number)
        let message = Array(news.text.utf8)
        let sent = try withAddress { address, length in
            sendto(descriptor.raw, message, message.count, Int32(MSG_NOSIGNAL), address, length)
        }
        guard sent == message.count else { throw .system("notify \(path)") }
    }

    /// The socket's address; a leading `@` stands for the zero byte of an abstract name (unix(7)).
    private func withAddress<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) throws(LinkError) -> Result {
        var name = Array(path.utf8)
        if path.hasPrefix("@") { name[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard name.count < capacity else { throw .system("notify \(path)", ENAMETOOLONG) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = MemoryLayout<sockaddr_un>.size - capacity + name.count
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }
}

extension ServiceManager.News {
    fileprivate var text: String {
        switch self {
        case .ready: "READY=1"
        // A line end would start another piece of news.
        case .status(let text): "STATUS=" + String(text.map { $0.isNewline ? " " : $0 })
        case .watchdog: "WATCHDOG=1"
        case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
        case .stopping: "STOPPING=1"
        }
    }
}
