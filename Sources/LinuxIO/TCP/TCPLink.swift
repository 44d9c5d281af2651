import Glibc
package import Wire

/// A network connection to a reader, opened by us or by the reader.
///
/// Short requests leave at once. A peer that vanished without a word, switched off or unplugged from the network, is
/// noticed by keep-alive probes after 10 s of silence, or when sent bytes stay unacknowledged for as long.
package struct TCPLink: Link, ~Copyable {
    /// How long a peer may leave our bytes unread.
    private static let patience: Duration = .seconds(5)

    /// The other end's address and port, `192.168.10.10` and `10001`.
    package let peer: Peer
    private let socket: Descriptor
    private let readiness: Readiness

    /// One end of a connection, printed as `192.168.10.10:10001`, with an IPv6 address in brackets.
    package struct Peer: Hashable, Sendable, CustomStringConvertible {
        /// Its address without brackets: `192.168.10.10`, `fd00::10`.
        package var host: String
        /// TCP port; 0 where the system does not tell it.
        package var port: UInt16

        package init(host: String, port: UInt16) {
            self.host = host
            self.port = port
        }

        package var description: String {
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    init(peer: Peer, socket: consuming Descriptor, readiness: Readiness) {
        self.peer = peer
        self.socket = socket
        self.readiness = readiness
    }

    /// A second hold on the same connection, so that one loop can listen while another one speaks; the connection
    /// closes when both are let go.
    package borrowing func shared() throws(LinkError) -> TCPLink {
        let copy = fcntl(socket.raw, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw .system("fcntl") }
        return TCPLink(peer: peer, socket: Descriptor(owning: copy), readiness: readiness)
    }

    /// Notices within four seconds that the peer vanished: for readers, and above all for a gate, whose silence is an
    /// alarm.
    package borrowing func watchClosely() throws(LinkError) { try socket.watchClosely() }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await readiness.write(bytes, to: socket, within: Self.patience, by: .send)
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        try await readiness.read(from: socket, within: limit)
    }
}

extension TCPLink {
    /// Connects to a reader's server, trying each of the host's addresses until one answers.
    ///
    /// Throws ``LinkError/absent(device:hint:)`` when there is no such host or nobody listens on the port, and
    /// ``LinkError/timedOut`` when nothing answered at all.
    package static func connect(
        host: String,
        port: UInt16,
        within limit: Duration = .seconds(5),
        on readiness: Readiness
    ) async throws(LinkError) -> TCPLink {
        let deadline = Deadline.now + limit
        let addresses = await SocketAddress.resolve(host, port: port)
        guard !Task.isCancelled else { throw .cancelled }
        var failure = LinkError.absent(device: host, hint: "check the host's name or use its numeric address")
        for address in addresses {
            do throws(LinkError) {
                return try await connect(to: address, until: deadline, on: readiness)
            } catch {
                failure = error
                guard error != .timedOut, error != .cancelled else { break }
            }
        }
        throw failure
    }

    private static func connect(
        to address: SocketAddress,
        until deadline: Deadline,
        on readiness: Readiness
    ) async throws(LinkError) -> TCPLink {
        let socket = try Descriptor.streamSocket(address.family)
        try socket.tune()
        let (host, port) = address.numeric ?? ("?", 0)
        let peer = Peer(host: host, port: port)
        if address.withPointer({ Glibc.connect(socket.raw, $0, $1) }) < 0 {
            guard errno == EINPROGRESS else { throw failed(peer, errno) }
            try await readiness.wait(for: .writing, on: socket, until: deadline)
            let code = socket.pendingError()
            guard code == 0 else { throw failed(peer, code) }
        }
        return TCPLink(peer: peer, socket: socket, readiness: readiness)
    }

    private static func failed(_ peer: Peer, _ code: Int32) -> LinkError {
        switch code {
        case ECONNREFUSED:
            .absent(device: "\(peer)", hint: "nobody listens on port \(peer.port), check the reader's port setting")
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN:
            .absent(device: "\(peer)", hint: "the network cannot reach it, check cable, address and route")
        case ETIMEDOUT: .timedOut
        default: .system("connect \(peer)", code)
        }
    }
}
