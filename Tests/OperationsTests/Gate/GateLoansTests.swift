import Field
import Library
import Store
import Tags
import Testing

@testable import Operations

/// A gate's room over this store, as after a start.
private func securing(_ store: Store, _ time: ManualTime) -> GateRoom { securing(store, time.keeper) }

private func securing(_ store: Store, _ time: Timekeeper) -> GateRoom {
    GateRoom(
        gates: ["gate-1"],
        store: store,
        time: time,
        policy: GatePolicy(security: TestBranch.policy),
        events: EventHub(),
        logger: TestBranch.logger
    )
}

/// Somebody has read the tag.
private func remember(_ tag: VirtualTag, in store: Store, _ time: ManualTime) throws {
    let record = TagRecord(uid: tag.uid, reading: LibraryTag(reading: tag.content), afi: nil, at: time.keeper.now())
    try store.remember([record].compactMap(\.self))
}

/// Holdings that say how these items stand now.
private func takeHoldings(_ items: [Item], into store: Store, _ time: ManualTime) throws {
    let asked = time.keeper.now()
    let pull = try store.beginImport(profile: "test", source: "pull", at: asked, asOf: asked)
    for (number, item) in items.enumerated() { try pull.add(item, line: number + 1) }
    _ = try pull.commit(at: time.keeper.now())
}

@Test func `a loan at a kiosk while the holdings are pulled is known at the gate afterwards`() async throws {
    let time = ManualTime()
    let item = TestBranch.item("b1", "QA 76 .A1")
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("b1", serial: 1)
    try remember(tag, in: store, time)
    let room = securing(store, time)
    try await room.refresh()
    let asked = time.keeper.now()
    let pull = try store.beginImport(profile: "test", source: "pull", at: asked, asOf: asked)
    try pull.add(item, line: 1)
    await room.keeper.learn(barcode: "b1", status: .onLoan, source: .device)
    _ = try pull.commit(at: time.keeper.now())
    try await room.refresh()
    #expect(await room.keeper.facts(of: tag.uid).status == .onLoan)
    // The next pull began after the loan, and knows better.
    try takeHoldings([item], into: store, time)
    try await room.refresh()
    #expect(await room.keeper.facts(of: tag.uid).status == .available)
}

@Test func `what pads did since the holdings came is known at the gate after a restart`() async throws {
    let time = ManualTime()
    var lent = TestBranch.item("b1", "QA 76 .A1")
    lent.status = .onLoan
    let store = try TestBranch.store([lent, TestBranch.item("b2", "QA 76 .A2")])
    let tags = [try TestBranch.tag("b1", serial: 1), try TestBranch.tag("b2", serial: 2)]
    for tag in tags { try remember(tag, in: store, time) }
    let done = SecurityResult(outcome: .done, reason: "read back")
    for (tag, (barcode, cause)) in zip(tags, [("b1", SecurityCause.checkin), ("b2", .checkout)]) {
        let intent = SecurityIntent(
            barcode: barcode,
            changes: [SecurityChange(uid: tag.uid, before: .afi(0xC2), wanted: .afi(0x07))],
            wanted: cause == .checkin ? .armed : .disarmed,
            cause: cause,
            reader: "pad-1",
            // By a clock that had run a day ahead.
            at: Moment(milliseconds: time.keeper.now().milliseconds + 86_400_000)
        )
        try store.record(done, of: try store.record(intent), at: time.keeper.now())
    }
    let room = securing(store, time)
    try await room.refresh()
    #expect(await room.keeper.facts(of: tags[0].uid).status == .available)
    #expect(await room.keeper.facts(of: tags[1].uid).status == .onLoan)
    // Holdings of later know better all the same.
    try takeHoldings([lent, TestBranch.item("b2", "QA 76 .A2")], into: store, time)
    try await room.refresh()
    #expect(await room.keeper.facts(of: tags[0].uid).status == .onLoan)
    #expect(await room.keeper.facts(of: tags[1].uid).status == .available)
}

