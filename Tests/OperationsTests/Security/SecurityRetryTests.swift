import Field
import Library
import Readers
import Store
import Synchronization
import Tags
import Testing

@testable import Operations

private func desk(_ store: Store, _ time: ManualTime) -> SecurityDesk { desk(store, time.keeper) }

private func desk(_ store: Store, _ time: Timekeeper) -> SecurityDesk {
    SecurityDesk(
        store: store,
        time: time,
        policy: TestBranch.policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
}

/// A look at a pad on which this tag lies as it did before.
private func look(at tag: TagUID, on pad: Station) -> StationRound {
    StationRound(
        reader: pad.setup.name,
        role: .pad,
        at: Moment(milliseconds: 1_700_000_000_000),
        arrived: [],
        left: [],
        heard: [tag],
        present: [tag]
    )
}

/// Writes down a release of a tag that left in the middle of it; its number in the journal.
@discardableResult
private func cutOff(
    _ barcode: String,
    _ tag: TagUID,
    cause: SecurityCause = .checkout,
    reader: String = "pad-1",
    in store: Store,
    _ time: ManualTime
) throws -> Int64 {
    let intent = SecurityIntent(
        barcode: barcode,
        changes: [SecurityChange(uid: tag, before: .afi(0x07), wanted: .afi(0xC2))],
        wanted: .disarmed,
        cause: cause,
        reader: reader,
        at: time.keeper.now()
    )
    let id = try store.record(intent)
    try store.record(SecurityResult(outcome: .uncertain, reason: "the tag left"), of: id, at: intent.at)
    return id
}

@Test func `a pad that is gone does not keep the open changes on other pads waiting`() async throws {
    let barcodes = ["1000000136", "1000000144"]
    let store = try TestBranch.store(barcodes.map { TestBranch.item($0, "QA 76 .A1 2000") })
    let tags = try barcodes.enumerated().map { number, barcode in
        var tag = try TestBranch.tag(barcode, serial: UInt64(number + 1))
        tag.afiLocked = true
        return tag
    }
    let uids = tags.map(\.uid)
    let branch = try await PadBranch(tags)
    let time = ManualTime()
    let desk = desk(store, time)
    let pads = ["pad-1", "pad-2"].map { TestBranch.station(branch.setup($0, .pad), time: time) }
    for (number, pad) in pads.enumerated() { try await branch.put([uids[number]], on: pad.setup.name) }
    try await TestBranch.running(pads[1]) {
        try await TestBranch.running(pads[0]) {
            for (number, barcode) in barcodes.enumerated() {
                _ = try await desk.change(barcode, to: .disarmed, cause: .checkout, on: pads[number])
            }
        }
        #expect(try store.openIntents().count == 2, "the loans stand, so their changes stay open")
        for (number, pad) in pads.enumerated() {
            try await desk.attend(look(at: uids[number], on: pad), on: pad)
        }
        var obeying = tags[1]
        obeying.afiLocked = false
        await branch.field.add(obeying)
        try await branch.put([uids[1]], on: "pad-2")
        try await desk.retry(on: pads)
        #expect(await desk.lying["pad-1"] == nil, "nobody knows what lies there")
        #expect(await desk.lying["pad-2"] == [uids[1]])
    }
    #expect(try store.openIntents().map(\.intent.barcode) == ["1000000136"])
    #expect(await branch.afis(uids) == [0x07, 0xC2])
}

@Test func `a change that cannot be taken up keeps nobody from judging the other tags of the same look`() async throws {
    let barcodes = ["1000000136", "1000000144", "1000000152"]
    let store = try TestBranch.store(barcodes.map { TestBranch.item($0, "QA 76 .A1 2000") })
    let uids = (1...3).map { TagUID(0xE004_0150_0000_0000 | UInt64($0)) }
    let time = ManualTime()
    let desk = desk(store, time)
    // Its loop does not run: neither can the change be finished nor a wrong bit be put right.
    let pad = TestBranch.station(TestBranch.setup("pad-1", .pad, []), time: time)
    let now = time.keeper.now()
    try store.remember(
        zip(uids, barcodes).map { uid, barcode in
            TagRecord(uid: uid, barcode: barcode, model: "iso28560-3", owner: TestBranch.owner, readAt: now)
        }
    )
    try cutOff(barcodes[0], uids[0], in: store, time)
    var round = look(at: uids[0], on: pad)
    // Of items that are in, all say that they are lent.
    round.arrived = uids.map { HeardTag(uid: $0, at: now, antenna: nil, signal: nil, afi: 0xC2) }
    (round.heard, round.present) = (uids, uids)
    try await desk.attend(round, on: pad)
    #expect(Set(try store.openDivergences().map(\.uid)) == Set(uids.dropFirst()))
}

@Test(arguments: [1, 2])
func `readers that are gone do not keep a repair of everything from the items on other ones`(_ gone: Int) async throws {
    let barcodes = ["1000000136", "1000000144"]
    let store = try TestBranch.store(barcodes.map { TestBranch.item($0, "QA 76 .A1 2000") })
    let tags = try barcodes.enumerated().map { try TestBranch.tag($1, serial: UInt64($0 + 1)) }
    let uids = tags.map(\.uid)
    let branch = try await PadBranch(tags)
    let time = ManualTime()
    let desk = desk(store, time)
    // The item was heard on each of those that are gone: their loops do not run.
    let away = ["pad-1", "wand-1"].prefix(gone).map { TestBranch.station(branch.setup($0, .pad), time: time) }
    let here = TestBranch.station(branch.setup("pad-2", .pad), time: time)
    for (number, pad) in ["pad-1", "pad-2"].enumerated() {
        try await branch.put([uids[number]], on: pad)
        try cutOff(barcodes[number], uids[number], reader: pad, in: store, time)
    }
    try await TestBranch.running(here) {
        for reader in away { try await desk.attend(look(at: uids[0], on: reader), on: reader) }
        try await desk.attend(look(at: uids[1], on: here), on: here)
        let reports = try await desk.repair(nil, on: away + [here])
        #expect(reports.map(\.barcode) == barcodes)
        // Whoever asks for that reader alone hears why not.
        try await desk.attend(look(at: uids[0], on: away[0]), on: away[0])
        await #expect(throws: StationError.self) { _ = try await desk.repair([barcodes[0]], on: [away[0]]) }
    }
    #expect(await branch.afis(uids) == [0x07, 0xC2])
    #expect(try store.openIntents().map(\.intent.barcode) == [barcodes[0]])
}

@Test func `a tag that bears another item by now is not written to for the item before`() async throws {
    let (old, new) = ("1000000136", "1000000144")
    let store = try TestBranch.store([old, new].map { TestBranch.item($0, "QA 76 .A1 2000") })
    let tag = try TestBranch.tag(new, serial: 1)
    let branch = try await PadBranch([tag])
    let time = ManualTime()
    let desk = desk(store, time)
    let pad = TestBranch.station(branch.setup("pad-1", .pad), time: time)
    try await branch.put([tag.uid])
    let id = try cutOff(old, tag.uid, in: store, time)
    try store.remember([
        TagRecord(uid: tag.uid, barcode: new, model: "28560-3", owner: TestBranch.owner, readAt: time.keeper.now())
    ])
    try await TestBranch.running(pad) {
        try await desk.attend(look(at: tag.uid, on: pad), on: pad)
        try await desk.retry(on: [pad])
    }
    #expect(await branch.afis([tag.uid]) == [0x07])
    #expect(try store.openIntents().map(\.id) == [id], "somebody has to look at it")
}

@Test(arguments: [(.both, 0xC2), (.eas, nil), (.afi, 0x3C)] as [(SecurityMechanism, UInt8?)])
func `a tag that does not say whether it is armed ends nothing that is known to be wrong`(
    _ mechanism: SecurityMechanism,
    _ afi: UInt8?
) async throws {
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let time = ManualTime()
    var policy = TestBranch.policy
    policy.mechanism = mechanism
    policy.freshness = .seconds(365 * 86_400)
    let desk = SecurityDesk(
        store: store,
        time: time.keeper,
        policy: policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
    let wand = TestBranch.station(TestBranch.setup("wand-1", .wand, []), time: time)
    let now = time.keeper.now()
    try store.remember([
        TagRecord(uid: tag.uid, barcode: barcode, model: "iso28560-3", owner: TestBranch.owner, readAt: now)
    ])
    try store.note(
        Divergence(
            uid: tag.uid,
            barcode: barcode,
            tags: .disarmed,
            item: .inLibrary,
            wanted: .armed,
            reader: "pad-1",
            first: now,
            last: now
        )
    )
    // A wand has no time to ask for an EAS bit.
    func round(_ afi: UInt8?) -> StationRound {
        StationRound(
            reader: "wand-1",
            role: .wand,
            at: now,
            arrived: [HeardTag(uid: tag.uid, at: now, antenna: nil, signal: nil, afi: afi)],
            left: [],
            heard: [tag.uid],
            present: [tag.uid]
        )
    }
    try await desk.attend(round(afi), on: wand)
    #expect(try store.openDivergences().map(\.uid) == [tag.uid])
    guard mechanism == .afi else { return }
    try await desk.attend(round(0x07), on: wand)
    #expect(try store.openDivergences().isEmpty)
}

@Test func `a release that was cut off is not finished once somebody has found the item secured as they want it`()
    async throws
{
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let branch = try await PadBranch([tag])
    let time = ManualTime()
    let desk = desk(store, time)
    let pad = TestBranch.station(branch.setup("pad-1", .pad), time: time)
    try await branch.put([tag.uid])
    try cutOff(barcode, tag.uid, cause: .staff, in: store, time)
    try await TestBranch.running(pad) {
        let report = try await desk.change(barcode, to: .armed, cause: .staff, on: pad)
        guard case .alreadySo = report.end else {
            Issue.record("found \(report.end), wanted a tag that says so already")
            return
        }
        try await desk.attend(look(at: tag.uid, on: pad), on: pad)
        try await desk.retry(on: [pad])
    }
    #expect(await branch.afis([tag.uid]) == [0x07])
    #expect(try store.openIntents().isEmpty)
    #expect(try store.journal().map(\.lastResult?.outcome) == [.superseded])
}

@Test(arguments: [(.checkout, 1), (.staff, 0)] as [(SecurityCause, Int)])
func `a loan that somebody has made stays open while the pad is away, and a wish does not`(
    _ cause: SecurityCause,
    _ open: Int
) async throws {
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let time = ManualTime()
    let desk = desk(store, time)
    // Its loop does not run.
    let pad = TestBranch.station(TestBranch.setup("pad-1", .pad, [tag]), time: time)
    let now = time.keeper.now()
    try store.remember([
        TagRecord(uid: tag.uid, barcode: barcode, model: "iso28560-3", owner: TestBranch.owner, readAt: now)
    ])
    await #expect(throws: StationError.self) {
        _ = try await desk.change(barcode, to: .disarmed, cause: cause, on: pad)
    }
    #expect(try store.openIntents().count == open)
    #expect(try store.journal().count == open)
}

/// A desk with a loan of which the library system has not said whether it stands, and that counts how often it is asked.
private func unanswered(
    _ time: Timekeeper,
    _ asked: Asked,
    waiting: @escaping @Sendable () async -> Void = {}
) throws -> SecurityDesk {
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let desk = SecurityDesk(
        store: store,
        time: time,
        policy: TestBranch.policy,
        status: { _ in
            asked.count.withLock { $0 += 1 }
            await waiting()
            return .lost
        },
        events: EventHub(),
        logger: TestBranch.logger
    )
    let intent = SecurityIntent(
        barcode: barcode,
        changes: [SecurityChange(uid: TagUID(0xE004_0150_0000_0001), before: .afi(0x07), wanted: .afi(0xC2))],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: time.now()
    )
    let id = try store.record(intent, isAgreed: false)
    try store.record(SecurityResult(outcome: .unanswered, reason: "no answer"), of: id, at: intent.at)
    return desk
}

@Test func `a library system that cannot say how a loan stands is asked more and more rarely`() async throws {
    let (time, asked) = (ManualTime(), Asked())
    let desk = try unanswered(time.keeper, asked)
    for _ in 0..<20 { try await desk.retry(on: []) }
    #expect(asked.count.withLock { $0 } == 1)
    // An hour of ticks: 1, 2, 4, 8, 16 and then 30 seconds apart.
    for _ in 0..<3600 {
        time.advance(by: 1000)
        try await desk.retry(on: [])
    }
    let count = asked.count.withLock { $0 }
    #expect((100...130).contains(count), "asked \(count) times")
}

@Test(.timeLimit(.minutes(10)))
func `what is open is tried again, however much was heard while the library system took its time`() async throws {
    let (time, asked, slept) = (ManualTime(), Asked(), Asked())
    var keeper = time.keeper
    keeper.sleep = { duration in
        slept.count.withLock { $0 += 1 }
        try await time.keeper.sleep(duration)
    }
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let desk = try unanswered(keeper, asked) { for await _ in released {} }
    let passing = StationRound(
        reader: "wand-1",
        role: .wand,
        at: keeper.now(),
        arrived: [],
        left: [TagUID(0xE004_0150_0000_0002)],
        heard: [],
        present: []
    )
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await desk.run(on: []) }
        defer { group.cancelAll() }
        try await waited { asked.count.withLock { $0 } == 1 }
        // The next tick waits behind the question, and more comes in behind it than may wait.
        let begun = slept.count.withLock { $0 }
        try await waited { slept.count.withLock { $0 } >= begun + 2 }
        for _ in 0..<300 { desk.take(passing) }
        release.finish()
        try await waited { asked.count.withLock { $0 } >= 2 }
    }
}

