import Field
import Library
import Readers
import Store
import Synchronization
import Tags
import Testing
import Wire

@testable import Operations

private func room(
    _ store: Store,
    policy: GatePolicy = GatePolicy(security: TestBranch.policy),
    ask: GateRoom.StatusesQuestion? = nil,
    events: EventHub = EventHub()
) async throws -> GateRoom {
    let room = GateRoom(
        gates: ["gate-1"],
        store: store,
        time: ManualTime().keeper,
        policy: policy,
        ask: ask,
        events: events,
        logger: TestBranch.logger
    )
    try await room.refresh()
    return room
}

/// A room whose holdings are one item.
private func makeRoom(_ item: Item) async throws -> GateRoom { try await room(try TestBranch.store([item])) }

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
    let room = try await room(store)
    let tag = try TestBranch.tag("b1", serial: 1)
    await room.keeper.take(look([tag], at: 1_700_000_001_000))
    await room.keeper.take(look([tag], at: 1_700_000_001_100, arrived: false))
    await room.logbook.write()
    let alarms = try room.latest(10)
    #expect(alarms.count == 1)
    let item = try #require(alarms.first?.alarm.items.first)
    #expect(item.barcode == "b1")
    #expect(item.reason == .notOnLoan)
    #expect(item.evidence.contains("AFI 07"))
}

@Test func `an item that is on loan and released passes in silence`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1", status: .onLoan)])
    let room = try await room(store)
    await room.keeper.take(look([try TestBranch.tag("b1", serial: 1, afi: 0xC2)], at: 1_700_000_001_000))
    await room.logbook.write()
    #expect(try room.latest(10).isEmpty)
    #expect(try store.latestPassages(limit: 10).map(\.response) == [.silent])
}

@Test func `an item on loan whose tag was not cleared says so`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1", status: .onLoan)])
    let room = try await room(store)
    await room.keeper.take(look([try TestBranch.tag("b1", serial: 1)], at: 1_700_000_001_000))
    await room.logbook.write()
    #expect(
        try room.latest(10).isEmpty,
        "a reader who did borrow it is not rung at while the holdings are fresh"
    )
    #expect(try store.latestPassages(limit: 10).map(\.reason) == [.notCleared])
    #expect(try store.latestPassages(limit: 10).map(\.response) == [.log])
}

@Test func `a stack is one alarm with all its items`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1"), TestBranch.item("b2", "QA 76 .A2")])
    let room = try await room(store)
    let first = try TestBranch.tag("b1", serial: 1)
    let second = try TestBranch.tag("b2", serial: 2)
    await room.keeper.take(look([first], at: 1_700_000_001_000))
    await room.keeper.take(look([second], at: 1_700_000_001_400))
    await room.logbook.write()
    let alarms = try room.latest(10)
    #expect(alarms.map { $0.alarm.items.map(\.barcode) } == [["b1", "b2"]])
}

@Test func `a theft in bulk counts as noise once, so that the next one has its siren too`() async throws {
    let time = ManualTime().keeper
    let lines = ReaderLines(["siren": ReaderLines.Place(reader: "gate-1", output: .relay)])
    let bells = GateBells(
        lines,
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: nil, isOrdered: true)],
        time: time
    )
    var policy = GatePolicy(security: TestBranch.policy, stackTime: .zero)
    policy.bulk = GateRate(count: 1, within: .seconds(5))
    let room = GateRoom(
        gates: ["gate-1"],
        store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1"), TestBranch.item("b2", "QA 76 .A2")]),
        time: time,
        policy: policy,
        bells: bells,
        events: EventHub(),
        logger: TestBranch.logger
    )
    try await room.refresh()
    await room.keeper.take(look([try TestBranch.tag("b1", serial: 1)], at: 1_700_000_001_000))
    await room.keeper.take(look([try TestBranch.tag("b2", serial: 2)], at: 1_700_000_001_400))
    await room.logbook.write()
    let alarms = try room.latest(10).map(\.alarm)
    #expect(alarms.map(\.isBulk) == [true, true])
    #expect(alarms.map(\.quiet) == [nil, nil])
}

