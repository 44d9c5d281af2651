import API
import Field
import Foundation
import Importers
import Interfaces
import Library
import LinuxIO
import Logging
import Operations
import Readers
import ServiceLifecycle
import Store
import UnixSignals
import Wire

/// Puts the parts of the service together and runs them until it is told to stop.
struct Composition {
    private let configuration: Configuration
    private let simulation: SimulatedBranch?
    private let desk: ServiceDesk
    private let server: WebServer
    private let dialects: [DialectServer]
    private let notices: NoticeComposition
    private let gates: GateComposition
    private let attendants: [GateAttendant]
    private let doors: [(settings: ProxySettings, door: ProxyDoor)]
    private let hotplug: Hotplug
    private let stations: ConfiguredStations
    private let visitors: AutomaticStations?
    private let manager: ServiceManager?
    private let reloader: Reloader
    private let check: StartCheck
    /// Whether there is a file that may be read again: none in a simulated branch.
    private let hasFile: Bool
    private let logger: Logger

    init(
        _ configuration: Configuration,
        from source: ConfigurationSource,
        simulate: Bool,
        scene: Scene? = nil,
        logger: Logger
    ) async throws {
        self.logger = logger
        let inherited = Self.inherited(logger: logger)
        let manager = ServiceManager()
        self.manager = manager
        let readiness: Readiness
        let store: Store
        do {
            readiness = try Readiness()
            store = try Store.open(folder: configuration.state)
        } catch let error as StoreError {
            throw StartFailure(description: error.description, hint: error.hint)
        }
        if store.isLogMissing {
            logger.critical(
                "the database's write-ahead log is missing: what was written before the sudden end may be lost",
                metadata: [
                    "hint": """
                    put \(store.path)-wal back if somebody moved it; nothing is lost if another program has opened the database since
                    """
                ]
            )
        }
        let time = Self.time
        let security = SecurityPolicy(configuration.security, institutions: configuration.library.isil)
        var simulatedSystem: SimulatedLibrarySystem?
        let simulatedOutputs = simulate ? SimulatedOutputs() : nil
        var holding: @Sendable (Configuration) -> Configuration = { $0 }
        if simulate {
            let system = try SimulatedBranch.librarySystem(on: readiness, logger: logger)
            simulatedSystem = system
            holding = { SimulatedBranch.branch($0, system: system, scene: scene) }
        }
        let configuration = holding(configuration)
        let settings = try Self.settings(configuration, security: security)
        gates = try GateComposition(
            configuration.gate,
            gates: configuration.readers.filter { $0.role == .gate }.map(\.name),
            security: security,
            hasLibrarySystem: configuration.librarySystem != nil,
            time: time,
            readiness: readiness,
            simulated: simulatedOutputs,
            logger: logger
        )
        let circulation = configuration.librarySystem.map { Self.circulation($0, on: readiness, logger: logger) }
        doors = try Self.doors(
            configuration.proxies,
            rules: circulation?.settings.rules ?? CirculationRules(),
            on: readiness
        )
        let places = try ReaderPlaces(
            configuration.readers,
            readiness: readiness,
            gates: gates.executor.readiness,
            logger: logger
        )
        var desk = try ServiceDesk(
            store: store,
            time: time,
            settings: settings,
            readers: GateComposition.tuned(
                try places.setups(configuration.readers),
                by: configuration.readers
            ),
            pulls: configuration.pulls.map { Self.setup($0, time: time) },
            writeBacks: configuration.writeBacks.map { Self.setup($0, time: time) },
            gates: gates.settings,
            circulation: circulation,
            proxies: doors.map(\.settings),
            configuration: ConfigurationReport(file: source.path, readAt: source.path.map { _ in time.now() }),
            logger: logger
        )
        let readers = ReadersInForce(configuration.readers)
        desk.probe = { [configuration] in places.probe(configuration.discovery, readers: readers.named) }
        desk.surroundings = { [configuration, path = desk.databasePath] in
            Surroundings(readers: readers.named, state: configuration.state, database: path)
        }
        desk.privacy = { [configuration] in
            var now = configuration
            now.readers = readers.named
            return PrivacyFacts(now)
        }
        let stations = ConfiguredStations(readers, at: desk, logger: logger)
        self.stations = stations
        reloader = Self.reloader(
            source,
            started: try source.reading(),
            inForce: configuration,
            holding: holding,
            security: security,
            gateRules: gates.settings.policy,
            desk: desk,
            stations: stations,
            setups: { try places.additions($0) },
            manager: manager,
            logger: logger
        )
        hasFile = source.path != nil
        desk.settings = Self.settingsDesk(reloader)
        self.desk = desk
        attendants = GateComposition.attendants(
            configuration.readers,
            keeper: desk.gate.keeper,
            readiness: readiness,
            time: time,
            logger: logger
        )
        hotplug = Hotplug(
            stations: { [desk] in desk.stations },
            bells: gates.settings.bells,
            readiness: readiness,
            bus: places.bus,
            logger: logger
        )
        visitors = simulate ? nil : places.visitors(configuration.discovery, readers, at: desk)
        simulation =
            simulate
            ? try await SimulatedBranch(
                readers: configuration.readers,
                librarySystem: simulatedSystem,
                store: store,
                security: security,
                now: time.now(),
                readiness: readiness,
                span: { [desk] in try? await desk.sweeps.current()?.sweep.scope.callNumbers },
                scene: scene,
                outputs: simulatedOutputs,
                logger: logger
            ) : nil
        self.configuration = configuration
        notices = try NoticeComposition(configuration, desk: desk, now: time.now, logger: logger)
        dialects = Self.dialects(configuration, desk: desk, simulation: simulation, logger: logger)
        let (ready, readying) = AsyncStream.makeStream(of: Void.self)
        check = StartCheck(backups: desk.backups, ready: ready, logger: logger)
        var whenRefused: (@Sendable (ListenFailure) async -> Void)?
        if !simulate {
            // Gates and pads go on without a page; whoever tries the simulated branch hears of it by its end.
            whenRefused = { [logger] failure in
                logger.error(
                    "cannot listen: it is tried again, and everything else goes on",
                    metadata: ["cause": "\(failure)", "hint": "\(failure.hint)"]
                )
                // systemd ends a service that is not ready in time.
                try? manager?.tell(.ready)
                readying.finish()
            }
        }
        server = WebServer(
            desk: desk,
            library: configuration.library.name,
            scheme: configuration.library.scheme,
            address: configuration.http.address,
            port: configuration.http.port,
            inherited: inherited.page,
            hosts: configuration.http.hosts,
            loopback: configuration.http.loopback,
            simulation: simulation.map { simulation in
                WebServer.Simulation(
                    perform: { try await simulation.desk.perform($0) },
                    scene: { await simulation.desk.scene() }
                )
            },
            lines: try Self.lines(configuration.http, state: configuration.state, inherited: inherited.control),
            whenRefused: whenRefused,
            started: { [configuration, logger] port in
                Welcome(configuration: configuration, simulated: simulate, port: port).show(logger: logger)
                try? manager?.tell(.ready)
                readying.finish()
            },
            logger: logger
        )
    }

