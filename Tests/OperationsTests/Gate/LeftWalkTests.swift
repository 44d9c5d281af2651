import Library
import Tags
import Testing

@testable import Operations

@Test func `a walk test that was left behind ends by itself, and its item rings again`() async throws {
    let time = ManualTime()
    let keeper = GateKeeper(gates: ["gate-1"], time: time.keeper, policy: GatePolicy())
    let tag = TagUID(0xE004_0150_0000_0001)
    _ = await keeper.beginWalkTest(gate: "gate-1", uid: tag, planned: 3)
    time.advance(by: 1_700_000)
    _ = await keeper.endWalk(gate: "gate-1")
    time.advance(by: 1_700_000)
    await keeper.tick()
    #expect(await keeper.walkTest(gate: "gate-1")?.walks == 1)
    time.advance(by: 200_000)
    await keeper.tick()
    #expect(await keeper.walkTest(gate: "gate-1") == nil)
    // What was walked counts.
    let notes = await keeper.takeNotes().notes
    #expect(notes.contains { if case .walks(gate: "gate-1", walks: 1, heard: 0, at: _) = $0 { true } else { false } })
}