@Test(.timeLimit(.minutes(10)))
func `what staff found stays told while the alarm grows`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1"), TestBranch.item("b2", "QA 76 .A2")])
    let events = EventHub()
    let room = try await room(store, events: events)
    let told = await events.events()
    await room.keeper.take(look([try TestBranch.tag("b1", serial: 1)], at: 1_700_000_001_000))
    await room.logbook.write()
    let alarm = try #require(try room.latest(1).first)
    let judged = try await room.record(.cleared, of: alarm.id)
    #expect(judged?.outcome == .cleared)
    await room.keeper.take(look([try TestBranch.tag("b2", serial: 2)], at: 1_700_000_001_400))
    await room.logbook.write()
    var outcomes: [GateOutcome?] = []
    for await case .alarm(let record) in told {
        outcomes.append(record.outcome)
        if outcomes.count == 3 { break }
    }
    #expect(outcomes == [nil, .cleared, .cleared])
    #expect(try room.latest(1).first?.alarm.items.count == 2)
    #expect(try await room.record(.left, of: alarm.id + 1) == nil)
}

@Test func `an unknown tag and another library's item never sound`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let room = try await room(store)
    await room.keeper.take(
        look(
            [try TestBranch.tag("x9", serial: 1, owner: "FI-Mamk-M"), try TestBranch.tag("x8", serial: 2)],
            at: 1_700_000_001_000
        )
    )
    await room.logbook.write()
    #expect(try room.latest(10).isEmpty)
}

/// A look at nothing.
private func silence(at moment: Int64, left: [TagUID] = [], warnings: [String] = []) -> StationRound {
    StationRound(
        reader: "gate-1",
        role: .gate,
        at: Moment(milliseconds: moment),
        arrived: [],
        left: left,
        heard: [],
        present: [],
        warnings: warnings
    )
}

/// A look at a tag of which only the number and the AFI were heard.
private func number(_ tag: VirtualTag, at moment: Int64, afi: UInt8? = 0x07) -> StationRound {
    var round = look([tag], at: moment)
    round.arrived[0].content = .unread
    round.arrived[0].afi = afi
    return round
}

@Test func `a tag that a pad has read rings by its number alone, without a look into the database`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let tag = try TestBranch.tag("b1", serial: 1)
    let content = LibraryTag(reading: tag.content)
    try store.remember([try #require(TagRecord(uid: tag.uid, reading: content, afi: 0x07, at: Moment(milliseconds: 5)))]
    )
    let room = try await room(store)
    #expect(await room.keeper.knows(tag.uid))
    await room.keeper.take(number(tag, at: 1_700_000_001_000))
    await room.logbook.write()
    #expect(try room.latest(10).first?.alarm.items.map(\.barcode) == ["b1"])
}

@Test func `a clock that is set back hides no tag that is read from then on`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let room = try await room(store)
    let tag = try TestBranch.tag("b1", serial: 1)
    let content = LibraryTag(reading: tag.content)
    let readAt = Moment(milliseconds: 1_700_000_000_500)
    try store.remember([try #require(TagRecord(uid: tag.uid, reading: content, afi: 0x07, at: readAt))])
    let ahead = Moment(milliseconds: 1_800_000_000_000)
    let next = try await room.learnTags(readSince: ahead, lookedAt: .seconds(1_700_000_000))
    #expect(await room.keeper.knows(tag.uid))
    #expect(next <= readAt)
}

@Test func `a tag that nobody ever read makes no alarm by its number`() async throws {
    let room = try await room(try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]))
    await room.keeper.take(number(try TestBranch.tag("b1", serial: 1), at: 1_700_000_001_000))
    await room.logbook.write()
    #expect(try room.latest(10).isEmpty)
}

@Test func `a loan that a kiosk made a moment ago is known at the gate`() async throws {
    let room = try await room(try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]))
    await room.keeper.learn(barcode: "b1", status: .onLoan, source: .device)
    await room.keeper.take(look([try TestBranch.tag("b1", serial: 1)], at: 1_700_000_001_000))
    await room.logbook.write()
    #expect(try room.latest(10).isEmpty)
}

@Test func `an item with a pass goes out in silence until the pass is taken back`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let room = try await room(store)
    let now = Moment(milliseconds: 1_700_000_000_000)
    try await room.give(GatePass(barcode: "b1", kind: .exhibition, from: now, until: now + .seconds(86_400)))
    let tag = try TestBranch.tag("b1", serial: 1)
    await room.keeper.take(look([tag], at: 1_700_000_001_000))
    await room.logbook.write()
    #expect(try room.latest(10).isEmpty && store.latestPassages(limit: 1).map(\.reason) == [.temporaryPass])
    #expect(try await room.takeBack(barcode: "b1"))
    await room.keeper.take(silence(at: 1_700_000_002_000, left: [tag.uid]))
    await room.keeper.take(look([tag], at: 1_700_000_003_000))
    await room.logbook.write()
    #expect(try room.latest(10).count == 1)
}