    /// Runs every part until SIGTERM or SIGINT; everything acknowledged is on the disk by then.
    func run() async throws {
        let desk = desk
        var services: [any Service] = [server]
        services += simulation?.services ?? []
        services.append(Working { await desk.security.run(on: desk.stations) })
        services.append(Working { await desk.workstations.run(events: desk.events) })
        services.append(Working { await desk.tally.run(on: desk.events) })
        services += dialects
        services += notices.services
        services.append(Working { [hotplug] in await hotplug.run() })
        if let visitors, let bus = hotplug.bus {
            services.append(Working { await visitors.run(on: bus) })
        }
        services.append(Working { await desk.gate.run() })
        // Gates have a thread of their own: nothing else in the program stands before their siren.
        let fast = gates.executor
        services.append(Working { await withTaskExecutorPreference(fast) { await desk.gate.runFast() } })
        services.append(Working { [gates] in await gates.obey(desk.stations) })
        services.append(Working { await desk.gate.count(on: desk.stations) })
        services += attendants.map { attendant in Working { await attendant.run() } }
        if let manager {
            let watchdog = Watchdog(manager: manager, vitals: Vitals(desk: desk), time: Self.time, logger: logger)
            services.append(Working { await watchdog.run() })
        }
        if let link = desk.circulation {
            services.append(Working { await link.run { await desk.returns?.forward() } })
        }
        for (proxy, (_, door)) in zip(desk.proxies, doors) {
            services.append(Working { await proxy.run() })
            services.append(Working { [logger] in await door.run(proxy, logger: logger) })
        }
        services.append(Working { [stations, simulation] in await stations.run { await simulation?.lineOf($0) } })
        services += desk.stations.filter { $0.setup.role == .gate }.map { station in
            Working { [simulation] in
                await withTaskExecutorPreference(fast) {
                    await simulation?.lineOf(station.setup.name)
                    await station.run()
                }
            }
        }
        services.append(Working { await desk.pulls.run() })
        if hasFile {
            // Trapped before anybody hears that we are ready: an untrapped one would end the program.
            let signals = await UnixSignalsSequence(trapping: .sighup)
            services.append(Working { [reloader] in await reloader.run(at: signals) })
        }
        var parts = services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
        // It is done long before the service, which goes on.
        let look = Working { [check] in await check.run() }
        parts.append(.init(service: look, successTerminationBehavior: .ignore))
        var group = ServiceGroupConfiguration(
            services: parts,
            gracefulShutdownSignals: hasFile ? [.sigterm, .sigint] : [.sigterm, .sigint, .sighup],
            logger: logger
        )
        group.maximumGracefulShutdownDuration = .seconds(3)
        group.maximumCancellationDuration = .seconds(1)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let failure as ListenFailure {
            throw StartFailure(description: failure.description, hint: failure.hint)
        }
        try? manager?.tell(.stopping)
        try? desk.store.checkpoint()
        logger.notice("stopped, everything is written")
    }

