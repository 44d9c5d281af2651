import Field
import Foundation
import Library
import LinuxIO
import Logging
import Operations
import Readers
import SIP2
import ServiceLifecycle
import Store
import Tags
import Wire

/// The simulated branch: made-up holdings, the tags on their shelf, and a twin behind a terminal line for each reader.
struct SimulatedBranch: Sendable {
    let desk: SimulationDesk
    let services: [any Service]
    /// Waits until a reader's line is there, or cannot be.
    let lineOf: @Sendable (_ reader: String) async -> Void

    /// The same seed makes the same branch at each start.
    private static let seed: UInt64 = 1969
    private static let itemCount = 2000

    /// A scene's readers, or one pad, one wand and one gate; on lines in the state folder.
    static func readers(state: String, scene: Scene?) -> [Configuration.Reader] {
        let line = FEIGDriver.identity.line
        func reader(_ name: String, _ role: StationRole, rest: Int) -> Configuration.Reader {
            Configuration.Reader(
                name: name,
                role: role,
                driver: FEIGDriver.identity.name,
                place: .serial(path: "\(state)/simulated/\(name)", line: line),
                interval: .milliseconds(rest)
            )
        }
        if let scene { return scene.readers.map { reader($0.name, $0.kind.role, rest: $0.kind == .pad ? 100 : 0) } }
        return [reader("pad-1", .pad, rest: 100), reader("wand-1", .wand, rest: 0), reader("gate-1", .gate, rest: 0)]
    }

    /// A configuration as it holds in the simulated branch, which has readers and a library system of its own.
    static func branch(
        _ configuration: Configuration,
        system: SimulatedLibrarySystem,
        scene: Scene?
    ) -> Configuration {
        var configuration = configuration
        configuration.librarySystem = system.configuration
        configuration.readers = readers(state: configuration.state, scene: scene)
        let pads = configuration.readers.filter { $0.role == .pad }
        configuration.proxies = pads.prefix(1).map { proxy(to: system, beside: $0.name) }
        configuration.gate.outputs = outputs(of: configuration.readers)
        configuration.http.loopback = .admin
        return configuration
    }

    /// Every gate has a siren, a lamp, a buzzer and a sign at the desk.
    static func outputs(of readers: [Configuration.Reader]) -> [GateConfiguration.Output] {
        readers.filter { $0.role == .gate }.flatMap { gate in
            SimulatedOutputs.names.map { GateConfiguration.Output(name: $0, gate: gate.name, place: .simulated) }
        }
    }

    /// The library system that knows the branch's holdings.
    static func librarySystem(on readiness: Readiness, logger: Logger) throws -> SimulatedLibrarySystem {
        var generator = SeededGenerator(seed: seed)
        let holdings = SimulatedHoldings(count: itemCount, using: &generator)
        do throws(LinkError) {
            return try SimulatedLibrarySystem(holdings.items, on: readiness, logger: logger)
        } catch {
            throw StartFailure(description: "simulated library system: \(error)", hint: error.hint)
        }
    }

    /// A kiosk beside a pad finds the library system here.
    static func proxy(to system: SimulatedLibrarySystem, beside reader: String) -> Configuration.Proxy {
        Configuration.Proxy(
            name: "kiosk-1",
            address: "127.0.0.1",
            port: 0,
            reader: reader,
            host: "127.0.0.1",
            systemPort: system.port,
            kiosks: [],
            encoding: SimulatedLibrarySystem.dialect.encoding,
            tellsKiosk: true
        )
    }

    /// Fills an empty store with the branch's holdings; a store that has holdings keeps them. A scene brings its own
    /// shelf, seed and radio conditions, and happens from the start on.
    init(
        readers: [Configuration.Reader],
        librarySystem: SimulatedLibrarySystem?,
        store: Store,
        security: SecurityPolicy,
        now: Moment,
        readiness: Readiness,
        span: @escaping @Sendable () async -> CallNumberSpan?,
        scene: Scene?,
        outputs: SimulatedOutputs?,
        logger: Logger
    ) async throws {
        var generator = SeededGenerator(seed: Self.seed)
        let holdings = SimulatedHoldings(count: Self.itemCount, using: &generator)
        if try store.snapshot() == nil { try Self.fill(store, with: holdings, now: now) }
        guard let chip = ChipTable.named("ICODE SLIX") else {
            throw StartFailure(description: "simulated branch: no chip ICODE SLIX in the chip table", hint: nil)
        }
        let shelf =
            if let scene {
                SimulatedShelf(scene.shelf, holding: holdings.items)
            } else {
                try SimulatedShelf(holdings.items, chip: chip, security: security, using: &generator)
            }
        let branch = Branch(seed: scene?.seed ?? Self.seed)
        await branch.setShelf(shelf.books)
        for tag in shelf.away { await branch.add(tag) }
        let cables = SimulatedCables()
        var services: [any Service] = []
        for reader in readers {
            await branch.addReader(
                name: reader.name,
                kind: scene?.readers.first { $0.name == reader.name }?.kind ?? reader.role.kind,
                twin: FEIGTwin(reader.role.device),
                conditions: scene?.conditions ?? RadioConditions()
            )
            guard case .serial(let path, let line) = reader.place else { continue }
            services.append(
                TwinService(
                    reader: reader.name,
                    path: URL(filePath: path),
                    line: line,
                    branch: branch,
                    cables: cables,
                    readiness: readiness,
                    logger: logger
                )
            )
        }
        desk = SimulationDesk(
            branch: branch,
            cables: cables,
            shelf: shelf,
            librarySystem: librarySystem?.bench,
            readers: Dictionary(readers.map { ($0.name, $0.role) }, uniquingKeysWith: { first, _ in first }),
            outputs: outputs,
            span: span,
            logger: logger
        )
        lineOf = { await cables.waitUntilLaid($0) }
        if let librarySystem { services.append(Working { await librarySystem.run() }) }
        if let scene { services.append(ScenePlayback(scene: scene, branch: branch, logger: logger)) }
        self.services = services + [desk]
    }

    private static func fill(_ store: Store, with holdings: SimulatedHoldings, now: Moment) throws {
        let work = try store.beginImport(profile: "simulated", source: "simulated branch", at: now)
        for (number, item) in holdings.items.enumerated() { try work.add(item, line: number + 1) }
        _ = try work.commit(at: now)
    }
}

extension ReaderKind {
    /// What such a reader is for.
    fileprivate var role: StationRole {
        switch self {
        case .pad: .pad
        case .wand: .wand
        case .gate: .gate
        }
    }
}

extension StationRole {
    /// The antenna of such a reader. A wand hears about a hand's breadth far.
    fileprivate var kind: ReaderKind {
        switch self {
        case .pad: .pad
        case .wand: .wand(reach: 120)
        case .gate: .gate
        }
    }

    /// The model its twin plays.
    fileprivate var device: FEIGTwin.Device {
        switch self {
        case .pad: .pad
        case .wand: .wand
        case .gate: .gate
        }
    }
}