@Test(.timeLimit(.minutes(10)))
func `old holdings ask the library system, and its answer decides`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1"), TestBranch.item("b2", "QA 76 .A2")])
    var policy = GatePolicy(security: TestBranch.policy, freshness: .zero)
    policy.liveBudget = .seconds(1)
    let room = try await room(store, policy: policy, ask: { _ in nil })
    let first = try TestBranch.tag("b1", serial: 1)
    let second = try TestBranch.tag("b2", serial: 2)
    await room.keeper.take(look([first, second], at: 1_700_000_900_000))
    var questions = room.keeper.questions.makeAsyncIterator()
    #expect(await questions.next() == GateKeeper.Question(gate: "gate-1", tags: [first.uid, second.uid]))
    await room.keeper.learn([first.uid: .onLoan], gate: "gate-1")
    for _ in 0..<2000 { await room.keeper.tick() }
    await room.logbook.write()
    // The second was not answered for: it rings when the time is over.
    #expect(try room.latest(10).flatMap { $0.alarm.items.map(\.barcode) } == ["b2"])
}

@Test func `a tag with a former barcode rings for its item, and passes once that is lent`() async throws {
    var renamed = TestBranch.item("b1", "QA 76 .A1")
    renamed.otherBarcodes = ["old1"]
    let tag = try TestBranch.tag("old1", serial: 1)
    let room = try await makeRoom(renamed)
    await room.keeper.take(look([tag], at: 1_700_000_001_000))
    await room.logbook.write()
    #expect(try room.latest(10).flatMap { $0.alarm.items.map(\.reason) } == [.notOnLoan])

    renamed.status = .onLoan
    let second = try await makeRoom(renamed)
    await second.keeper.take(look([tag], at: 1_700_000_001_000))
    await second.logbook.write()
    #expect(try second.latest(10).isEmpty)
}

@Test(.timeLimit(.minutes(10)))
func `the library system's answer holds for every part of a set, and under a former barcode`() async throws {
    var renamed = TestBranch.item("b2", "QA 76 .A2")
    renamed.otherBarcodes = ["old2"]
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1"), renamed])
    var policy = GatePolicy(security: TestBranch.policy, freshness: .zero)
    policy.liveBudget = .seconds(1)
    let asked = Mutex<[[String]]>([])
    let room = try await room(store, policy: policy) { barcodes in
        asked.withLock { $0.append(barcodes) }
        return Dictionary(uniqueKeysWithValues: barcodes.map { ($0, ItemStatus.onLoan) })
    }
    let tags = try [
        TestBranch.tag("b1", serial: 1, set: SetInformation(total: 2, ordinal: 1)),
        TestBranch.tag("b1", serial: 2, set: SetInformation(total: 2, ordinal: 2)),
        TestBranch.tag("old2", serial: 3),
    ]
    await room.keeper.take(look(tags, at: 1_700_000_900_000))
    await room.logbook.write()
    var questions = room.keeper.questions.makeAsyncIterator()
    await room.answer(try #require(await questions.next()))
    for _ in 0..<2000 { await room.keeper.tick() }
    await room.logbook.write()
    #expect(asked.withLock { $0 } == [["b1", "b2"]])
    #expect(try room.latest(10).isEmpty)
}

@Test func `a reader that falls silent is told to staff, and so is its return`() async throws {
    let room = try await room(try TestBranch.store([]))
    await room.keeper.take(silence(at: 1))
    for _ in 0..<5000 { await room.keeper.tick() }
    #expect(await room.keeper.views.first?.isDead == true)
    #expect(await room.keeper.views.first?.troubles.map(\.kind) == [.dead])
    await room.keeper.take(silence(at: 2))
    #expect(await room.keeper.views.first?.isDead == false)
    for _ in 0..<GateHealth.warningsToTell { await room.keeper.take(silence(at: 3, warnings: ["antenna detuned"])) }
    #expect(await room.keeper.views.first?.troubles.map(\.kind) == [.detuned])
}

@Test func `a fire contact that is open is told of every gate, once, and so is its end`() async {
    let keeper = GateKeeper(gates: ["gate-1", "gate-2"], time: ManualTime().keeper, policy: GatePolicy())
    func kinds() async -> [[GateTrouble.Kind]] { await keeper.views.map { $0.troubles.map(\.kind) } }
    await keeper.take(.fire(true))
    await keeper.take(.fire(true))
    #expect(await kinds() == [[.fire], [.fire]])
    #expect(await keeper.takeNotes().notes.count == 2)
    await keeper.take(.fire(false))
    #expect(await kinds() == [[], []])
    #expect(await keeper.takeNotes().notes.count == 2)
}

@Test func `a gate's outputs are well again with the last of them, and no other gate is blamed`() async {
    let keeper = GateKeeper(gates: ["gate-1", "gate-2"], time: ManualTime().keeper, policy: GatePolicy())
    func causes() async -> [String?] { await keeper.views.map { $0.troubles.first?.cause } }
    await keeper.take(.broken(line: "siren", gates: ["gate-1"], cause: "gone"))
    await keeper.take(.broken(line: "lamp", gates: ["gate-1"], cause: "refused"))
    #expect(await causes() == ["output lamp: refused; output siren: gone", nil])
    await keeper.take(.whole(line: "lamp", gates: ["gate-1"]))
    #expect(await causes() == ["output siren: gone", nil])
    await keeper.take(.whole(line: "siren", gates: ["gate-1"]))
    #expect(await causes() == [nil, nil])
}

@Test func `a walk test counts its own tag and makes no alarm of it`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
    let room = try await room(store)
    let tag = try TestBranch.tag("b1", serial: 1)
    #expect(await room.keeper.beginWalkTest(gate: "nowhere", uid: tag.uid, planned: 2) == nil)
    _ = await room.keeper.beginWalkTest(gate: "gate-1", uid: tag.uid, planned: 2)
    await room.keeper.take(look([tag], at: 1_700_000_001_000))
    #expect(await room.keeper.endWalk(gate: "gate-1")?.heard == 1)
    #expect(await room.keeper.endWalk(gate: "gate-1")?.missed == 1)
    await room.logbook.write()
    #expect(try room.latest(10).isEmpty && store.walks(since: Moment(milliseconds: 0)) == GateShare(1, of: 2))
}

