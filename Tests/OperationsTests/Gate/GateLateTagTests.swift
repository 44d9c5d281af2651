import Library
import Operations
import Tags
import Testing

@Test func `an item that is at the gate already is judged when its tag becomes known`() async throws {
    let room = GateRoom(
        gates: ["gate-1"],
        store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
        time: ManualTime().keeper,
        policy: GatePolicy(security: TestBranch.policy),
        events: EventHub(),
        logger: TestBranch.logger
    )
    try await room.refresh()
    let uid = TagUID(0xE004_0150_0000_0001)
    func look(at moment: Int64, isComing: Bool) -> StationRound {
        let at = Moment(milliseconds: moment)
        let heard = HeardTag(uid: uid, at: at, antenna: 1, signal: nil, afi: 0x07)
        return StationRound(
            reader: "gate-1",
            role: .gate,
            at: at,
            arrived: isComing ? [heard] : [],
            left: [],
            heard: [uid],
            present: [uid]
        )
    }
    await room.keeper.take(look(at: 1_700_000_001_000, isComing: true))
    await room.logbook.write()
    #expect(try room.latest(10).isEmpty, "nobody knows what it is")
    let at = Moment(milliseconds: 1_700_000_001_050)
    await room.keeper.learn(
        TagRecord(uid: uid, barcode: "b1", model: "iso28560-3", owner: TestBranch.owner, readAt: at)
    )
    await room.keeper.take(look(at: 1_700_000_001_100, isComing: false))
    await room.logbook.write()
    #expect(try room.latest(10).map(\.alarm.items.count) == [1])
}
