import Field
import Library
import Readers
import Store
import Synchronization
import Tags
import Testing
import Wire

@testable import Operations

/// What a gate's station delivered.
private final class Rounds: Sendable {
    private let list = Mutex<[StationRound]>([])

    func add(_ round: StationRound) { list.withLock { $0.append(round) } }

    var arrived: [HeardTag] { list.withLock { $0.flatMap(\.arrived) } }
    var all: [StationRound] { list.withLock { $0 } }
}

private func gate(
    _ tags: [VirtualTag],
    by mechanism: SecurityMechanism,
    into rounds: Rounds
) -> Station {
    Station(
        setup: TestBranch.setup("gate-1", .gate, tags),
        time: ManualTime().keeper,
        logger: TestBranch.logger,
        security: SecurityPolicy(mechanism: mechanism, ownInstitutions: [TestBranch.owner]),
        knows: { _ in false },
        deliver: { rounds.add($0) },
        announce: { _ in }
    )
}

@Test func `where the bit tells, an alarm of the air is named by an inventory`() async throws {
    let rounds = Rounds()
    var armed = try TestBranch.tag("b1", serial: 1)
    armed.eas.armed = true
    var released = try TestBranch.tag("b2", serial: 2)
    released.eas.armed = false
    let station = gate([armed, released], by: .eas, into: rounds)
    try await TestBranch.running(station) {
        try await waited { rounds.arrived.count >= 2 }
    }
    let bits = Dictionary(rounds.arrived.map { ($0.uid, $0.eas) }, uniquingKeysWith: { first, _ in first })
    #expect(bits == [armed.uid: true, released.uid: false])
}

@Test func `where nobody has the bit set, everybody is heard all the same, only later`() async throws {
    let rounds = Rounds()
    var released = try TestBranch.tag("b2", serial: 2)
    released.eas.armed = false
    let station = gate([released], by: .eas, into: rounds)
    try await TestBranch.running(station) {
        try await waited { !rounds.arrived.isEmpty }
    }
    #expect(rounds.arrived.first?.eas == false)
    #expect(rounds.all.first?.isForAll == false && rounds.all.first?.heard.isEmpty == true)
}

@Test func `a gate proves its polls with the first armed book and then asks in one slot`() async throws {
    let rounds = Rounds()
    let station = gate([try TestBranch.tag("b1", serial: 1)], by: .afi, into: rounds)
    try await TestBranch.running(station) {
        try await waited { rounds.all.count >= 20 }
    }
    #expect(rounds.all.first?.isForAll == true && rounds.arrived.first?.afi == 0x07)
    // The book lies there: polls are answered, and the inventory behind them hears it each time.
    #expect(rounds.all.allSatisfy { !$0.heard.isEmpty })
}

@Test func `a gate whose polls are proven hears no released book until everybody is asked`() async throws {
    let rounds = Rounds()
    let station = gate([try TestBranch.tag("b1", serial: 1, afi: 0xC2)], by: .afi, into: rounds)
    try await TestBranch.running(station) {
        try await waited { rounds.all.count >= 20 }
    }
    // Nothing armed ever came: the polls are not proven, and each look is for everybody.
    let isForAll = rounds.all.map(\.isForAll)
    #expect(!isForAll.contains(false))
}

@Test func `people are counted lane by lane between two looks, and go on after a restart`() async throws {
    let store = try TestBranch.store([])
    let time = ManualTime()
    func room() -> GateRoom {
        GateRoom(
            gates: ["gate-1"],
            store: store,
            time: time.keeper,
            policy: GatePolicy(),
            events: EventHub(),
            logger: TestBranch.logger
        )
    }
    func station(incoming: UInt32, outgoing: UInt32, other: UInt32) -> Station {
        var setup = TestBranch.setup("gate-1", .gate, [])
        setup.openLink = { () async throws(LinkError) -> any Link & ~Copyable in
            var twin = FEIGTwin(.gate)
            twin.people = FEIGPeopleCounters(incoming: incoming, outgoing: outgoing)
            twin.people.others = [other, 0]
            return LoopbackLink(twin, over: TestBranch.field([]))
        }
        return TestBranch.station(setup, time: time)
    }
    let first = room()
    try await counting(first, on: station(incoming: 100, outgoing: 90, other: 5)) { !$0.isEmpty }
    await first.logbook.write()
    let second = room()
    try await counting(second, on: station(incoming: 107, outgoing: 91, other: 6)) { $0.first?.incoming == 7 }
    await second.logbook.write()
    let lanes = await second.keeper.views.first?.lanes
    #expect(
        lanes == [
            GateKeeper.Lane(number: 1, incoming: 7, outgoing: 1), GateKeeper.Lane(number: 2, incoming: 1, outgoing: 0),
        ]
    )
    #expect(try store.people(since: Moment(milliseconds: 0))["gate-1"]?.incoming == 8)
}