@Test func `a self test tells how often each sentinel was heard`() async throws {
    let store = try TestBranch.store([])
    let tag = try TestBranch.tag("sentinel", serial: 7)
    let deaf = TagUID(0xE004_0150_0000_0099)
    let policy = GatePolicy(
        security: TestBranch.policy,
        sentinels: [
            tag.uid: GateSentinel(antenna: 1), deaf: GateSentinel(antenna: 2),
            TagUID(0xE004_0150_0000_0F02): GateSentinel(gate: "side door", antenna: 1),
        ]
    )
    let room = try await room(store, policy: policy)
    #expect(await room.keeper.beginSelfTest() == ["gate-1"])
    await room.keeper.take(look([tag], at: 1_700_000_001_000))
    for step in 1..<100 {
        let at = 1_700_000_001_000 + Int64(step)
        await room.keeper.take(step.isMultiple(of: 2) ? silence(at: at) : look([tag], at: at, arrived: false))
    }
    await room.logbook.write()
    let trends = try room.sentinels(gate: "gate-1")
    #expect(trends[1]?.tests.first?.share == GateShare(51, of: 100) && trends[2]?.verdict == .deaf)
    #expect(await room.keeper.views.first?.troubles.first?.cause == "antenna 2 does not hear its sentinel tag")
    #expect(try room.latest(10).isEmpty)
}

@Test func `a sentinel that is named twice in a look is heard once`() async throws {
    let store = try TestBranch.store([])
    let tag = try TestBranch.tag("sentinel", serial: 7)
    let policy = GatePolicy(security: TestBranch.policy, sentinels: [tag.uid: GateSentinel(antenna: 1)])
    let room = try await room(store, policy: policy)
    await room.keeper.beginSelfTest()
    for step in 0..<100 {
        let at = 1_700_000_001_000 + Int64(step)
        let isHeard = step.isMultiple(of: 2)
        await room.keeper.take(isHeard ? look([tag, tag], at: at, arrived: step == 0) : silence(at: at))
    }
    await room.logbook.write()
    #expect(try room.sentinels(gate: "gate-1")[1]?.tests.first?.share == GateShare(50, of: 100))
}

