import Library
import Operations
import Readers
import Synchronization
import Tags
import Testing

/// What somebody gets who stands still until the answer comes, as a browser's tab does.
@Suite struct WorkstationDeskTests {
    /// How long was waited, though no time goes by.
    private final class Waits: Sendable {
        private let waits = Mutex<[Duration]>([])

        var all: [Duration] { waits.withLock { $0 } }

        func note(_ duration: Duration) { waits.withLock { $0.append(duration) } }
    }

    @Test func `whatever the pad does, nobody waits longer than five seconds, and no crowd is let in`() async throws {
        let waits = Waits()
        let desk = try ServiceDesk(
            store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
            time: Timekeeper(
                now: { Moment(milliseconds: 1_795_000_000_000) },
                sleep: { duration in
                    waits.note(duration)
                    try Task.checkCancellation()
                }
            ),
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: TestBranch.policy),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 3
            ),
            readers: [TestBranch.setup("pad-1", .pad, [])],
            logger: TestBranch.logger
        )
        // Nobody carries anything out: a pad that hangs looks the same.
        for _ in 0..<64 {
            #expect(await desk.workstations.secure("b1", .disarmed, on: "pad-1") == .late)
        }
        #expect(waits.all == Array(repeating: .seconds(5), count: 64))
        #expect(await desk.workstations.secure("b1", .disarmed, on: "pad-1") == .busy)
        #expect(waits.all.count == 64)
    }

    @Test func `whoever names no reader of ours is told at once`() async throws {
        let desk = try ServiceDesk(
            store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
            time: ManualTime().keeper,
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: TestBranch.policy),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 3
            ),
            readers: [],
            logger: TestBranch.logger
        )
        #expect(await desk.workstations.secure("b1", .disarmed, on: "pad-9") == .noSuchReader("pad-9"))
    }
}
