import Foundation
import Operations
import Readers
import Testing

/// On a thread of its own: a simulation is a long piece of work that never gives a common thread back.
func simulated(
    _ simulation: Simulation,
    _ meddle: @escaping @Sendable (House) async -> Void = { _ in }
) async -> Simulation.Report {
    await withCheckedContinuation { continuation in
        let thread = Thread { continuation.resume(returning: simulation.run(meddle)) }
        thread.stackSize = 8 << 20
        thread.start()
    }
}

/// Lives of a quarter of a minute in a debug build; `Scripts/soak` has days of them.
@Suite(.serialized, .timeLimit(.minutes(60))) struct SimulationTests {
    /// More seeds than the standard ones: PRESSMARK_SEEDS says how many.
    static let seeds: ClosedRange<UInt64> =
        1...max(1, ProcessInfo.processInfo.environment["PRESSMARK_SEEDS"].flatMap(UInt64.init) ?? 2)

    @Test(arguments: seeds)
    func `whatever happens in the branch, no promise is broken`(_ seed: UInt64) async {
        let report = await simulated(Simulation(seed: seed, length: .seconds(15)))
        let events = report.lastEvents.joined(separator: "\n")
        #expect(report.failure == nil, "seed \(seed): \(report.failure ?? "")\n\(events)")
        #expect(report.strangers == 0, "something runs beside the simulation")
    }

    @Test func `every family of readers comes up, and every way in which a gate tells`() {
        let readers = (1...50).flatMap { HouseReader.all(Chance(seed: $0)) }
        let families = Set(readers.map { $0.driver.identity.name })
        let known = AllDrivers.list.map { $0.identity.name }
        #expect(families.isSuperset(of: known + [FEIGNotificationDriver.identity.name]), "found \(families)")
        let gates = readers.filter { $0.role == .gate }
        let asked = gates.filter { !$0.isBuffered && $0.pace == nil }
        #expect(Set(asked.map(\.name)) == ["gate-1", "gate-2"])
        #expect(asked.count < gates.filter { !$0.isBuffered }.count, "one that calls us")
        #expect(gates.contains { $0.isBuffered })
    }

    @Test func `the same seed takes the same steps, in another process too`() async throws {
        // Only then sets and dictionaries are walked in the same order everywhere.
        setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1)
        defer { unsetenv("SWIFT_DETERMINISTIC_HASHING") }
        var said: Set<String> = []
        for _ in 1...2 {
            let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                let report = await simulated(Simulation(seed: 77, length: .seconds(15)))
                print("fingerprint \(report.fingerprint) after \(report.steps) steps, \(report.failure ?? "ok")")
            }
            let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
            said.insert(
                try #require(output.split(separator: "\n").first { $0.hasPrefix("fingerprint") }.map(String.init))
            )
        }
        #expect(said.count == 1, "\(said)")
    }
}