/// Seed 1 of the simulated days, hour 3, and seed 853: the book was carried out in silence.
@Test func `a return stays known after a restart though the clock was set back behind the holdings`() async throws {
    let time = ManualTime()
    var lent = TestBranch.item("b1", "QA 76 .A1")
    lent.status = .onLoan
    let store = try TestBranch.store([])
    let tag = try TestBranch.tag("b1", serial: 1)
    try remember(tag, in: store, time)
    try takeHoldings([lent], into: store, time)
    let taken = time.keeper.now().milliseconds
    for (barcode, cause, at) in [
        ("b1", SecurityCause.checkin, taken + 300_000),
        // The clock was set back by ten minutes in between.
        ("b2", .checkout, taken - 200_000),
    ] {
        let intent = SecurityIntent(
            barcode: barcode,
            changes: [],
            wanted: cause == .checkin ? .armed : .disarmed,
            cause: cause,
            reader: "pad-1",
            at: Moment(milliseconds: at)
        )
        let id = try store.record(intent)
        try store.record(SecurityResult(outcome: .kept, reason: "left as it is"), of: id, at: intent.at)
    }
    let room = securing(store, time)
    try await room.refresh()
    #expect(await room.keeper.facts(of: tag.uid).status == .available)
}

@Test func `whoever goes back to older holdings does not go back behind a return at a pad`() async throws {
    let time = ManualTime()
    var lent = TestBranch.item("b1", "QA 76 .A1")
    lent.status = .onLoan
    let store = try TestBranch.store([lent])
    let tag = try TestBranch.tag("b1", serial: 1)
    try remember(tag, in: store, time)
    let room = securing(store, time)
    try await room.refresh()
    let before = try #require(try store.snapshot()).number
    let intent = SecurityIntent(
        barcode: "b1",
        changes: [],
        wanted: .armed,
        cause: .checkin,
        reader: "pad-1",
        at: time.keeper.now()
    )
    let id = try store.record(intent)
    try store.record(SecurityResult(outcome: .kept, reason: "left as it is"), of: id, at: intent.at)
    await room.keeper.learn(barcode: "b1", status: .available, source: .device)
    try takeHoldings([TestBranch.item("b1", "QA 76 .A1")], into: store, time)
    try await room.refresh()
    _ = try store.accept(before, at: time.keeper.now(), keeping: 2)
    try await room.refresh()
    #expect(await room.keeper.facts(of: tag.uid).status == .available)
}

@Test func `holdings that came after a loan beat it at the gate though the clock was set back`() async throws {
    let time = ManualTime()
    let item = TestBranch.item("b1", "QA 76 .A1")
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("b1", serial: 1)
    try remember(tag, in: store, time)
    let room = securing(store, time)
    try await room.refresh()
    let intent = SecurityIntent(
        barcode: "b1",
        changes: [],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: time.keeper.now()
    )
    let id = try store.record(intent)
    let result = SecurityResult(outcome: .kept, reason: "left as it is")
    try store.record(result, of: id, at: intent.at)
    let request = SecurityRequest(barcode: "b1", wanted: .disarmed, cause: .checkout, reader: "pad-1")
    await room.take(SecurityReport(request: request, end: .flipped(intent, result), change: id))
    #expect(await room.keeper.facts(of: tag.uid).status == .onLoan)
    time.advance(by: -3_600_000)
    // It came back at the desk of the library system since.
    try takeHoldings([item], into: store, time)
    try await room.refresh()
    #expect(await room.keeper.facts(of: tag.uid).status == .available)
}

