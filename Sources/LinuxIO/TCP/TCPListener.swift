import CLinux
import Glibc
package import Wire

/// A port on which readers in notification mode and other devices call us.
package struct TCPListener: ~Copyable, Sendable {
    /// The port it listens on; the one the kernel chose when 0 was asked for.
    package let port: UInt16
    private let socket: Descriptor
    private let readiness: Readiness

    /// Listens on a numeric address of this machine; `::` and `0.0.0.0` are all of them.
    package static func listen(
        address: String,
        port: UInt16,
        on readiness: Readiness
    ) throws(LinkError) -> TCPListener {
        guard let local = SocketAddress.look(up: address, port: port, flags: AI_NUMERICHOST | AI_PASSIVE).first else {
            throw .refused(
                reason: "listen on \(address): not an address",
                hint: "write it in numbers, such as 127.0.0.1 or ::"
            )
        }
        let socket = try Descriptor.streamSocket(local.family)
        try socket.set(SOL_SOCKET, SO_REUSEADDR, to: 1)
        guard local.withPointer({ bind(socket.raw, $0, $1) }) == 0, Glibc.listen(socket.raw, 16) == 0 else {
            throw failed(address, port, errno)
        }
        let bound = SocketAddress { getsockname(socket.raw, $0, &$1) }
        return TCPListener(port: bound?.numeric?.port ?? port, socket: socket, readiness: readiness)
    }

    private init(port: UInt16, socket: consuming Descriptor, readiness: Readiness) {
        self.port = port
        self.socket = socket
        self.readiness = readiness
    }

    /// Waits for the next caller; its address stands in ``TCPLink/peer``, to be compared with those that may call.
    package mutating func accept(within limit: Duration) async throws(LinkError) -> TCPLink {
        let deadline = Deadline.now + limit
        while true {
            var code: Int32 = 0
            var number: Int32 = -1
            let address = SocketAddress { address, length in
                number = clinux_accept(socket.raw, address, &length)
                code = errno
                return number
            }
            if number >= 0 {
                guard let link = try Self.link(to: number, at: address, on: readiness) else { continue }
                return link
            }
            switch code {
            case EAGAIN: try await readiness.wait(for: .reading, on: socket, until: deadline)
            // The caller gave up while it was waiting; the next one may not.
            case EINTR, ECONNABORTED, EPROTO: continue
            default: throw .system("accept", code)
            }
        }
    }

    /// The connection to a caller that was just accepted; `nil`, and the caller let go, where its address cannot be
    /// told: whether it may call at all is decided by that.
    static func link(
        to number: Int32,
        at address: SocketAddress?,
        on readiness: Readiness
    ) throws(LinkError) -> TCPLink? {
        // Owned before anything can fail, so that it is closed in any case.
        let caller = Descriptor(owning: number)
        guard let (host, port) = address?.numeric else { return nil }
        try caller.tune()
        return TCPLink(peer: .init(host: host, port: port), socket: caller, readiness: readiness)
    }

    private static func failed(_ address: String, _ port: UInt16, _ code: Int32) -> LinkError {
        switch code {
        case EADDRINUSE:
            .refused(
                reason: "port \(port): in use by another program",
                hint: "find it with: ss -ltnp 'sport = :\(port)', or choose another port"
            )
        case EACCES:
            .refused(reason: "port \(port): not permitted for this user", hint: "choose a port from 1024 on")
        case EADDRNOTAVAIL:
            .refused(reason: "\(address): not an address of this machine", hint: "see them with: ip address")
        default: .system("listen on port \(port)", code)
        }
    }
}
