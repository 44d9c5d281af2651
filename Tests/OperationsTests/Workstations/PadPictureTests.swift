import Library
import Readers
import Tags
import Testing

@testable import Operations

/// A clock that stands still until it is moved.
private func picture(_ moment: @escaping @Sendable () -> Moment) -> PadPicture {
    PadPicture(
        pads: ["pad-1"],
        policy: SecurityPolicy(ownInstitutions: ["DK-718500"]),
        time: Timekeeper(now: moment, sleep: { _ in })
    )
}

private func at(_ milliseconds: Int64) -> Moment { Moment(milliseconds: 1_795_000_000_000 + milliseconds) }

private func online(_ picture: PadPicture) async {
    await picture.take(report(.online(.init(model: "pad", firmware: "1", abilities: []))))
}

private func report(_ state: StationState) -> StationReport {
    StationReport(
        name: "pad-1",
        role: .pad,
        driver: "feig",
        place: "loopback",
        state: state,
        lastAnswer: nil,
        tagsPresent: 0
    )
}

private func heard(
    _ serial: UInt64,
    _ barcode: String,
    part: Int = 1,
    of total: Int = 1,
    afi: UInt8 = 0x07,
    usage: TypeOfUsage = .circulation,
    at moment: Moment
) -> HeardTag {
    let content = LibraryTag(
        model: "iso28560-3",
        recognition: Recognition(.certain, because: "test"),
        primaryItemIdentifier: barcode,
        ownerInstitution: "DK-718500",
        setInformation: SetInformation(total: total, ordinal: part),
        typeOfUsage: usage
    )
    return HeardTag(
        uid: TagUID(0xE004_0150_0000_0000 | serial),
        at: moment,
        antenna: nil,
        signal: nil,
        afi: afi,
        content: .read(TagMemory(bytes: []), content)
    )
}

private func round(_ arrived: [HeardTag], left: [TagUID] = [], at moment: Moment) -> StationRound {
    StationRound(
        reader: "pad-1",
        role: .pad,
        at: moment,
        arrived: arrived,
        left: left,
        heard: arrived.map(\.uid),
        present: arrived.map(\.uid)
    )
}

private let policy = SecurityPolicy(ownInstitutions: ["DK-718500"])

@Test func `a stack is told only when nothing has come for a moment`() async {
    let clock = MovingClock()
    let picture = picture { clock.now }
    await online(picture)
    await picture.take(round([heard(1, "3010", at: at(0))], at: at(0)))
    clock.now = at(100)
    #expect(await picture.view(of: "pad-1")?.tags.count == 0)
    clock.now = at(200)
    await picture.take(round([heard(2, "3011", at: at(200))], at: at(200)))
    clock.now = at(450)
    #expect(await picture.view(of: "pad-1")?.tags.count == 0)
    clock.now = at(500)
    #expect(await picture.view(of: "pad-1")?.tags.map(\.barcode) == ["3010", "3011"])
}

@Test func `what lies there is still told while more is laid down`() async {
    let clock = MovingClock()
    let picture = picture { clock.now }
    await online(picture)
    await picture.take(round([heard(1, "3010", at: at(0))], at: at(0)))
    clock.now = at(5000)
    await picture.take(round([heard(2, "3011", at: at(5000))], at: at(5000)))
    clock.now = at(5010)
    #expect(await picture.view(of: "pad-1")?.tags.map(\.barcode) == ["3010"])
}

@Test func `a stack that never rests is told after two seconds`() async {
    let clock = MovingClock()
    let picture = picture { clock.now }
    await online(picture)
    for step in 0..<12 {
        let moment = at(Int64(step) * 200)
        clock.now = moment
        await picture.take(round([heard(UInt64(step), "30\(step)", at: moment)], at: moment))
    }
    #expect((await picture.view(of: "pad-1")?.tags.count ?? 0) >= 10)
}

@Test func `a stack is told when it rests, wherever the wall clock is set to meanwhile`() async {
    let (wall, uptime) = (MovingClock(), MovingClock())
    let picture = PadPicture(
        pads: ["pad-1"],
        policy: policy,
        time: Timekeeper(now: { wall.now }, sleep: { _ in }, uptime: { .milliseconds(uptime.now.milliseconds) })
    )
    await online(picture)
    await picture.take(round([heard(1, "3010", at: at(0))], at: at(0)))
    wall.now = at(3_600_000)
    #expect(await picture.view(of: "pad-1")?.tags.count == 0)
    wall.now = at(-3_600_000)
    uptime.now = at(300)
    #expect(await picture.view(of: "pad-1")?.tags.count == 1)
}

@Test func `what left is not told any more at once`() async {
    let clock = MovingClock()
    let picture = picture { clock.now }
    await online(picture)
    let book = heard(1, "3010", at: at(0))
    await picture.take(round([book], at: at(0)))
    await picture.take(round([], left: [book.uid], at: at(900)))
    clock.now = at(900)
    #expect(await picture.view(of: "pad-1") == PadPicture.View(trouble: nil, tags: []))
}

