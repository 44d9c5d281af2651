import Library
import Operations
import Store
import Testing

/// A finished sweep is judged by the holdings as they were at its end.
struct FinishedSweepTests {
    private static let start: Int64 = 1_700_000_000_000
    private static let scope = SweepScope(branch: "MAIN", location: "REF")

    /// Twenty books of the shelf, one of them with a former barcode, and one that belongs elsewhere.
    private static var items: [Item] {
        var items = (1...20).map { TestBranch.item("b\($0)", "QA 76 .A\($0 + 10) 2000") }
        items[4].otherBarcodes = ["old5"]
        var away = TestBranch.item("away", "QA 76 .Z9 2000")
        away.location = "STACKS"
        away.permanentLocation = "STACKS"
        return items + [away]
    }

    /// What was heard of them: not the tenth, the fifth by its former barcode, and two strangers.
    private static let heard = (1...20).filter { $0 != 5 && $0 != 10 }.map { "b\($0)" } + ["old5", "away", "nobody's"]

    /// A month later: one was lent, one withdrawn, one is no more, two came; the former barcode is forgotten.
    private static var later: [Item] {
        var items = (1...20).filter { $0 != 3 }.map { TestBranch.item("b\($0)", "QA 77 .A\($0 + 10) 2001") }
        items[0].status = .onLoan
        items[8].status = .withdrawn
        items.append(TestBranch.item("away", "QA 76 .Z9 2000"))
        return items + [TestBranch.item("nobody's", "QA 76 .Z8 2000")]
    }

    private static func room(_ store: Store, _ time: ManualTime = ManualTime()) throws -> SweepRoom {
        try SweepRoom(
            store: store,
            time: time.keeper,
            rules: SweepRules(security: TestBranch.policy),
            events: EventHub(),
            logger: TestBranch.logger
        )
    }

    private static func hear(_ barcodes: [String], in sweep: Sweep.ID, _ room: SweepRoom) async throws {
        let lines = AsyncThrowingStream<String, any Error> { stream in
            for barcode in barcodes { stream.yield(barcode) }
            stream.finish()
        }
        _ = try await room.upload(lines, named: "scanner", to: sweep)
    }

    private static func replaceHoldings(_ store: Store, by items: [Item]) throws {
        let moment = Moment(milliseconds: start + 30 * 86_400_000)
        let work = try store.beginImport(profile: "test", source: "next", at: moment)
        for (number, item) in items.enumerated() { try work.add(item, line: number + 1) }
        _ = try work.commit(at: moment)
    }

    /// All that a report says but the shares of what was not heard, which are sums of fractions in any order.
    private static func expectSame(_ outcome: SweepOutcome, _ before: SweepOutcome) {
        #expect(outcome.view.sweep == before.view.sweep && outcome.view.holdings == before.view.holdings)
        #expect(outcome.view.summary == before.view.summary && outcome.view.stretches == before.view.stretches)
        #expect(outcome.findings == before.findings)
        #expect(outcome.moves == before.moves && outcome.progress == before.progress)
    }

    private static func kinds(_ barcode: String, in outcome: SweepOutcome) -> [FindingKind] {
        outcome.findings.filter { $0.id.subject == .item(barcode) }.map(\.kind)
    }

