import Foundation
import Interfaces
import Logging
import Operations

extension Composition {
    /// The servers of the dialects that are spoken, each at its pad; none where there is no pad.
    ///
    /// - Parameter simulation: in the simulated branch pages of this machine may ask, and a test may lay items down.
    static func dialects(
        _ configuration: Configuration,
        desk: ServiceDesk,
        simulation: SimulatedBranch?,
        logger: Logger
    ) -> [DialectServer] {
        let pads = configuration.readers.filter { $0.role == .pad }
        let addresses = pads.compactMap { pad -> (String, String)? in
            guard case .tcp(let host, _, _) = pad.place else { return nil }
            return (host, pad.name)
        }
        var servers: [DialectServer] = []
        for dialect in configuration.dialects {
            guard let type = AllDialects.named(dialect.name), let reader = dialect.reader ?? pads.first?.name else {
                continue
            }
            let place = DialectPlace(
                desk: desk.workstations,
                reader: reader,
                takesFirst: dialect.reader == nil,
                writesTags: dialect.writesTags,
                showsCards: dialect.showsCards,
                readersByAddress: Dictionary(addresses, uniquingKeysWith: { first, _ in first })
            )
            var started: @Sendable (String, Int) -> Void = { _, _ in }
            if dialect.port == 0 { started = noteDown(of: dialect.name, in: configuration.state) }
            servers.append(
                DialectServer(
                    type,
                    at: place,
                    port: dialect.port,
                    policy: DialectGuard(origins: dialect.origins, allowsLoopbackPages: simulation != nil),
                    lay: simulation.map { laying(by: $0.desk, on: reader) },
                    audit: desk.audit,
                    started: started,
                    logger: logger
                )
            )
        }
        return servers
    }

    private static func laying(by desk: SimulationDesk, on reader: String) -> DialectServer.Lay {
        { barcodes in try await desk.lay(barcodes, on: reader) }
    }

    /// Writes a port down for whoever asked for a free one; the other address may have got another one.
    private static func noteDown(of dialect: String, in state: String) -> @Sendable (String, Int) -> Void {
        { address, port in
            guard !address.contains(":") else { return }
            let file = URL(filePath: state).appending(path: "port-\(dialect)")
            try? "\(port)\n".write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