@Test(arguments: [-86_400_000, 86_400_000] as [Int64])
func `a clock that somebody sets changes nothing about when the library system is asked again`(_ jump: Int64)
    async throws
{
    let (time, seconds, asked) = (ManualTime(), Asked(), Asked())
    var keeper = time.keeper
    keeper.uptime = { .seconds(seconds.count.withLock { $0 }) }
    let desk = try unanswered(keeper, asked)
    try await desk.retry(on: [])
    time.advance(by: jump)
    try await desk.retry(on: [])
    #expect(asked.count.withLock { $0 } == 1)
    seconds.count.withLock { $0 = 1 }
    try await desk.retry(on: [])
    #expect(asked.count.withLock { $0 } == 2)
}

@Test func `an open change is looked at more and more rarely while nobody hears its tags, and at once when they are`()
    async throws
{
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let branch = try await PadBranch([tag])
    let time = ManualTime()
    let desk = desk(store, time)
    let pad = TestBranch.station(branch.setup("pad-1", .pad), time: time)
    let id = try cutOff(barcode, tag.uid, in: store, time)
    var looks: Set<Duration> = []
    for _ in 0..<3600 {
        time.advance(by: 1000)
        try await desk.retry(on: [pad])
        looks.insert(try #require(await desk.retries[id]?.due))
    }
    // 1, 2, 4 and so on to 300 seconds apart.
    #expect((15...25).contains(looks.count), "looked \(looks.count) times")
    try await branch.put([tag.uid])
    try await TestBranch.running(pad) {
        var round = look(at: tag.uid, on: pad)
        round.arrived = [HeardTag(uid: tag.uid, at: round.at, antenna: nil, signal: nil, afi: 0x07)]
        try await desk.attend(round, on: pad)
    }
    #expect(try store.openIntents().isEmpty)
    #expect(await branch.afis([tag.uid]) == [0xC2])
}

@Test func `a loan that was cut off is finished although the clock was set back behind the holdings`() async throws {
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let branch = try await PadBranch([tag])
    let time = ManualTime()
    time.advance(by: -600_000)
    let desk = desk(store, time)
    let pad = TestBranch.station(branch.setup("pad-1", .pad), time: time)
    try await branch.put([tag.uid])
    try cutOff(barcode, tag.uid, in: store, time)
    try await TestBranch.running(pad) {
        try await desk.attend(look(at: tag.uid, on: pad), on: pad)
        try await desk.retry(on: [pad])
    }
    #expect(try store.openIntents().isEmpty)
    #expect(await branch.afis([tag.uid]) == [0xC2])
}

@Test func `a release by hand that is older than an hour is taken back though the clock was set back meanwhile`()
    async throws
{
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let branch = try await PadBranch([tag])
    let (wall, uptime) = (ManualTime(), ManualTime())
    var keeper = wall.keeper
    keeper.uptime = { .milliseconds(uptime.advance(by: 0)) }
    let desk = desk(store, keeper)
    let pad = TestBranch.station(branch.setup("pad-1", .pad), time: ManualTime())
    try await branch.put([tag.uid])
    try cutOff(barcode, tag.uid, cause: .staff, in: store, wall)
    for clock in [wall, uptime] { clock.advance(by: 4_800_000) }
    wall.advance(by: -1_800_000)
    try await TestBranch.running(pad) {
        try await desk.attend(look(at: tag.uid, on: pad), on: pad)
        try await desk.retry(on: [pad])
    }
    #expect(await branch.afis([tag.uid]) == [0x07])
    #expect(try store.journal().map(\.lastResult?.outcome) == [.undone])
}

@Test func `a gate that looks and looks does not push out what a pad has heard`() async throws {
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let branch = try await PadBranch([tag])
    let time = ManualTime()
    let desk = desk(store, time)
    let pad = TestBranch.station(branch.setup("pad-1", .pad), time: time)
    try await branch.put([tag.uid])
    try cutOff(barcode, tag.uid, in: store, time)
    // The desk is busy with something else meanwhile.
    var heard = look(at: tag.uid, on: pad)
    heard.arrived = [HeardTag(uid: tag.uid, at: heard.at, antenna: nil, signal: nil, afi: 0x07)]
    desk.take(heard)
    let nobody = StationRound(
        reader: "gate-1",
        role: .gate,
        at: heard.at,
        arrived: [],
        left: [],
        heard: [],
        present: []
    )
    for _ in 0..<300 { desk.take(nobody) }
    try await TestBranch.running(pad) {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await desk.run(on: [pad]) }
            defer { group.cancelAll() }
            let isSettled = try await eventually { try store.openIntents().isEmpty }
            #expect(isSettled)
        }
    }
    #expect(await branch.afis([tag.uid]) == [0xC2])
}

private final class Asked: Sendable {
    let count = Mutex(0)
}
