import Field
import Library
import Readers
import Store
import Synchronization
import Tags
import Testing

@testable import Operations

private final class Count: Sendable {
    let number = Mutex(0)
}

@Test(.timeLimit(.minutes(10)))
func `a pad that has too much to do for a repair is still known to have on it what lies there`() async throws {
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let branch = try await PadBranch([tag])
    let time = ManualTime()
    let desk = SecurityDesk(
        store: store,
        time: time.keeper,
        policy: TestBranch.policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
    let busy = TestBranch.station(branch.setup("pad-1", .pad), time: time)
    let other = TestBranch.station(branch.setup("pad-2", .pad), time: time)
    try await branch.put([tag.uid])
    try await TestBranch.running(busy) {
        let round = StationRound(
            reader: "pad-1",
            role: .pad,
            at: time.keeper.now(),
            arrived: [],
            left: [],
            heard: [tag.uid],
            present: [tag.uid]
        )
        try await desk.attend(round, on: busy)
        let intent = SecurityIntent(
            barcode: barcode,
            changes: [SecurityChange(uid: tag.uid, before: .afi(0x07), wanted: .afi(0xC2))],
            wanted: .disarmed,
            cause: .checkout,
            reader: "pad-1",
            at: round.at
        )
        let id = try store.record(intent)
        try store.record(SecurityResult(outcome: .uncertain, reason: "the tag left"), of: id, at: round.at)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let (begun, refused) = (Count(), Count())
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { release.finish() }
            // One job that takes its time, and behind it as many as may wait and one more.
            group.addTask {
                try await busy.perform { _ in
                    begun.number.withLock { $0 += 1 }
                    for await _ in released {}
                }
            }
            try await waited { begun.number.withLock { $0 } == 1 }
            for _ in 0..<33 {
                group.addTask {
                    do {
                        try await busy.perform { _ in }
                    } catch {
                        refused.number.withLock { $0 += 1 }
                    }
                }
            }
            try await waited { refused.number.withLock { $0 } == 1 }
            _ = try await desk.repair(nil, on: [busy, other])
            #expect(await desk.lying["pad-1"] == [tag.uid])
        }
    }
}
