import Field
import Library
import Operations
import Tags
import Testing

@Test(arguments: [(-1_000_000, GateQuiet?.none), (1_000_000, .learning)] as [(Int64, GateQuiet?)])
func `a gate that has learned does not learn again behind a clock that is not set yet`(
    _ until: Int64,
    _ quiet: GateQuiet?
) async throws {
    // Holdings of this moment; learning was over before it, or is not over yet.
    let imported: Int64 = 1_700_000_000_000
    var policy = GatePolicy(security: TestBranch.policy)
    policy.learningUntil = Moment(milliseconds: imported + until)
    let room = GateRoom(
        gates: ["gate-1"],
        store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
        time: ManualTime().keeper,
        policy: policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
    try await room.refresh()
    let tag = try TestBranch.tag("b1", serial: 1)
    let behind = Moment(milliseconds: imported - 86_400_000)
    let heard = HeardTag(
        uid: tag.uid,
        at: behind,
        antenna: 1,
        signal: nil,
        afi: tag.afi,
        content: .read(tag.content, LibraryTag(reading: tag.content))
    )
    await room.keeper.take(
        StationRound(
            reader: "gate-1",
            role: .gate,
            at: behind,
            arrived: [heard],
            left: [],
            heard: [tag.uid],
            present: [tag.uid]
        )
    )
    await room.logbook.write()
    let alarms = try room.latest(10)
    #expect(alarms.count == 1 && alarms.first?.alarm.quiet == quiet)
}
