import Foundation
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