@Test(arguments: [SecurityOutcome.uncertain, .mixed, .unchanged], [false, true])
func `a return that stands ends the loan at the gate whatever its tag says`(
    _ outcome: SecurityOutcome,
    _ isNewStart: Bool
) async throws {
    let time = ManualTime()
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let tag = try TestBranch.tag("b1", serial: 1)
    try remember(tag, in: store, time)
    var room = securing(store, time)
    try await room.refresh()
    /// How the item stands at the gate behind this change.
    func status(after cause: SecurityCause, _ outcome: SecurityOutcome) async throws -> ItemStatus? {
        let wanted: SecurityState = cause == .checkin ? .armed : .disarmed
        let at = time.keeper.now()
        let intent = SecurityIntent(
            barcode: "b1",
            changes: [],
            wanted: wanted,
            cause: cause,
            reader: "pad-1",
            at: at
        )
        let id = try store.record(intent)
        let result = SecurityResult(outcome: outcome, reason: "test", readBack: [tag.uid: .afi(0xC2)])
        try store.record(result, of: id, at: at)
        if isNewStart {
            room = securing(store, time)
            try await room.refresh()
        } else {
            let request = SecurityRequest(barcode: "b1", wanted: wanted, cause: cause, reader: "pad-1")
            await room.take(SecurityReport(request: request, end: .flipped(intent, result), change: id))
        }
        return await room.keeper.facts(of: tag.uid).status
    }
    let lent = try await status(after: .checkout, .done)
    #expect(lent == .onLoan)
    let back = try await status(after: .checkin, outcome)
    #expect(back == .available)
    // Of a loan in doubt the tags are armed, and sound.
    let again = try await status(after: .checkout, outcome)
    #expect(again == .available)
}

@Test func `a return that may not have been asked for leaves the loan at the gate`() async throws {
    let time = ManualTime()
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let tag = try TestBranch.tag("b1", serial: 1)
    try remember(tag, in: store, time)
    let room = securing(store, time)
    try await room.refresh()
    await room.keeper.learn(barcode: "b1", status: .onLoan, source: .device)
    let intent = SecurityIntent(
        barcode: "b1",
        changes: [],
        wanted: .armed,
        cause: .checkin,
        reader: "pad-1",
        at: time.keeper.now()
    )
    let request = SecurityRequest(barcode: "b1", wanted: .armed, cause: .checkin, reader: "pad-1")
    for outcome in [SecurityOutcome.unchanged, .unanswered, .declined] {
        let result = SecurityResult(outcome: outcome, reason: "journal: disk full, nothing was written")
        await room.take(SecurityReport(request: request, end: .flipped(intent, result)))
        #expect(await room.keeper.facts(of: tag.uid).status == .onLoan)
    }
}

@Test func `a tag that a pad read just behind a clock's setting back is known at the gate`() async throws {
    let (time, uptime) = (ManualTime(), ManualTime())
    var keeper = time.keeper
    keeper.uptime = { .milliseconds(uptime.advance(by: 0)) }
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let tag = try TestBranch.tag("b1", serial: 1)
    let room = securing(store, keeper)
    try await room.refresh()
    let (looked, since) = (keeper.uptime(), keeper.now())
    time.advance(by: -3_600_000)
    try remember(tag, in: store, time)
    time.advance(by: 1000)
    uptime.advance(by: 2000)
    _ = try await room.learnTags(readSince: since, lookedAt: looked)
    #expect(await room.keeper.knows(tag.uid))
}

@Test func `holdings that are too old stay so at the gate though the clock is set back`() async throws {
    let (time, uptime) = (ManualTime(), ManualTime())
    var keeper = time.keeper
    keeper.uptime = { .milliseconds(uptime.advance(by: 0)) }
    var lent = TestBranch.item("b1", "QA 76 .A1")
    lent.status = .onLoan
    let store = try TestBranch.store([lent])
    let tag = try TestBranch.tag("b1", serial: 1)
    try remember(tag, in: store, time)
    let room = securing(store, keeper)
    try await room.refresh()
    for milliseconds in [3_600_000, -3_600_000] as [Int64] {
        await room.keeper.tick()
        time.advance(by: milliseconds)
        if milliseconds > 0 { uptime.advance(by: milliseconds) }
    }
    let policy = GatePolicy(security: TestBranch.policy)
    // And once more when it is right again.
    for milliseconds in [0, 3_600_000] as [Int64] {
        time.advance(by: milliseconds)
        await room.keeper.tick()
        let facts = await room.keeper.facts(of: tag.uid)
        let decision = policy.decide(GateHearing(uid: tag.uid, afi: 0x07, facts: facts), at: keeper.now())
        #expect(decision.response == .alarm && decision.reason == .notCleared)
        let age = try #require(facts.knownAt).since(keeper.now())
        #expect(age < .seconds(-3590) && age > .seconds(-3610))
    }
}