    static let time: Timekeeper = {
        var time = Timekeeper(
            now: { Moment(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded())) },
            sleep: { try await Task.sleep(for: $0) },
            uptime: { ContinuousClock.now - start }
        )
        time.secondsAhead = { moment in
            TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        }
        return time
    }()

    private static let start = ContinuousClock.now

    /// A pull reads its credentials anew each time, so that they can be changed without a restart.
    static func setup(_ pull: Configuration.Pull, time: Timekeeper) -> PullSetup {
        var setup = PullSetup(
            name: pull.name,
            source: pull.source,
            label: pull.address,
            interval: pull.interval,
            fullInterval: pull.fullInterval
        ) { since in
            let credentials = try pull.credentials.read(for: pull.source.system)
            return PullClient(address: pull.address, time: time).pages(Pull(pull.source, credentials, since: since))
        }
        // Seeded anew in each process: nothing of them could be read out of it.
        setup.fingerprint = { (try? pull.credentials.read(for: pull.source.system))?.hashValue }
        return setup
    }

    /// Nothing is told unless somebody asks for it.
    private static func setup(_ writeBack: Configuration.WriteBack, time: Timekeeper) -> WriteBackSetup {
        WriteBackSetup(
            name: writeBack.name,
            target: writeBack.target,
            label: writeBack.address,
            pause: writeBack.pause
        ) {
            let credentials = try writeBack.credentials.read(for: writeBack.target.system)
            return PullClient(address: writeBack.address, time: time).door(credentials)
        }
    }
}
