import Field
import Library
import Operations
import Store
import Tags
import Testing

private func keeper(_ store: Store) -> GateKeeper {
    GateKeeper(
        store: store,
        time: ManualTime().keeper,
        policy: GatePolicy(security: TestBranch.policy),
        events: EventHub(),
        logger: TestBranch.logger
    )
}

/// One look of a gate at these tags, all of them newcomers.
private func look(_ tags: [VirtualTag], at moment: Int64, arrived: Bool = true) -> StationRound {
    let at = Moment(milliseconds: moment)
    let heard = tags.map { tag in
        HeardTag(
            uid: tag.uid,
            at: at,
            antenna: 1,
            signal: nil,
            afi: tag.afi,
            content: .read(tag.content, LibraryTag(reading: tag.content))
        )
    }
    return StationRound(
        reader: "gate-1",
        role: .gate,
        at: at,
        arrived: arrived ? heard : [],
        left: [],
        heard: tags.map(\.uid),
        present: tags.map(\.uid)
    )
}

@Test func `an armed item that nobody borrowed raises one alarm with its reason`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let keeper = keeper(store)
    let tag = try TestBranch.tag("b1", serial: 1)
    await keeper.take(look([tag], at: 1_700_000_001_000))
    await keeper.take(look([tag], at: 1_700_000_001_100, arrived: false))
    let alarms = try await keeper.latest(10)
    #expect(alarms.count == 1)
    let item = try #require(alarms.first?.alarm.items.first)
    #expect(item.barcode == "b1")
    #expect(item.reason == .notOnLoan)
    #expect(item.evidence.contains("AFI 07"))
}

@Test func `an item that is on loan and released passes in silence`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1", status: .onLoan)])
    let keeper = keeper(store)
    await keeper.take(look([try TestBranch.tag("b1", serial: 1, afi: 0xC2)], at: 1_700_000_001_000))
    #expect(try await keeper.latest(10).isEmpty)
    #expect(try store.latestPassages(limit: 10).map(\.response) == [.silent])
}

@Test func `an item on loan whose tag was not cleared says so`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1", status: .onLoan)])
    let keeper = keeper(store)
    await keeper.take(look([try TestBranch.tag("b1", serial: 1)], at: 1_700_000_001_000))
    #expect(
        try await keeper.latest(10).isEmpty,
        "a reader who did borrow it is not rung at while the holdings are fresh"
    )
    #expect(try store.latestPassages(limit: 10).map(\.reason) == [.notCleared])
    #expect(try store.latestPassages(limit: 10).map(\.response) == [.log])
}

@Test func `a stack is one alarm with all its items`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1"), TestBranch.item("b2", "QA 76 .A2")])
    let keeper = keeper(store)
    let first = try TestBranch.tag("b1", serial: 1)
    let second = try TestBranch.tag("b2", serial: 2)
    await keeper.take(look([first], at: 1_700_000_001_000))
    await keeper.take(look([second], at: 1_700_000_001_400))
    let alarms = try await keeper.latest(10)
    #expect(alarms.map { $0.alarm.items.map(\.barcode) } == [["b1", "b2"]])
}

@Test func `an unknown tag and another library's item never sound`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let keeper = keeper(store)
    await keeper.take(
        look(
            [try TestBranch.tag("x9", serial: 1, owner: "FI-Mamk-M"), try TestBranch.tag("x8", serial: 2)],
            at: 1_700_000_001_000
        )
    )
    #expect(try await keeper.latest(10).isEmpty)
}
