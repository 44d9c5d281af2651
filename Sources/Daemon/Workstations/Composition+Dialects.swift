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
        simulation: Simulation?,
        logger: Logger
    ) -> [DialectServer] {
        let pads = configuration.readers.filter { $0.role == .pad }
        let addresses = pads.compactMap { pad -> (String, String)? in
            guard case .tcp(let host, _) = pad.place else { return nil }
            return (host, pad.name)
        }
        return configuration.dialects.compactMap { dialect in
            guard let type = AllDialects.named(dialect.name), let reader = dialect.reader ?? pads.first?.name else {
                return nil
            }
            let place = DialectPlace(
                desk: desk.workstations,
                reader: reader,
                writesTags: dialect.writesTags,
                showsCards: dialect.showsCards,
                readersByAddress: Dictionary(addresses, uniquingKeysWith: { first, _ in first })
            )
            let state = configuration.state
            return DialectServer(
                type,
                at: place,
                port: dialect.port,
                policy: DialectGuard(origins: dialect.origins, allowsLoopbackPages: simulation != nil),
                lay: simulation.map { simulation in
                    { barcodes in try await simulation.desk.lay(barcodes, on: reader) }
                },
                started: { address, port in
                    // For whoever asked for a free port; the other address may have got another one.
                    guard dialect.port == 0, !address.contains(":") else { return }
                    let file = URL(filePath: state).appending(path: "port-\(dialect.name)")
                    try? "\(port)\n".write(to: file, atomically: true, encoding: .utf8)
                },
                logger: logger
            )
        }
    }
}
