import Library
import Operations
import Readers
import Synchronization
import Tags
import Testing

/// What somebody gets who stands still until the answer comes, as a browser's tab does.
@Suite(.timeLimit(.minutes(10))) struct WorkstationDeskTests {
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

    @Test func `no crowd is let in at a pad that hangs in the middle of its work`() async throws {
        let desk = try ServiceDesk(
            store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
            time: ManualTime().keeper,
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: TestBranch.policy),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 3
            ),
            readers: [TestBranch.setup("pad-1", .pad, [])],
            logger: TestBranch.logger
        )
        let pad = try desk.station("pad-1")
        let answers = try await TestBranch.running(pad) {
            await withTaskGroup(of: Void.self, returning: [WorkstationRefusal?].self) { group in
                let (held, hold) = AsyncStream.makeStream(of: Void.self)
                let (released, release) = AsyncStream.makeStream(of: Void.self)
                group.addTask { await desk.workstations.run(events: desk.events) }
                group.addTask {
                    let isHeld = try? await pad.perform { _ -> Bool in
                        hold.yield()
                        for await _ in released {}
                        return true
                    }
                    #expect(isHeld == true)
                    hold.finish()
                }
                for await _ in held { break }
                var answers: [WorkstationRefusal?] = []
                for _ in 0..<80 { answers.append(await desk.workstations.secure("b1", .disarmed, on: "pad-1")) }
                release.finish()
                group.cancelAll()
                return answers
            }
        }
        #expect(answers.prefix(64).allSatisfy { $0 == .late })
        #expect(answers.dropFirst(64).allSatisfy { $0 == .busy })
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
        let refusal = await desk.workstations.secure("b1", .disarmed, on: "pad-9")
        #expect(refusal == .noSuchReader("pad-9"))
        // Whom a dialect works on is settled at the start.
        #expect(refusal?.hint?.contains("restart") == true)
    }
}
