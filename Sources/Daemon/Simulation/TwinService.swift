import Field
import Foundation
import Interfaces
import LinuxIO
import Logging
import ServiceLifecycle
import Wire

/// One simulated reader behind a real terminal line: takes bytes off the line, lets the twin answer, and takes as long
/// about it as line and air would.
struct TwinService: Service {
    let reader: String
    /// The link that the station opens, `…/simulated/pad-1`; it points at the terminal of the moment.
    let path: URL
    let line: LineSettings
    let branch: Branch
    let cables: SimulatedCables
    let readiness: Readiness
    let logger: Logger

    func run() async throws {
        await untilShutdown {
            while !Task.isCancelled {
                await cables.waitUntilPlugged(reader)
                do throws(LinkError) {
                    try await serve()
                } catch {
                    await cables.lay(reader)
                    guard !Task.isCancelled else { break }
                    logger.warning("simulated line", metadata: ["reader": "\(reader)", "cause": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
        try? FileManager.default.removeItem(at: path)
    }

    /// Serves one plugging-in; letting the terminal go at the end is what pulling the cable looks like.
    private func serve() async throws(LinkError) {
        var terminal = try PseudoTerminal.open(on: readiness)
        publish(terminal.slavePath)
        await cables.lay(reader)
        defer { try? FileManager.default.removeItem(at: path) }
        while !Task.isCancelled, await cables.isPlugged(reader) {
            let bytes: [UInt8]
            do throws(LinkError) {
                bytes = try await terminal.receive(within: .milliseconds(200))
            } catch .timedOut {
                continue
            }
            let (reply, airTime) = await branch.receive(bytes, reader: reader)
            try? await Task.sleep(for: airTime + onLine(bytes.count + reply.count))
            guard !reply.isEmpty, await cables.isPlugged(reader) else { continue }
            try await terminal.send(reply)
        }
    }

    /// How long so many bytes take on the line: start bit, data, parity, stop bit each.
    private func onLine(_ count: Int) -> Duration {
        let bits = 1 + line.dataBits + (line.parity == .none ? 0 : 1) + line.stopBits
        return .microseconds(count * bits * 1_000_000 / max(line.baudRate, 1))
    }

    private func publish(_ slavePath: String) {
        try? FileManager.default.removeItem(at: path)
        do {
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try FileManager.default.createSymbolicLink(atPath: path.path, withDestinationPath: slavePath)
        } catch {
            logger.error("simulated line", metadata: ["reader": "\(reader)", "cause": "\(error.localizedDescription)"])
        }
    }
}