@Test func `older holdings that somebody goes back to keep their age though the clock was set back`() async throws {
    let (time, uptime) = (ManualTime(), ManualTime())
    var keeper = time.keeper
    keeper.uptime = { .milliseconds(uptime.advance(by: 0)) }
    let items = ["b1", "b2"].map { TestBranch.item($0, "QA 76 .A1", status: .onLoan) }
    let store = try TestBranch.store(items)
    let tags = [try TestBranch.tag("b1", serial: 1), try TestBranch.tag("b2", serial: 2)]
    for tag in tags { try remember(tag, in: store, time) }
    let room = securing(store, keeper)
    /// How many minutes ago that was known which is known of the item.
    func minutes(of tag: VirtualTag) async throws -> Int64 {
        let facts = await room.keeper.facts(of: tag.uid)
        let known = try #require(facts.knownAt)
        return (keeper.now().milliseconds - known.milliseconds) / 60_000
    }
    var ages = WordAges(at: keeper.instant, said: try store.said())
    try await room.refresh(by: ages)
    let before = try #require(try store.snapshot()).number
    let intent = SecurityIntent(
        barcode: "b2",
        changes: [],
        wanted: .armed,
        cause: .checkin,
        reader: "pad-1",
        at: keeper.now()
    )
    let id = try store.record(intent)
    try store.record(SecurityResult(outcome: .kept, reason: "left as it is"), of: id, at: intent.at)
    time.advance(by: 3_600_000)
    uptime.advance(by: 3_600_000)
    try ages.look(at: keeper.instant) { try store.said() }
    time.advance(by: -3_600_000)
    try ages.look(at: keeper.instant) { try store.said() }
    try takeHoldings(items, into: store, time)
    try await room.refresh(by: ages)
    let fresh = try await minutes(of: tags[0])
    #expect(fresh == 0)
    _ = try store.accept(before, at: keeper.now(), keeping: 2)
    try await room.refresh(by: ages)
    // And once more when it is right again.
    for milliseconds in [0, 3_600_000] as [Int64] {
        time.advance(by: milliseconds)
        await room.keeper.tick()
        for tag in tags {
            let found = try await minutes(of: tag)
            #expect(found == 60)
        }
    }
    #expect(await room.keeper.facts(of: tags[1].uid).status == .available)
}

@Test func `a loan by a clock that had run ahead does not come back with each restart`() async throws {
    let time = ManualTime()
    let item = TestBranch.item("b1", "QA 76 .A1")
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("b1", serial: 1)
    try remember(tag, in: store, time)
    // The second one by the clock that was put right meanwhile, about another item.
    for (barcode, ahead) in [("b1", 86_400_000 * 365), ("b2", 0)] as [(String, Int64)] {
        let now = time.keeper.now()
        let intent = SecurityIntent(
            barcode: barcode,
            changes: [],
            wanted: .disarmed,
            cause: .checkout,
            reader: "pad-1",
            at: Moment(milliseconds: now.milliseconds + ahead)
        )
        let id = try store.record(intent)
        try store.record(SecurityResult(outcome: .kept, reason: "left as it is"), of: id, at: now)
    }
    // It came back since.
    try takeHoldings([item], into: store, time)
    let room = securing(store, time)
    try await room.refresh()
    #expect(await room.keeper.facts(of: tag.uid).status == .available)
}
