package import Wire

/// A link inside another one, which nobody between the two ends can read or change: TLS 1.2 or 1.3.
///
/// Wraps whatever carries bytes. The certificate of the other end is judged before a byte of ours leaves.
package struct TLSLink<Carrier: Link & ~Copyable>: Link, ~Copyable {
    private var carrier: Carrier
    private let session: TLSSession

    private init(_ carrier: consuming Carrier, _ session: TLSSession) {
        self.carrier = carrier
        self.session = session
    }

    /// Greets a server over a carrier that stands.
    ///
    /// - Parameters:
    ///   - host: whose certificate is wanted, a name or a numeric address; `name` of the settings goes before it.
    ///   - peer: the place for messages, `ils.example.org:6443`.
    package static func client(
        over carrier: consuming Carrier,
        host: String,
        peer: String,
        settings: TLSSettings,
        within limit: Duration = .seconds(5)
    ) async throws(LinkError) -> TLSLink {
        let session = try TLSSession.client(settings, host: host, peer: peer)
        return try await TLSLink(carrier, session).greeted(within: limit)
    }

    /// Answers a client that has called; who may call is for others to say, for no certificate is asked for.
    package static func server(
        over carrier: consuming Carrier,
        peer: String,
        identity: TLSIdentity,
        within limit: Duration = .seconds(5)
    ) async throws(LinkError) -> TLSLink {
        let session = try TLSSession.server(identity, peer: peer)
        return try await TLSLink(carrier, session).greeted(within: limit)
    }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await carrier.send(try session.seal(bytes))
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let deadline = Deadline.now + limit
        var rest = limit
        while true {
            let bytes = try session.open()
            guard bytes.isEmpty else { return bytes }
            session.take(try await carrier.receive(within: rest))
            // A record that trickles in must not make the wait longer; a whole one that has just come in counts.
            rest = deadline.after(.now)
            if rest == .zero {
                let last = try session.open()
                guard last.isEmpty else { return last }
                throw .timedOut
            }
        }
    }

    private consuming func greeted(within limit: Duration) async throws(LinkError) -> TLSLink {
        let deadline = Deadline.now + limit
        while true {
            let isDone: Bool
            do throws(LinkError) {
                isDone = try session.greet()
            } catch {
                // The other end learns why from the alert; whether it does changes nothing for us.
                let alert = session.output()
                if !alert.isEmpty { try? await carrier.send(alert) }
                throw error
            }
            let output = session.output()
            if !output.isEmpty { try await carrier.send(output) }
            if isDone { return self }
            do throws(LinkError) {
                session.take(try await carrier.receive(within: deadline.after(.now)))
                if deadline <= .now { throw .timedOut }
            } catch .timedOut {
                throw .refused(
                    reason: "\(session.peer): does not answer a TLS greeting",
                    hint: "is TLS switched on at this port? without it, leave tls out"
                )
            } catch .closed {
                throw .refused(
                    reason: "\(session.peer): hangs up on a TLS greeting",
                    hint: "is TLS switched on at this port, and may this machine call it?"
                )
            }
        }
    }
}

extension TLSLink where Carrier == TCPLink {
    /// Connects to a host and greets it; both together within `limit`.
    package static func connect(
        host: String,
        port: UInt16,
        settings: TLSSettings,
        within limit: Duration = .seconds(5),
        on readiness: Readiness
    ) async throws(LinkError) -> TLSLink {
        let deadline = Deadline.now + limit
        let carrier = try await TCPLink.connect(host: host, port: port, within: limit, on: readiness)
        return try await client(
            over: carrier,
            host: host,
            peer: "\(TCPLink.Peer(host: host, port: port))",
            settings: settings,
            within: deadline.after(.now)
        )
    }

    /// Notices within four seconds that the peer vanished, as ``TCPLink/watchClosely()`` does.
    package borrowing func watchClosely() throws(LinkError) { try carrier.watchClosely() }

    /// A second hold on the same connection, so that one loop can listen while another one speaks.
    package borrowing func shared() throws(LinkError) -> TLSLink {
        TLSLink(try carrier.shared(), session)
    }
}
