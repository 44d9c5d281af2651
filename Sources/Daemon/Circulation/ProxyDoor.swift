import LinuxIO
import Logging
import Operations
import Wire

/// The port at which kiosks call a proxy: lets in those that may, and gives each its own connection to the library
/// system.
///
/// A port that cannot be had is tried again later; nothing else of the service depends on it, and gates least of all.
actor ProxyDoor {
    /// The one that was asked for; for 0 the one that the kernel chose.
    nonisolated let port: UInt16
    private let address: String
    private let host: String
    private let systemPort: UInt16
    private let tls: TLSSettings?
    private let identity: TLSIdentity?
    private let kiosks: Set<String>
    private let readiness: Readiness
    private var listener: TCPListener?
    /// Why the port was not to be had when it was tried last.
    private var trouble: LinkError?
    private let limit: Int
    private var calls = 0
    private var refused = RefusedCalls()
    private let start = ContinuousClock.now

    private static let retry = Duration.seconds(10)

    /// Takes the port, or notes why it is not to be had.
    ///
    /// - Parameter limit: calls that are served at once; a kiosk makes one, and each takes four descriptors.
    init(_ proxy: Configuration.Proxy, on readiness: Readiness, limit: Int = 64) {
        do throws(LinkError) {
            let listener = try TCPListener.listen(address: proxy.address, port: proxy.port, on: readiness)
            port = listener.port
            trouble = nil
            self.listener = consume listener
        } catch {
            port = proxy.port
            trouble = error
            self.listener = nil
        }
        address = proxy.address
        host = proxy.host
        systemPort = proxy.systemPort
        tls = proxy.tls
        identity = proxy.identity
        kiosks = Set(proxy.kiosks)
        self.readiness = readiness
        self.limit = limit
    }

    /// Serves until cancelled.
    ///
    /// - Parameter pause: waits between two attempts at a port that is not to be had.
    func run(
        _ proxy: CirculationProxy,
        logger: Logger,
        pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async {
        guard await opened(for: proxy, logger, pause) else { return }
        guard var listener = listener.take() else { return }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do throws(LinkError) {
                    let caller = try await listener.accept(within: .seconds(3600))
                    let host = caller.peer.host
                    guard kiosks.isEmpty || kiosks.contains(host) else {
                        tell("proxy: a caller that may not", from: host, [:], logger)
                        continue
                    }
                    guard calls < limit else {
                        tell("proxy: more calls than kiosks make", from: host, [:], logger)
                        continue
                    }
                    calls += 1
                    let kiosk = Caller(caller)
                    group.addTask { await self.serve(kiosk, from: host, by: proxy, logger) }
                } catch .timedOut {
                    continue
                } catch {
                    guard !Task.isCancelled else { break }
                    tell("proxy", ["port": "\(port)", "cause": "\(error)"], logger)
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    /// Tries until the port is had, and says once that it is not; false when cancelled.
    private func opened(
        for proxy: CirculationProxy,
        _ logger: Logger,
        _ pause: @Sendable (Duration) async throws -> Void
    ) async -> Bool {
        var isTold = false
        while let cause = trouble {
            await proxy.note(cause)
            if !isTold {
                logger.error(
                    "proxy cannot listen",
                    metadata: [
                        "proxy": "\(proxy.settings.name)", "place": "\(proxy.settings.place)", "cause": "\(cause)",
                        "hint": "\(cause.hint ?? "-")",
                    ]
                )
            }
            isTold = true
            guard (try? await pause(Self.retry)) != nil else { return false }
            tryAgain()
        }
        if isTold {
            await proxy.note(nil)
            logger.notice(
                "proxy listens",
                metadata: ["proxy": "\(proxy.settings.name)", "place": "\(proxy.settings.place)"]
            )
        }
        return true
    }

    private func tryAgain() {
        do throws(LinkError) {
            listener = try TCPListener.listen(address: address, port: port, on: readiness)
            trouble = nil
        } catch {
            trouble = error
        }
    }

    /// Writes a line about a call that came to nothing, unless the log has one about the same from just now.
    private func tell(_ what: String, from host: String? = nil, _ facts: Logger.Metadata, _ logger: Logger) {
        let key = host.map { "\(what) \($0)" } ?? what
        guard let count = refused.note(key, at: ContinuousClock.now - start) else { return }
        var facts = facts
        if let host { facts["from"] = "\(host)" }
        if count > 1 { facts["calls"] = "\(count)" }
        logger.warning("\(what)", metadata: facts)
    }

    private func serve(_ caller: Caller, from host: String, by proxy: CirculationProxy, _ logger: Logger) async {
        defer { calls -= 1 }
        let kiosk: ParkedCall
        do throws(LinkError) {
            guard let call = try await answered(caller) else { return }
            kiosk = call
        } catch {
            // Each kiosk by its host: one that cannot be greeted says nothing of the others.
            tell(
                "proxy: kiosk",
                from: host,
                ["port": "\(port)", "cause": "\(error)", "hint": "\(error.hint ?? "-")"],
                logger
            )
            return
        }
        do throws(LinkError) {
            let call = try await system()
            await proxy.note(system: nil)
            await proxy.serve(kiosk: kiosk, system: call)
        } catch {
            await proxy.note(system: error)
            // The kiosk is hung up on, as it would be by the system itself.
            tell(
                "proxy: library system",
                ["place": "\(self.host):\(systemPort)", "cause": "\(error)", "hint": "\(error.hint ?? "-")"],
                logger
            )
        }
    }

    /// The kiosk's call, greeted where it comes with TLS.
    private func answered(_ caller: Caller) async throws(LinkError) -> ParkedCall? {
        guard let link = await caller.take() else { return nil }
        guard let identity else { return try Self.parked(link) }
        let peer = "\(link.peer)"
        return try Self.parked(try await TLSLink.server(over: link, peer: peer, identity: identity))
    }

    private func system() async throws(LinkError) -> ParkedCall {
        guard let tls else {
            return try Self.parked(try await TCPLink.connect(host: host, port: systemPort, on: readiness))
        }
        return try Self.parked(
            try await TLSLink<TCPLink>.configured(host: host, port: systemPort, settings: tls, on: readiness)
        )
    }

    private static func parked(_ link: consuming TCPLink) throws(LinkError) -> ParkedCall {
        let speaking = ParkedLink(try link.shared())
        return ParkedCall(listening: ParkedLink(link), speaking: speaking)
    }

    private static func parked(_ link: consuming TLSLink<TCPLink>) throws(LinkError) -> ParkedCall {
        let speaking = ParkedLink(try link.shared())
        return ParkedCall(listening: ParkedLink(link), speaking: speaking)
    }
}

/// A call that was taken, on its way to the task that will serve it.
private actor Caller {
    private var link: TCPLink?

    init(_ link: consuming TCPLink) {
        self.link = consume link
    }

    /// The link, once.
    func take() -> TCPLink? {
        link.take()
    }
}
