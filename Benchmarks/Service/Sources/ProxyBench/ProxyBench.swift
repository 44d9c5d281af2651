import Foundation
import Library
import LinuxIO
import Logging
import Operations
import Wire

/// The proxy alone, as the daemon puts it together, between a port of this machine and a library system on it:
///
///     ProxyBench LISTEN SYSTEM
///
/// Both are ports. `Scripts/bench-proxy` plays kiosks and library system. No tag has to follow: the answers ask for none.
@main
enum ProxyBench {
    static func main() async throws {
        let ports = CommandLine.arguments.dropFirst().compactMap(UInt16.init)
        guard ports.count == 2 else {
            print("usage: ProxyBench LISTEN SYSTEM")
            exit(64)
        }
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let readiness = try Readiness()
        var listener = try TCPListener.listen(address: "127.0.0.1", port: ports[0], on: readiness)
        let time = Timekeeper(now: { Moment(milliseconds: 0) }, sleep: { try await Task.sleep(for: $0) })
        let settings = ProxySettings(name: "kiosk-1", reader: "pad-1")
        let proxy = CirculationProxy(settings, time: time, logger: logger) { _ in .followed }
        await withDiscardingTaskGroup { group in
            group.addTask { await proxy.run() }
            while true {
                do throws(LinkError) {
                    let kiosk = try parked(try await listener.accept(within: .seconds(3600)))
                    group.addTask {
                        do throws(LinkError) {
                            let link = try await TCPLink.connect(host: "127.0.0.1", port: ports[1], on: readiness)
                            await proxy.serve(kiosk: kiosk, system: try parked(link))
                        } catch {
                            print("library system: \(error)")
                        }
                    }
                } catch {
                    print("kiosk: \(error)")
                }
            }
        }
    }

    private static func parked(_ link: consuming TCPLink) throws(LinkError) -> ParkedCall {
        let speaking = ParkedLink(try link.shared())
        return ParkedCall(listening: ParkedLink(link), speaking: speaking)
    }
}