@Test func `people are counted in growing numbers and the drift is corrected at closing time`() async throws {
    let store = try TestBranch.store([])
    let room = try await room(store)
    await room.keeper.count([PeopleReading(incoming: 500, outgoing: 480)], at: "gate-1")
    await room.keeper.count([PeopleReading(incoming: 505, outgoing: 482)], at: "gate-1")
    await room.keeper.count([PeopleReading(incoming: 2, outgoing: 1)], at: "gate-1")
    #expect(await room.keeper.closeDay() == ["gate-1": 4])
    await room.logbook.write()
    let people = try store.people(since: Moment(milliseconds: 0))["gate-1"]
    #expect(people?.incoming == 7 && people?.outgoing == 3)
    await room.keeper.count([PeopleReading(incoming: 4_000_000, outgoing: 1)], at: "gate-1")
    #expect(await room.keeper.views.first?.troubles.map(\.kind) == [.counter])
    await room.keeper.count([PeopleReading(incoming: 4_000_001, outgoing: 1)], at: "gate-1")
    #expect(await room.keeper.views.first?.troubles.isEmpty == true)
}

@Test func `rules that silence everything are asked for twice`() async throws {
    let room = try await room(try TestBranch.store([]))
    let text = "not on loan = log\nsought after = log\non loan, tag not cleared = log\nset part = log\n"
    let base = await room.keeper.rules
    await #expect(throws: GateRoom.PolicyRefusal.silencesEverything(.rules)) {
        try await room.follow(rules: text, base: base, confirmed: false, by: "nobody")
    }
    #expect(await room.keeper.rules == base)
    _ = try await room.follow(rules: text, base: base, confirmed: true, by: "A. Librarian")
    #expect(await room.keeper.rules.responses.count == 4)
    await #expect(throws: GateRoom.PolicyRefusal.self) {
        try await room.follow(rules: "nonsense", base: base, confirmed: true, by: "nobody")
    }
}

@Test func `kept reads are replayed with other rules, under pseudonyms`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1", status: .onLoan)])
    let room = try await room(store)
    let tag = try TestBranch.tag("b1", serial: 1)
    await room.keeper.take(look([tag], at: 1_700_000_001_000))
    await room.logbook.write()
    let reads = try store.reads(since: Moment(milliseconds: 0))
    #expect(reads.count == 1 && reads.first?.tag != tag.uid && reads.first?.reason == .notCleared)
    var loud = await room.keeper.rules
    loud.responses[.notCleared] = .alarm
    let report = try await room.replay(since: Moment(milliseconds: 0), with: loud)
    #expect(report.alarmsThen == 0 && report.alarmsNow == 1)
}

@Test func `a disk that is stuck loses old notes and never the memory`() async throws {
    let room = try await room(try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]))
    let tag = try TestBranch.tag("b1", serial: 1)
    for step in 0..<22_000 {
        let at = 1_700_000_001_000 + Int64(step) * 10_000
        await room.keeper.take(silence(at: at, warnings: step.isMultiple(of: 2) ? [] : ["x"]))
        await room.keeper.hear(
            [GateHearing(uid: tag.uid, afi: 0xC2, facts: GateFacts(tag: .item, status: .onLoan))],
            at: "gate-1",
            GateInstant(moment: Moment(milliseconds: at), uptime: .milliseconds(at))
        )
    }
    let (notes, lost) = await room.keeper.takeNotes()
    #expect(notes.count <= 20_000 && lost > 0)
}

@Test func `a library system that does not answer makes one alarm wait, not the next`() async throws {
    let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1"), TestBranch.item("b2", "QA 76 .A2")])
    var policy = GatePolicy(security: TestBranch.policy, freshness: .zero)
    policy.liveBudget = .milliseconds(150)
    let room = try await room(store, policy: policy, ask: { _ in nil })
    await room.keeper.take(look([try TestBranch.tag("b1", serial: 1)], at: 1_700_000_900_000))
    #expect(await room.keeper.alarmsNoted == 0)
    for _ in 0..<400 { await room.keeper.tick() }
    #expect(await room.keeper.alarmsNoted == 1)
    let second = try TestBranch.tag("b2", serial: 2)
    await room.keeper.take(look([second], at: 1_700_000_960_000))
    #expect(await room.keeper.alarmsNoted == 2)
}

@Test func `the library system's own answer decides about an armed book on old holdings`() async throws {
    let system = TestLibrarySystem()
    let link = system.link()
    try await system.running(link) {
        // One is lent, one is not, and of the third the system knows nothing: that is no status, but an answer.
        #expect(
            await link.statuses(of: ["1000000144", "1000000136", "9999"])
                == ["1000000144": .onLoan, "1000000136": .available]
        )
    }
}

extension GateKeeper {
    /// Alarms and joined items that wait to be written.
    fileprivate var alarmsNoted: Int {
        notes.count { note in
            switch note {
            case .alarm, .join: true
            default: false
            }
        }
    }
}