@Test func `people who came while the machine was off are counted, though its clock starts behind`() async throws {
    let store = try TestBranch.store([])
    func room(_ time: ManualTime) -> GateRoom {
        GateRoom(
            gates: ["gate-1"],
            store: store,
            time: time.keeper,
            policy: GatePolicy(),
            events: EventHub(),
            logger: TestBranch.logger
        )
    }
    let first = room(ManualTime())
    await first.keeper.count([PeopleReading(incoming: 100, outgoing: 90)], at: "gate-1")
    await first.logbook.write()
    let behind = ManualTime()
    behind.advance(by: -3_600_000)
    let second = room(behind)
    await second.takeUpCounts()
    await second.keeper.count([PeopleReading(incoming: 500, outgoing: 480)], at: "gate-1")
    let view = await second.keeper.views.first
    #expect(view?.lanes == [GateKeeper.Lane(number: 1, incoming: 400, outgoing: 390)])
    #expect(view?.troubles == [])
}

/// Runs a station and its room's counting until the lanes are as wanted.
private func counting(
    _ room: GateRoom,
    on station: Station,
    until isDone: @escaping @Sendable ([GateKeeper.Lane]) -> Bool
) async throws {
    try await TestBranch.running(station) {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await room.count(on: [station]) }
            let isCounted = await eventually { isDone(await room.keeper.views.first?.lanes ?? []) }
            #expect(isCounted)
            group.cancelAll()
        }
    }
}

@Test func `a reader without a counter board is not asked again and again`() async throws {
    let room = GateRoom(
        gates: ["gate-1"],
        store: try TestBranch.store([]),
        time: ManualTime().keeper,
        policy: GatePolicy(),
        events: EventHub(),
        logger: TestBranch.logger
    )
    await room.keeper.count([], at: "gate-1")
    await room.keeper.count([PeopleReading(incoming: 1, outgoing: 1)], at: "gate-9")
    #expect(await room.keeper.views.first?.lanes.isEmpty == true)
}

@Test func `a gate that calls is asked on its own port, and silence is told within five seconds`() async throws {
    let time = ManualTime()
    let keeper = GateKeeper(
        gates: ["gate-1"],
        time: time.keeper,
        policy: GatePolicy(),
        patience: ["gate-1": .milliseconds(4800)]
    )
    let attendant = GateAttendant(
        gate: "gate-1",
        keeper: keeper,
        countsPeople: true,
        time: time.keeper,
        logger: TestBranch.logger
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        var twin = FEIGTwin(.gate)
        twin.people = FEIGPeopleCounters(incoming: 3, outgoing: 2)
        return LoopbackLink(twin, over: TestBranch.field([]))
    }
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await attendant.run() }
        let isCounted = await eventually { await keeper.views.first?.lanes.isEmpty == false }
        #expect(isCounted)
        group.cancelAll()
    }
    await keeper.tick()
    #expect(await keeper.views.first?.isDead == false)
    // A look that brought nothing at all, not even a sign of life, is none.
    var silent = StationRound(
        reader: "gate-1",
        role: .gate,
        at: time.keeper.now(),
        arrived: [],
        left: [],
        heard: [],
        present: []
    )
    silent.isSilent = true
    time.advance(by: 4900)
    await keeper.take(silent)
    await keeper.tick()
    let trouble = await keeper.views.first?.troubles.first
    #expect(trouble?.kind == .dead && trouble?.cause?.contains("no answer for") == true)
    await keeper.takeSignOfLife(gate: "gate-1")
    #expect(await keeper.views.first?.isDead == false)
}

/// A room with old holdings, and a tag of theirs that lies in its gate.
private struct AskedRoom {
    let room: GateRoom
    let tag: VirtualTag
    /// The wall clock.
    let wall = ManualTime()
    private let uptime = ManualTime()

    init() async throws {
        var policy = GatePolicy(security: TestBranch.policy, freshness: .seconds(100))
        policy.liveBudget = .seconds(1)
        var time = wall.keeper
        time.uptime = { [uptime] in .milliseconds(uptime.advance(by: 1)) }
        room = GateRoom(
            gates: ["gate-1"],
            store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1"), TestBranch.item("b2", "QA 76 .A2")]),
            time: time,
            policy: policy,
            ask: { _ in nil },
            events: EventHub(),
            logger: TestBranch.logger
        )
        tag = try TestBranch.tag("b1", serial: 1)
        try await room.refresh()
        wall.advance(by: 200_000)
    }

