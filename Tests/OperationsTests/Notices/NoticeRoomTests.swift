import Library
import Readers
import Store
import Synchronization
import Tags
import Testing
import Wire

@testable import Operations

/// A service without readers, channels that take what a test lets them, and a clock that a test moves.
private final class NoticeBench: Sendable {
    let clock = MovingClock()
    let desk: ServiceDesk
    let taken = Mutex<[String]>([])
    let refuses = Mutex(false)
    private let hour = Mutex(12)

    init(readers: [StationSetup] = []) throws {
        let clock = clock
        desk = try ServiceDesk(
            store: try Store.inMemory(),
            time: Timekeeper(now: { clock.now }, sleep: { _ in try await Task.sleep(for: .seconds(3600)) }),
            settings: ServiceDesk.Settings(rules: SweepRules(), shelfOrder: .standard, scheme: .lcc, snapshots: 2),
            readers: readers,
            logger: TestBranch.logger
        )
    }

    func setHour(_ value: Int) { hour.withLock { $0 = value } }

    struct Refused: Error {}

    func room(_ rules: NoticeRules) -> NoticeRoom {
        NoticeRoom(
            desk: desk,
            channels: [
                NoticeChannel(name: "desk", rules: rules) { [self] notice in
                    if refuses.withLock({ $0 }) { throw Refused() }
                    taken.withLock { $0.append("\(notice.event.rawValue) \(notice.subject): \(notice.text)") }
                }
            ],
            local: { [self] _ in NoticeTime(hour: hour.withLock { $0 }, weekday: .monday) },
            logger: TestBranch.logger
        )
    }

    var texts: [String] { taken.withLock { $0 } }

    func alarm(_ gate: String = "gate-1") -> BranchEvent {
        let item = GateAlarmItem(
            uid: TagUID(0xE004_0150_0000_0001),
            barcode: "3010",
            afi: 7,
            reason: .notOnLoan,
            evidence: "armed"
        )
        return .alarm(GateAlarmRecord(id: 1, alarm: GateAlarm(gate: gate, at: clock.now, items: [item])))
    }
}

@Test func `an alarm goes out at once, by reason and number and without the item`() async throws {
    let bench = try NoticeBench()
    let room = bench.room(NoticeRules(events: [.alarm]))
    await room.take(bench.alarm())
    #expect(bench.texts == ["alarm gate-1: not on loan, 1 item"])
}

@Test(.timeLimit(.minutes(10))) func `an alarm is not pushed out by what is no notice`() async throws {
    let bench = try NoticeBench()
    var events = await NoticeRoom.events(of: bench.desk.events).makeAsyncIterator()
    await bench.desk.events.send(bench.alarm("gate-7"))
    for place in 0..<(3 * EventHub.lag) {
        await bench.desk.events.send(.librarySystem(isOnline: place.isMultiple(of: 2)))
    }
    guard case .alarm(let record)? = await events.next() else {
        Issue.record("wanted the alarm, which came first")
        return
    }
    #expect(record.alarm.gate == "gate-7")
}

@Test(.timeLimit(.minutes(10)))
func `what happens while a channel takes its time is kept meanwhile`() async throws {
    let bench = try NoticeBench()
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let channel = NoticeChannel(name: "desk", rules: NoticeRules(events: [.alarm])) { notice in
        bench.taken.withLock { $0.append(notice.subject) }
        for await _ in released {}
    }
    let room = NoticeRoom(
        desk: bench.desk,
        channels: [channel],
        local: { _ in NoticeTime(hour: 12, weekday: .monday) },
        logger: TestBranch.logger
    )
    func waiting() throws -> [String] {
        let due = try bench.desk.store.dueNotices(for: "desk", at: bench.clock.now, limit: 9)
        return due.map(\.notice.subject)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await room.run() }
        defer {
            release.finish()
            group.cancelAll()
        }
        // Whoever listens later hears nothing of before: it rings until somebody does.
        try await waited {
            if !bench.texts.isEmpty { return true }
            await bench.desk.events.send(bench.alarm("gate-1"))
            return false
        }
        await bench.desk.events.send(bench.alarm("gate-2"))
        for _ in 0..<100_000 {
            if try waiting() == ["gate-2"] { break }
            await Task.yield()
        }
        #expect(try waiting() == ["gate-2"])
        #expect(bench.texts == ["gate-1"])
    }
}

@Test func `what a channel does not take is kept on the disk and tried again, later each time`() async throws {
    let bench = try NoticeBench()
    let room = bench.room(NoticeRules(events: [.alarm]))
    bench.refuses.withLock { $0 = true }
    await room.take(bench.alarm())
    #expect(bench.texts == [])
    #expect(try bench.desk.store.waitingNotices() == ["desk": 1])
    // Another run of the program finds it there.
    let next = bench.room(NoticeRules(events: [.alarm]))
    bench.refuses.withLock { $0 = false }
    await next.pass()
    #expect(bench.texts == [])
    bench.clock.now = bench.clock.now + .seconds(31)
    await next.pass()
    #expect(bench.texts == ["alarm gate-1: not on loan, 1 item"])
    #expect(try bench.desk.store.waitingNotices() == [:])
    #expect(NoticeRoom.pause(after: 0) == .seconds(30) && NoticeRoom.pause(after: 1) == .seconds(60))
    #expect(NoticeRoom.pause(after: 100) == .seconds(3600))
}

