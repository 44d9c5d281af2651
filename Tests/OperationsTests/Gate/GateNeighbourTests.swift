import Field
import Library
import Operations
import Store
import Tags
import Testing

@Test(.timeLimit(.minutes(10)))
func `what was read of a neighbour's tags is the neighbour's as soon as the rules name it`() async throws {
    let time = ManualTime()
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let tag = try TestBranch.tag("4711", serial: 1, owner: "DE-7")
    let record = TagRecord(uid: tag.uid, reading: LibraryTag(reading: tag.content), afi: nil, at: time.keeper.now())
    try store.remember([record].compactMap(\.self))
    let policy = GatePolicy(security: TestBranch.policy)
    let room = GateRoom(
        gates: ["gate-1"],
        store: store,
        time: time.keeper,
        policy: policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await room.run() }
        defer { group.cancelAll() }
        try await waited { await room.keeper.facts(of: tag.uid).owner == .other }
        var rules = policy
        rules.neighbours = [GateNeighbour(name: "Town Library", institutions: ["DE-7"])]
        await room.keeper.follow(rules)
        try await waited { await room.keeper.facts(of: tag.uid).owner == .neighbour }
    }
}
