import LinuxIO
import Logging
import Operations
import Wire

/// The port at which kiosks call a proxy: lets in those that may, and gives each its own connection to the library
/// system.
actor ProxyDoor {
    nonisolated let port: UInt16
    private let host: String
    private let systemPort: UInt16
    private let tls: TLSSettings?
    private let identity: TLSIdentity?
    private let kiosks: Set<String>
    private let readiness: Readiness
    private var listener: TCPListener?

    init(_ proxy: Configuration.Proxy, on readiness: Readiness) throws(LinkError) {
        let listener = try TCPListener.listen(address: proxy.address, port: proxy.port, on: readiness)
        port = listener.port
        self.listener = consume listener
        host = proxy.host
        systemPort = proxy.systemPort
        tls = proxy.tls
        identity = proxy.identity
        kiosks = Set(proxy.kiosks)
        self.readiness = readiness
    }

    /// Serves until cancelled.
    func run(_ proxy: CirculationProxy, logger: Logger) async {
        guard var listener = listener.take() else { return }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do throws(LinkError) {
                    let caller = try await listener.accept(within: .seconds(3600))
                    guard kiosks.isEmpty || kiosks.contains(caller.peer.host) else {
                        logger.warning("proxy: a caller that may not", metadata: ["from": "\(caller.peer)"])
                        continue
                    }
                    let kiosk = Caller(caller)
                    group.addTask { await self.serve(kiosk, by: proxy, logger) }
                } catch .timedOut {
                    continue
                } catch {
                    guard !Task.isCancelled else { break }
                    logger.warning("proxy", metadata: ["port": "\(port)", "cause": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    private func serve(_ caller: Caller, by proxy: CirculationProxy, _ logger: Logger) async {
        let kiosk: ParkedCall
        do throws(LinkError) {
            guard let call = try await answered(caller) else { return }
            kiosk = call
        } catch {
            logger.warning("proxy: kiosk", metadata: ["port": "\(port)", "cause": "\(error)"])
            return
        }
        do throws(LinkError) {
            await proxy.serve(kiosk: kiosk, system: try await system())
        } catch {
            // The kiosk is hung up on, as it would be by the system itself.
            logger.warning("proxy: library system", metadata: ["place": "\(host):\(systemPort)", "cause": "\(error)"])
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