@Test func `a clock that is set back by a year holds no notice and no summary up for a year`() async throws {
    let bench = try NoticeBench()
    let right = bench.clock.now
    let room = bench.room(NoticeRules(events: [.alarm, .summary], dailyAt: 8))
    bench.clock.now = right + .seconds(365 * 86_400)
    bench.refuses.withLock { $0 = true }
    await room.take(bench.alarm())
    bench.refuses.withLock { $0 = false }
    try bench.desk.store.noteSummary(for: "desk", weekly: false, at: bench.clock.now)
    bench.clock.now = right
    await room.pass()
    #expect(bench.texts.contains("alarm gate-1: not on loan, 1 item"))
    #expect(bench.texts.contains { $0.hasPrefix("summary the day") })
}

@Test func `a notice that is a day old is not told any more`() async throws {
    let bench = try NoticeBench()
    let room = bench.room(NoticeRules(events: [.alarm]))
    bench.refuses.withLock { $0 = true }
    await room.take(bench.alarm())
    bench.refuses.withLock { $0 = false }
    bench.clock.now = bench.clock.now + .seconds(86_401)
    await room.pass()
    #expect(bench.texts == [])
    #expect(try bench.desk.store.waitingNotices() == [:])
}

@Test func `what the doctor finds is told once, and that it is over`() async throws {
    let bench = try NoticeBench()
    let room = bench.room(NoticeRules(events: [.trouble, .recovery]))
    await room.pass()
    await room.pass()
    try #require(bench.texts.count == 1)
    #expect(bench.texts[0].hasPrefix("trouble holdings: there are no holdings"))
    let work = try bench.desk.store.beginImport(profile: "test", source: "test", at: bench.clock.now)
    try work.add(Item(barcode: "3010"), line: 1)
    _ = try work.commit(at: bench.clock.now)
    await room.pass()
    #expect(bench.texts.last == "recovery holdings: over: there are no holdings")
}

@Test func `a day's summary comes once at its hour, a week's once in its week`() async throws {
    let bench = try NoticeBench()
    let room = bench.room(NoticeRules(events: [.summary], dailyAt: 8, weeklyOn: .monday))
    bench.setHour(7)
    await room.pass()
    #expect(bench.texts == [])
    bench.setHour(8)
    await room.pass()
    await room.pass()
    #expect(bench.texts.map { $0.prefix(20) } == ["summary the day: ala", "summary the week: al"])
    try #require(!bench.texts.isEmpty)
    #expect(bench.texts[0].contains("readers away: none") && bench.texts[0].contains("no holdings"))
    bench.clock.now = bench.clock.now + .seconds(86_400)
    await bench.room(NoticeRules(events: [.summary], dailyAt: 8, weeklyOn: .monday)).pass()
    #expect(bench.texts.count == 3)
}

@Test func `summaries that follow each other count each hour's visitors once`() async throws {
    let bench = try NoticeBench()
    let rules = NoticeRules(events: [.summary], dailyAt: 8)
    let hour = Moment(milliseconds: 1_795_000_000_000 / 3_600_000 * 3_600_000)
    func came(_ people: Int, atMinute minute: Int64) throws {
        let moment = hour + .seconds(minute * 60)
        try bench.desk.store.count(gate: "gate-1", lane: 1, incoming: people, outgoing: 0, at: moment)
    }
    bench.setHour(8)
    bench.clock.now = hour + .seconds(40 * 60)
    // The first span begins at minute 40 of its hour, and takes that hour whole.
    try came(4, atMinute: 45 - 24 * 60)
    // The hour that goes on is the next summary's.
    try came(3, atMinute: 30)
    await bench.room(rules).pass()
    try came(2, atMinute: 50)
    // The next one is late by an hour and a half.
    try came(5, atMinute: 24 * 60 + 10)
    bench.clock.now = hour + .seconds((25 * 60 + 30) * 60)
    await bench.room(rules).pass()
    #expect(bench.texts.map { $0.contains("visitors: 4\n") } == [true, false])
    #expect(bench.texts.last?.contains("visitors: 10\n") == true)
}

@Test func `a change of security that failed names neither item nor tag`() async throws {
    let bench = try NoticeBench()
    let room = bench.room(NoticeRules(events: [.security]))
    let uid = TagUID(0xE004_0150_0000_0001)
    let intent = SecurityIntent(
        barcode: "3010",
        changes: [SecurityChange(uid: uid, before: .afi(7), wanted: .afi(0xC2))],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: bench.clock.now
    )
    let request = SecurityRequest(barcode: "3010", wanted: .disarmed, cause: .checkout, reader: "pad-1")
    let result = SecurityResult(outcome: .uncertain, reason: "tag \(uid) left")
    await room.take(.security(SecurityReport(request: request, end: .flipped(intent, result))))
    #expect(bench.texts == ["security pad-1: an item is not disarmed after check-out: uncertain"])
}