@Test func `an item that lies there whole needs its own tags read, and those that nobody has read yet`() async {
    let clock = MovingClock()
    let picture = picture { clock.now }
    await online(picture)
    func uid(_ serial: UInt64) -> TagUID { TagUID(0xE004_0150_0000_0000 | serial) }
    let stack = [
        heard(1, "3010", part: 1, of: 2, at: at(0)), heard(2, "3010", part: 2, of: 2, at: at(0)),
        heard(3, "3011", at: at(0)), heard(4, "3012", part: 1, of: 2, at: at(0)), heard(5, "3013", at: at(0)),
        heard(6, "3013", at: at(0)),
    ]
    await picture.take(round(stack, at: at(0)))
    #expect(await picture.tags(of: ["3010"], on: "pad-1") == [uid(1), uid(2)])
    // Its tag bears a former barcode.
    #expect(await picture.tags(of: ["3999", "3011"], on: "pad-1") == [uid(3)])
    // A part is missing, two items bear one barcode, nothing was heard, no such pad: all is read.
    for name in ["3012", "3013", "4711"] { #expect(await picture.tags(of: [name], on: "pad-1") == nil) }
    #expect(await picture.tags(of: ["3010"], on: "pad-9") == nil)
    let newcomer = HeardTag(uid: uid(9), at: at(100), antenna: nil, signal: nil, afi: 0x07, content: .unread)
    await picture.take(round([newcomer], at: at(100)))
    #expect(await picture.tags(of: ["3011"], on: "pad-1") == [uid(3), uid(9)])
    await picture.take(round([], left: [uid(2)], at: at(200)))
    #expect(await picture.tags(of: ["3010"], on: "pad-1") == nil)
}

@Test func `an item that is being laid down anew is not told yet, and goes by its tag and its barcode`() async {
    let clock = MovingClock()
    let picture = picture { clock.now }
    await online(picture)
    let card = heard(2, "P-4711", usage: TypeOfUsage(mainClass: 8), at: at(0))
    // Sixteen digits could be the number of a tag.
    let books = [heard(1, "3010", at: at(0)), heard(3, "3010000000000002", at: at(0))]
    await picture.take(round(books + [card], at: at(0)))
    #expect(await picture.view(of: "pad-1")?.tags == [])
    #expect(await picture.barcode(named: "E004015000000001", on: "pad-1") == "3010")
    #expect(await picture.barcode(named: "3010", on: "pad-1") == "3010")
    #expect(await picture.barcode(named: "3010000000000002", on: "pad-1") == "3010000000000002")
    for name in ["E004015000000002", "P-4711", "4711", ""] {
        #expect(await picture.barcode(named: name, on: "pad-1") == nil)
    }
    #expect(await picture.barcode(named: "3010", on: "pad-9") == nil)
}

@Test func `a reader that is away tells its cause and nothing that lay there`() async {
    let clock = MovingClock()
    let picture = picture { clock.now }
    await online(picture)
    await picture.take(round([heard(1, "3010", at: at(0))], at: at(0)))
    await picture.take(report(.offline(cause: "cable pulled", hint: "plug it in")))
    clock.now = at(1000)
    let away = PadPicture.Trouble(cause: "cable pulled", hint: "plug it in")
    #expect(await picture.view(of: "pad-1") == PadPicture.View(trouble: away, tags: []))
    await online(picture)
    #expect(await picture.view(of: "pad-1")?.tags == [])
    #expect(await picture.view(of: "pad-9") == nil)
}

@Test func `the parts of a set are one item, whole only when all lie there`() throws {
    func tag(_ serial: UInt64, _ part: Int, afi: UInt8 = 0x07) -> LyingTag? {
        let heard = heard(serial, "3010", part: part, of: 2, at: at(0))
        guard case .read(_, let content) = heard.content else { return nil }
        return LyingTag(uid: heard.uid, content: content, mark: SecurityMark(afi: afi))
    }
    let tags = [tag(2, 2, afi: 0xC2), tag(1, 1)].compactMap(\.self)
    let whole = PadItem.group(tags, by: policy, showingCards: false)
    try #require(tags.count == 2 && whole.count == 1)
    #expect(whole[0].isComplete && whole[0].total == 2 && whole[0].security == .mixed)
    #expect(whole[0].parts.map(\.set.ordinal) == [1, 2])
    let half = PadItem.group([tags[0]], by: policy, showingCards: false)
    try #require(half.count == 1)
    #expect(!half[0].isComplete && half[0].total == 2)
}

@Test func `the number on a patron card is kept back unless the site wants it told`() {
    let heard = heard(1, "P-4711", usage: TypeOfUsage(mainClass: 8), at: at(0))
    guard case .read(_, let content) = heard.content else { return }
    let tag = LyingTag(uid: heard.uid, content: content, mark: SecurityMark())
    #expect(PadItem.group([tag], by: policy, showingCards: false).map(\.barcode) == [nil])
    #expect(PadItem.group([tag], by: policy, showingCards: false).map(\.kind) == [.patronCard])
    #expect(PadItem.group([tag], by: policy, showingCards: true).map(\.barcode) == ["P-4711"])
}

/// A picture whose run waits for nothing: each wait moves the clock on.
private func running<Value: Sendable>(
    pads: [String] = ["pad-1"],
    before: (PadPicture) async -> Void,
    _ body: @escaping @Sendable (PadPicture, AsyncStream<BranchEvent>) async -> Value
) async throws -> Value {
    let clock = MovingClock()
    let time = Timekeeper(
        now: { clock.now },
        sleep: { duration in
            try Task.checkCancellation()
            clock.now = clock.now + duration
            await Task.yield()
        }
    )
    let picture = PadPicture(pads: pads, policy: policy, time: time)
    let hub = EventHub()
    let events = await hub.events()
    await before(picture)
    return await withTaskGroup(of: Void.self) { group in
        group.addTask { await picture.run(on: StationRoster([]), events: hub) }
        let value = await body(picture, events)
        group.cancelAll()
        return value
    }
}

/// The next event, which has to be one of a pad.
private func next(_ events: AsyncStream<BranchEvent>) async -> PadReport? {
    for await event in events {
        guard case .pad(let report) = event else { return nil }
        return report
    }
    return nil
}

@Test(.timeLimit(.minutes(10)))
func `those who watch are told a whole stack at once, and again only what has changed`() async throws {
    let book = heard(2, "3011", afi: 0xC2, at: at(100))
    let reports = try await running(
        before: { picture in
            await online(picture)
            await picture.take(round([heard(1, "3010", at: at(0))], at: at(0)))
            await picture.take(round([book], at: at(100)))
        },
        { picture, events in
            let stack = await next(events)
            // A look that brings nothing new is no news.
            await picture.take(round([], at: at(2000)))
            await picture.take(round([], left: [book.uid], at: at(3000)))
            let rest = await next(events)
            await picture.take(report(.offline(cause: "cable pulled", hint: nil)))
            await online(picture)
            await picture.take(round([heard(3, "3012", at: at(5000))], at: at(5000)))
            // It may be told empty before the first item lies there.
            var back = await next(events)
            while back?.count == 0 { back = await next(events) }
            return [stack, rest, back]
        }
    )
    #expect(reports.map { $0?.tags.map(\.barcode) } == [["3010", "3011"], ["3010"], ["3012"]])
    #expect(reports[0]?.tags.map(\.security) == [.armed, .disarmed])
    #expect(reports[0]?.tags.map(\.model) == ["iso28560-3", "iso28560-3"])
    #expect(reports.map { $0?.count } == [2, 1, 1])
}

@Test(.timeLimit(.minutes(10)))
func `those who watch are told that a tag is marked anew`() async throws {
    let book = heard(1, "3010", at: at(0))
    guard case .read(_, let content) = book.content else { return }
    let reports = try await running(
        before: { picture in
            await online(picture)
            await picture.take(round([book], at: at(0)))
        },
        { picture, events in
            let before = await next(events)
            await picture.take(content, mark: SecurityMark(afi: 0xC2), of: book.uid, on: "pad-1")
            return [before, await next(events)]
        }
    )
    #expect(reports.map { $0?.tags.map(\.security) } == [[.armed], [.disarmed]])
}

@Test(.timeLimit(.minutes(10)))
func `a pad that was plugged in is told of like the others, and forgotten with its plug`() async throws {
    let view = try await running(
        pads: [],
        before: { picture in
            await online(picture)
            await picture.take(round([heard(1, "3010", at: at(0))], at: at(0)))
        },
        { picture, events -> PadPicture.View? in
            #expect(await next(events)?.count == 1)
            await picture.forget("pad-1")
            return await picture.view(of: "pad-1")
        }
    )
    #expect(view == nil)
}

@Test func `of a patron card it is told that it lies there, and nothing else`() {
    let tags = [heard(1, "P-4711", usage: TypeOfUsage(mainClass: 8), at: at(0)), heard(2, "3011", at: at(0))]
    let lying = tags.compactMap { heard -> LyingTag? in
        guard case .read(_, let content) = heard.content else { return nil }
        return LyingTag(uid: heard.uid, content: content, mark: SecurityMark(afi: heard.afi))
    }
    let report = PadReport(reader: "pad-1", tags: lying, policy: policy)
    #expect((report.cards, report.count) == (1, 2))
    #expect(report.tags.map(\.uid) == [tags[1].uid])
    #expect(!"\(report)".contains("4711"))
}

@Test func `a report of a pad is bounded, and says how many lie there`() {
    let lying = (0..<300).map {
        LyingTag(uid: TagUID(0xE004_0150_0000_0000 | UInt64($0)), content: nil, mark: SecurityMark())
    }
    let report = PadReport(reader: "pad-1", tags: lying, policy: policy)
    #expect((report.tags.count, report.count) == (PadReport.mostTags, 300))
    #expect(report.tags.allSatisfy { $0.barcode == nil && $0.model == nil })
}