    @Test func `a sweep is at hand, whatever the room does, unless its log has to be read again`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        #expect(try room.glanceAtCurrent() == nil)
        #expect(try room.glance(1) == nil)
        let sweep = try await room.start(Self.scope).sweep.id
        try await Self.hear(Self.heard, in: sweep, room)
        #expect(try room.glance(sweep)?.summary.seen == 19)
        let running = try await room.sweep(sweep)
        #expect(try room.glanceAtCurrent() == running)
        // Of one that runs the picture is made anew by the holdings that have come.
        try Self.replaceHoldings(store, by: Self.later)
        #expect(try room.glance(sweep) == nil)
        let followed = try await room.sweep(sweep)
        #expect(try room.glance(sweep) == followed)
        #expect(followed.holdings?.snapshot == 2)
        // One that is over keeps the holdings of its end; after a start its log is read once.
        let done = try await room.finish()
        try Self.replaceHoldings(store, by: Self.items)
        #expect(try room.glance(sweep) == done)
        #expect(try room.glanceAtCurrent() == done)
        let restarted = try Self.room(store)
        #expect(try restarted.glance(sweep) == nil)
        let read = try await restarted.sweep(sweep)
        #expect(try restarted.glance(sweep) == read)
        #expect(try restarted.glanceAtCurrent() == read)
    }

    @Test func `holdings that come after the end change nothing in its report, after a restart neither`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        try await Self.hear(Self.heard, in: sweep, room)
        let done = try await room.finish()
        let before = try await room.outcome(sweep)
        #expect(done == before.view && done.summary.expected == 20 && done.summary.seen == 19)
        #expect(done.holdings?.snapshot == 1 && done.holdings?.isKept == true)
        #expect(Self.kinds("b10", in: before) == [.missing])
        #expect(Self.kinds("away", in: before) == [.wrongLocation])
        #expect(Self.kinds("nobody's", in: before) == [.unknownItem])

        try Self.replaceHoldings(store, by: Self.later)
        for room in [room, try Self.room(store)] {
            Self.expectSame(try await room.outcome(sweep), before)
            #expect(try await room.sweeps(project: nil, limit: 1).map(\.summary) == [done.summary])
            let rules = await room.siteRules
            Self.expectSame(try await room.replay(sweep, with: rules), before)
        }
    }

    @Test func `a sweep is judged by the holdings of its end, not of the last look`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        try await Self.hear(Self.heard, in: sweep, room)
        try Self.replaceHoldings(store, by: Self.later)
        let done = try await room.finish()
        #expect(done.summary.expected == 19 && done.holdings?.snapshot == 2)
        #expect(try await Self.room(store).outcome(sweep).view.summary == done.summary)
    }

    @Test func `what was lent after the end is no matter of the sweep, what was lent before and is told late is`()
        async throws
    {
        let store = try TestBranch.store(Self.items)
        let time = ManualTime()
        let room = try Self.room(store, time)
        let sweep = try await room.start(Self.scope).sweep.id
        try await Self.hear(Self.heard, in: sweep, room)
        let end = try #require(try await room.finish().sweep.finishedAt)
        try await room.take([StatusChange(barcode: "b10", status: .onLoan, at: end + .seconds(60))])
        #expect(try await room.sweep(sweep).summary.missing == 1)
        try await room.take([StatusChange(barcode: "b10", status: .onLoan, at: Moment(milliseconds: Self.start))])
        let summary = try await room.sweep(sweep).summary
        #expect(summary.missing == 0 && summary.gone == 1)
    }

    @Test func `what comes late is judged by the holdings of the day on which it comes, and on every later day`()
        async throws
    {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        try await Self.hear(["b1", "nobody's"], in: sweep, room)
        _ = try await room.finish()
        try await Self.hear(Self.heard, in: sweep, room)
        let before = try await room.outcome(sweep)
        #expect(before.view.summary.seen == 19)
        #expect(Self.kinds("away", in: before) == [.wrongLocation])
        try Self.replaceHoldings(store, by: Self.later)
        Self.expectSame(try await Self.room(store).outcome(sweep), before)
        // What was not in the holdings at the end is not looked up again when more comes.
        try await Self.hear(["b10"], in: sweep, room)
        let after = try await room.outcome(sweep)
        #expect(after.view.summary.seen == 20)
        #expect(Self.kinds("nobody's", in: after) == [.unknownItem])
    }

    @Test func `a library system is told of a finished sweep by the holdings of now`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        try await Self.hear(["b1", "b2", "b3"], in: sweep, room)
        _ = try await room.finish()
        try Self.replaceHoldings(store, by: Self.later)
        // The first was lent since, the third is no more.
        #expect(try await room.seenItems(sweep).map { $0.item.barcode } == ["b2"])
        #expect(try await room.sweep(sweep).summary.seen == 3)
    }

    @Test func `a running sweep goes by new holdings at once, and not only when a wand hears something`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        try await Self.hear(["b1", "b2", "b3"], in: sweep, room)
        try Self.replaceHoldings(store, by: Self.later)
        // A check-in of the first would end its loan.
        #expect(try await room.seenItems(sweep).map { $0.item.barcode } == ["b2"])
        try Self.replaceHoldings(store, by: Self.items)
        #expect(try await room.sweep(sweep).summary.seen == 3)
        #expect(try await room.current()?.holdings?.snapshot == 3)
    }

    @Test func `a sweep that was finished before holdings were kept goes by those of now, and says so`() async throws {
        let store = try TestBranch.store(Self.items)
        let sweep = try store.startSweep(Self.scope, at: Moment(milliseconds: Self.start)).id
        try store.finish(sweep, at: Moment(milliseconds: Self.start + 1))
        let room = try Self.room(store)
        #expect(try await room.sweep(sweep).holdings?.isKept == false)
        try Self.replaceHoldings(store, by: [Self.items[0]])
        let listed = try #require(try await room.sweeps(project: nil, limit: 10).first)
        #expect(listed.summary.expected == 1 && listed.holdings?.snapshot == 2 && listed.holdings?.isKept == false)
        #expect(try await room.outcome(sweep).view == listed)
    }
}