    func look(arrived: Bool) async {
        let at = wall.keeper.now()
        let heard = HeardTag(
            uid: tag.uid,
            at: at,
            antenna: 1,
            signal: nil,
            afi: tag.afi,
            content: .read(tag.content, LibraryTag(reading: tag.content))
        )
        await room.keeper.take(
            StationRound(
                reader: "gate-1",
                role: .gate,
                at: at,
                arrived: arrived ? [heard] : [],
                left: [],
                heard: [tag.uid],
                present: [tag.uid]
            )
        )
        await room.logbook.write()
    }
}

@Test func `the library system's answer holds while the tag is there, whatever is learned of others`() async throws {
    let asked = try await AskedRoom()
    await asked.look(arrived: true)
    await asked.room.keeper.learn([asked.tag.uid: .onLoan], gate: "gate-1")
    await asked.room.keeper.learn(barcode: "b2", status: .onLoan, source: .device)
    await asked.look(arrived: false)
    try await asked.room.refresh()
    await asked.look(arrived: false)
    #expect(try asked.room.latest(10).isEmpty)
}

@Test func `a return at a pad beats the library system's older answer, although the clock was set back between them`()
    async throws
{
    let asked = try await AskedRoom()
    await asked.look(arrived: true)
    await asked.room.keeper.learn([asked.tag.uid: .onLoan], gate: "gate-1")
    asked.wall.advance(by: -100_000)
    await asked.room.keeper.learn(barcode: "b1", status: .available, source: .device)
    await asked.look(arrived: false)
    #expect(try asked.room.latest(10).count == 1)
}

@Test func `an antenna that grows deaf over weeks is told, and so is its recovery`() async throws {
    let store = try TestBranch.store([])
    let tag = TagUID(0xE004_0150_0000_0099)
    let room = GateRoom(
        gates: ["gate-1"],
        store: store,
        time: ManualTime().keeper,
        policy: GatePolicy(sentinels: [tag: GateSentinel(antenna: 1)]),
        events: EventHub(),
        logger: TestBranch.logger
    )
    var at: Int64 = 1_700_000_000_000
    func day(heard share: Int) async {
        at += 86_400_000
        await room.keeper.beginSelfTest()
        for look in 0..<100 {
            let instant = GateInstant(moment: Moment(milliseconds: at), uptime: .milliseconds(at + Int64(look) * 40))
            let hearing = GateHearing(uid: tag, afi: 0x07, antenna: 1, facts: .unread)
            await room.keeper.hear(look < share ? [hearing] : [], at: "gate-1", instant)
        }
        await room.logbook.write()
        await room.logbook.write()
    }
    for _ in 0..<6 { await day(heard: 80) }
    #expect(await room.keeper.views.first?.troubles.isEmpty == true)
    for _ in 0..<3 { await day(heard: 50) }
    let trouble = await room.keeper.views.first?.troubles.first
    #expect(trouble?.kind == .sentinel)
    #expect(trouble?.cause == "antenna 1 hears its sentinel tag 62 % as often as at first")
    for _ in 0..<3 { await day(heard: 80) }
    #expect(await room.keeper.views.first?.troubles.isEmpty == true)
}

@Test func `a look for some alone is no look at a sentinel that keeps silent`() async throws {
    let tag = TagUID(0xE004_0150_0000_0099)
    let keeper = GateKeeper(
        gates: ["gate-1"],
        time: ManualTime().keeper,
        policy: GatePolicy(sentinels: [tag: GateSentinel(antenna: 1)])
    )
    await keeper.beginSelfTest()
    let now = GateInstant(moment: Moment(milliseconds: 1), uptime: .seconds(1))
    await keeper.hear([], at: "gate-1", now, everybodyWasAsked: false)
    #expect(await keeper.views.first?.selfTest == GateShare(0, of: 100))
    await keeper.hear([], at: "gate-1", now)
    #expect(await keeper.views.first?.selfTest == GateShare(1, of: 100))
}

@Test func `each day has its self test and its closing time`() async throws {
    let store = try TestBranch.store([])
    let time = ManualTime()
    let tag = TagUID(0xE004_0150_0000_0099)
    let room = GateRoom(
        gates: ["gate-1"],
        store: store,
        time: time.keeper,
        policy: GatePolicy(sentinels: [tag: GateSentinel(antenna: 1)]),
        day: GateDay(closing: 23 * 60, selfTest: 6 * 60),
        events: EventHub(),
        logger: TestBranch.logger
    )
    await room.keeper.count([PeopleReading(incoming: 10, outgoing: 10)], at: "gate-1")
    await room.keeper.count([PeopleReading(incoming: 14, outgoing: 11)], at: "gate-1")
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await room.keepDay() }
        let isOver = await eventually {
            await room.keeper.views.first.map { $0.incoming == $0.outgoing && $0.selfTest != nil } == true
        }
        #expect(isOver)
        group.cancelAll()
    }
    #expect(await room.keeper.views.first?.outgoing == 4)
    #expect(try store.duty("closing") != nil && store.duty("self test") != nil)
}
