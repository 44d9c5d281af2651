import CLinux
import Glibc
package import Wire

/// The kernel's broadcast of devices that come and go, over netlink: no daemon and no library stands between.
///
/// Events come before udev has set groups and links, so one is a reason to try soon and again, not a promise.
package struct KernelEvents: ~Copyable, Sendable {
    private let socket: Descriptor
    private let readiness: Readiness

    /// Listens; throws where the system keeps the broadcast away, as a sandbox without AF_NETLINK does.
    package static func open(on readiness: Readiness) throws(LinkError) -> KernelEvents {
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(AF_NETLINK, kind, NETLINK_KOBJECT_UEVENT)
        guard number >= 0 else { throw .system("socket for kernel events") }
        let socket = Descriptor(owning: number)
        var address = sockaddr_nl()
        address.nl_family = __kernel_sa_family_t(AF_NETLINK)
        // Group 1 is the kernel's own; group 2 is udev's.
        address.nl_groups = 1
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket.raw, $0, socklen_t(MemoryLayout<sockaddr_nl>.size))
            }
        }
        guard bound == 0 else { throw .system("bind for kernel events") }
        return KernelEvents(socket: socket, readiness: readiness)
    }

    private init(socket: consuming Descriptor, readiness: Readiness) {
        self.socket = socket
        self.readiness = readiness
    }

    /// Waits for the next event; ``LinkError/timedOut`` when there is none in time.
    package mutating func next(within limit: Duration) async throws(LinkError) -> KernelEvent {
        let deadline = Deadline.now + limit
        while true {
            switch receive() {
            case .event(let event): return event
            case .foreign: continue
            case .nothing: try await readiness.wait(for: .reading, on: socket, until: deadline)
            case .overrun: return .unread
            case .failed(let code): throw .system("recvfrom kernel", code)
            }
        }
    }

    private enum Received {
        case event(KernelEvent)
        /// Another program's, or none that can be read.
        case foreign
        /// Nothing waits.
        case nothing
        /// The kernel had more than its buffer holds, and dropped some.
        case overrun
        /// The errno.
        case failed(Int32)
    }

    private borrowing func receive() -> Received {
        var buffer = [UInt8](repeating: 0, count: 8192)
        var sender = sockaddr_nl()
        var length = socklen_t(MemoryLayout<sockaddr_nl>.size)
        let raw = socket.raw
        let count = withUnsafeMutablePointer(to: &sender) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(raw, &buffer, buffer.count, 0, $0, &length)
            }
        }
        guard count >= 0 else {
            switch errno {
            case EAGAIN, EINTR: return .nothing
            case ENOBUFS: return .overrun
            default: return .failed(errno)
            }
        }
        // Any program may send to the group; only the kernel has port 0.
        guard sender.nl_pid == 0, let event = KernelEvent(Array(buffer.prefix(count))) else { return .foreign }
        return .event(event)
    }
}
