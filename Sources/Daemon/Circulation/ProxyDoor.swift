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
    private let kiosks: Set<String>
    private let readiness: Readiness
    private var listener: TCPListener?

    init(_ proxy: Configuration.Proxy, on readiness: Readiness) throws(LinkError) {
        let listener = try TCPListener.listen(address: proxy.address, port: proxy.port, on: readiness)
        port = listener.port
        self.listener = consume listener
        host = proxy.host
        systemPort = proxy.systemPort
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
                    let kiosk = try Self.parked(caller)
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

    private func serve(_ kiosk: ParkedCall, by proxy: CirculationProxy, _ logger: Logger) async {
        do throws(LinkError) {
            let link = try await TCPLink.connect(host: host, port: systemPort, on: readiness)
            await proxy.serve(kiosk: kiosk, system: try Self.parked(link))
        } catch {
            // The kiosk is hung up on, as it would be by the system itself.
            logger.warning("proxy: library system", metadata: ["place": "\(host):\(systemPort)", "cause": "\(error)"])
        }
    }

    private static func parked(_ link: consuming TCPLink) throws(LinkError) -> ParkedCall {
        let speaking = ParkedLink(try link.shared())
        return ParkedCall(listening: ParkedLink(link), speaking: speaking)
    }
}
