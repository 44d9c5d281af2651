import Foundation
import Library
import Logging
import Operations
import SIP2
import Store
import Tags
import Wire

/// One run of the service in the simulated branch, put together as the daemon's composition does it: from its start on
/// a state folder to a clean stop or a sudden end.
final class Program: @unchecked Sendable {
    let number: Int
    let folder: URL
    private(set) var isAlive = true
    private(set) var desk: ServiceDesk?
    private var task: Task<Void, Never>?
    private let kiosks: AsyncStream<KioskCall>
    private let callKiosk: AsyncStream<KioskCall>.Continuation

    /// A self-service machine's call to the proxy, with the connection to the library system that belongs to it.
    struct KioskCall: Sendable {
        var kiosk: ParkedCall
        var system: ParkedCall
    }

    init(number: Int, folder: URL) {
        self.number = number
        self.folder = folder
        (kiosks, callKiosk) = AsyncStream.makeStream()
    }

    /// Opens the store, makes the desk and starts everything. Throws what a daemon would say before it ends.
    func start(in house: House) throws {
        house.disk.hold(folder)
        let store = try Self.opened(folder)
        let desk = try composed(store, in: house)
        self.desk = desk
        task = house.processor.start { [self] in await run(desk, in: house) }
    }

    /// The store of the folder, as soon as the program before has let go of it.
    ///
    /// Its death would end its threads. Here one of SQLite's that sums up or packs for it may go on for a moment of the
    /// machine's own time, and hold the folder meanwhile; this moment is none in the simulated day.
    private static func opened(_ folder: URL) throws -> Store {
        let end = ContinuousClock.now + .seconds(1)
        while true {
            do throws(StoreError) {
                return try Store.open(folder: folder.path)
            } catch {
                guard case .inUse = error, ContinuousClock.now < end else { throw error }
                usleep(1000)
            }
        }
    }

    func call(_ call: KioskCall) { callKiosk.yield(call) }

    /// Nothing it does from now on has any effect outside.
    func die() { isAlive = false }

    /// Asks it to stop, and waits until every task of it has ended.
    func stop() async {
        task?.cancel()
        await task?.value
        task = nil
    }

    /// Lets go of everything, so that files and memory are free.
    func letGo() { desk = nil }

    func cancel() { task?.cancel() }

    private func run(_ desk: ServiceDesk, in house: House) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await desk.security.run(on: desk.stations) }
            group.addTask { await desk.workstations.run(events: desk.events) }
            group.addTask { await desk.tally.run(on: desk.events) }
            group.addTask { await desk.gate.run() }
            group.addTask { await desk.gate.runFast() }
            group.addTask { await desk.gate.count(on: desk.stations) }
            if let link = desk.circulation {
                group.addTask { await link.run { await desk.returns?.forward() } }
            }
            for proxy in desk.proxies {
                group.addTask { await proxy.run() }
                group.addTask { [kiosks] in
                    await withDiscardingTaskGroup { calls in
                        for await call in kiosks {
                            calls.addTask { await proxy.serve(kiosk: call.kiosk, system: call.system) }
                        }
                    }
                }
            }
            for station in desk.stations { group.addTask { await station.run() } }
            group.addTask { await desk.pulls.run() }
            // Whoever watches on a screen: what is told there is acknowledged.
            group.addTask { [self] in
                for await event in await desk.events.events() where isAlive { house.witness.take(event) }
            }
            await group.waitForAll()
        }
    }

    private func composed(_ store: Store, in house: House) throws -> ServiceDesk {
        let isAlive: @Sendable () -> Bool = { [weak self] in self?.isAlive ?? false }
        let logger = Logger(label: "simulation") { _ in TraceLog(trace: house.trace) }
        let security = house.security
        let gates = house.readers.filter { $0.role == .gate }.map(\.name)
        let bells = GateBells(
            HouseLinesLink(lines: house.outputs, isAlive: isAlive),
            edges: house.outputs.edges(),
            gates: gates,
            wiring: HouseLines.outputs.map { GateBells.Wiring(line: $0, output: $0, gate: nil) },
            time: house.time
        )
        var policy = GatePolicy(security: security, freshness: security.freshness)
        policy.liveBudget = .milliseconds(200)
        let setups = house.readers.map { reader in
            var setup = StationSetup(
                name: reader.name,
                role: reader.role,
                driver: reader.driver,
                place: "simulated",
                interval: reader.interval
            ) { [weak self] () async throws(LinkError) -> any Link & ~Copyable in
                guard let self else { throw .closed }
                return SimulatedLink(line: try house.line(to: reader, of: self))
            }
            setup.isBuffered = reader.isBuffered
            setup.patience = reader.patience
            return setup
        }
        let settings = CirculationSettings(
            place: "ils:6001",
            dialect: .koha,
            account: SIP2Account(
                login: SIP2Account.Login(user: Confidential("gate"), password: .empty),
                institution: "MAIN"
            )
        )
        return try ServiceDesk(
            store: store,
            time: house.time,
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: security),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 2
            ),
            readers: setups,
            gates: ServiceDesk.GateSettings(policy: policy, bells: bells),
            circulation: CirculationSetup(settings: settings) {
                [weak self] () async throws(LinkError) -> any Link & ~Copyable in
                guard let self else { throw .closed }
                return SimulatedLink(line: try await house.lineToSystem(of: self))
            },
            proxies: [ProxySettings(name: "kiosk-1", reader: "pad-4", tellsKiosk: true)],
            logger: logger
        )
    }
}
