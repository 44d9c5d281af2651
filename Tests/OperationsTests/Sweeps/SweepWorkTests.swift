import Field
import Library
import Operations
import Store
import Tags
import Testing
import Wire

/// Several sweeps, logs from elsewhere, changes of status, lists and the guide.
@Suite(.timeLimit(.minutes(10))) struct SweepWorkTests {
    private static let items = (1...20).map { TestBranch.item("b\($0)", "QA 76 .A\($0 + 10) 2000") }
    private static let scope = SweepScope(branch: "MAIN", location: "REF")
    private static let start: Int64 = 1_700_000_000_000

    private static func room(_ store: Store, _ time: ManualTime = ManualTime(), events: EventHub = EventHub()) throws
        -> SweepRoom
    {
        try SweepRoom(
            store: store,
            time: time.keeper,
            rules: SweepRules(security: TestBranch.policy),
            events: events,
            logger: TestBranch.logger
        )
    }

    private static func uid(_ barcode: String) throws -> TagUID {
        try TestBranch.tag(barcode, serial: UInt64(CRC16.air.value(barcode.utf8))).uid
    }

    private static func round(
        _ barcodes: [String],
        at moment: Int64,
        reader: String = "wand-1",
        role: StationRole = .wand,
        left: [TagUID] = []
    ) throws -> StationRound {
        let heard = try barcodes.map { barcode in
            let tag = try TestBranch.tag(barcode, serial: UInt64(CRC16.air.value(barcode.utf8)))
            return HeardTag(
                uid: tag.uid,
                at: Moment(milliseconds: start + moment),
                antenna: nil,
                signal: nil,
                afi: tag.afi,
                content: .read(tag.content, LibraryTag(reading: tag.content))
            )
        }
        return StationRound(
            reader: reader,
            role: role,
            at: Moment(milliseconds: start + moment),
            arrived: heard,
            left: left,
            heard: heard.map(\.uid),
            present: heard.map(\.uid)
        )
    }

    private static func lines(_ lines: [String]) -> AsyncThrowingStream<String, any Error> {
        AsyncThrowingStream { stream in
            for line in lines { stream.yield(line) }
            stream.finish()
        }
    }

    private static func line(_ barcode: String, at moment: Int64, reader: String = "wand-9") throws -> String {
        try #require(
            SightingLog.line(
                Sighting(
                    uid: try uid(barcode),
                    barcode: barcode,
                    reader: reader,
                    at: Moment(milliseconds: start + moment)
                )
            )
        )
    }

    @Test func `two people sweep their ranges, each with a wand`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let ada = try await room.start(
            Self.scope,
            plan: SweepPlan(project: "2026", assignee: "Ada", readers: ["wand-1"])
        )
        let ben = try await room.start(
            Self.scope,
            plan: SweepPlan(project: "2026", assignee: "Ben", readers: ["wand-2"])
        )
        await room.take(try Self.round(["b1", "b2"], at: 1000))
        await room.take(try Self.round(["b3"], at: 1000, reader: "wand-2"))
        #expect(try await room.sweep(ada.sweep.id).summary.seen == 2)
        #expect(try await room.sweep(ben.sweep.id).summary.seen == 1)
        #expect(try await room.sweeps(project: "2026", limit: 10).map(\.sweep.plan.assignee) == ["Ben", "Ada"])
        #expect(try await room.finish(ada.sweep.id).sweep.id == ada.sweep.id)
        // The other one goes on.
        await room.take(try Self.round(["b4"], at: 2000, reader: "wand-2"))
        #expect(try await room.sweep(ben.sweep.id).summary.seen == 2)
    }

    @Test func `two sweeps on one shelf hear the same and do not disturb each other`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let first = try await room.start(Self.scope)
        let second = try await room.start(SweepScope(location: "REF"))
        await room.take(try Self.round(["b1"], at: 1000))
        #expect(try await room.sweep(first.sweep.id).summary.seen == 1)
        #expect(try await room.sweep(second.sweep.id).summary.seen == 1)
        await #expect(throws: SweepRefusal.alike(first.sweep.id)) { _ = try await room.start(Self.scope) }
    }

    @Test func `pads count only in a sweep in the background`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let plain = try await room.start(Self.scope)
        let wide = try await room.start(SweepScope(location: "REF"), plan: SweepPlan(background: true))
        await room.take(try Self.round(["b1"], at: 1000, reader: "pad-1", role: .pad))
        #expect(try await room.sweep(plain.sweep.id).summary.seen == 0)
        #expect(try await room.sweep(wide.sweep.id).summary.seen == 1)
    }

    @Test func `a tag that leaves the field is written down a second time`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope)
        await room.take(try Self.round(["b1"], at: 1000))
        let stays = try Self.uid("b1")
        await room.take(
            StationRound(
                reader: "wand-1",
                role: .wand,
                at: Moment(milliseconds: Self.start + 1400),
                arrived: [],
                left: [],
                heard: [stays],
                present: [stays]
            )
        )
        await room.take(try Self.round([], at: 3000, left: [stays]))
        #expect(
            try store.sightings(of: sweep.sweep.id).map(\.at.milliseconds) == [Self.start + 1000, Self.start + 1400]
        )
    }

    @Test func `logs from elsewhere may come in any order, twice, and after the end`() async throws {
        let cart = try (1...10).map { try Self.line("b\($0)", at: 2000 + Int64($0)) }
        let late = try (5...20).map { try Self.line("b\($0)", at: 9000 + Int64($0), reader: "wand-8") }
        var outcomes: [SweepOutcome] = []
        for logs in [[cart, late], [late, cart], [late, cart, late, cart]] {
            let store = try TestBranch.store(Self.items)
            let room = try Self.room(store)
            let sweep = try await room.start(Self.scope).sweep.id
            for (number, log) in logs.enumerated() {
                let report = try await room.upload(Self.lines([SightingLog.header] + log), named: "cart", to: sweep)
                #expect(report.read == log.count && report.rejectedCount == 0)
                #expect(report.new == (number < 2 ? log.count : 0))
                if number == 0 { _ = try await room.finish(sweep) }
            }
            outcomes.append(try await room.outcome(sweep))
        }
        #expect(outcomes[0].view.summary == outcomes[1].view.summary)
        #expect(outcomes[0].view.summary.seen == 20)
        #expect(outcomes[0].findings == outcomes[1].findings && outcomes[0].findings == outcomes[2].findings)
    }

    @Test func `yesterday's buffer and a clock of tomorrow count for nothing and are told`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        let log = [
            SightingLog.header, try Self.line("b1", at: -86_400_000), try Self.line("b2", at: 10_000),
            try Self.line("b3", at: 3 * 86_400_000), "nonsense",
        ]
        let report = try await room.upload(Self.lines(log), named: "wand-9", to: sweep)
        #expect(report.read == 3 && report.new == 1 && report.tooOld == 1 && report.tooNew == 1)
        #expect(report.rejected.map(\.line) == [5])
        #expect(try await room.sweep(sweep).summary.seen == 1)
    }

    @Test func `a wand's list of barcodes is enough to have seen them`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        let report = try await room.upload(Self.lines(["b1", "b2", "unknown"]), named: "scanner", to: sweep)
        #expect(report.new == 3)
        #expect(try await room.sweep(sweep).summary.seen == 2)
        #expect(try await room.findings(sweep).map(\.kind) == [.unknownItem])
        await #expect(throws: SweepRefusal.unknown(77)) {
            _ = try await room.upload(Self.lines(["b1"]), named: "scanner", to: 77)
        }
    }

    @Test func `a wand's list that comes twice is one walk and makes nothing missing`() async throws {
        let store = try TestBranch.store(Self.items)
        let time = ManualTime()
        let room = try Self.room(store, time)
        let sweep = try await room.start(Self.scope).sweep.id
        let list = (1...20).filter { $0 != 10 }.map { "b\($0)" }
        #expect(try await room.upload(Self.lines(list), named: "scanner", to: sweep).new == 19)
        time.advance(by: 3_600_000)
        #expect(try await room.upload(Self.lines(list + ["b1"]), named: "scanner", to: sweep).new == 0)
        var rules = await room.siteRules
        rules.certainty = 0.8
        #expect(try await room.replay(sweep, with: rules).view.summary.missing == 0)
        // Another walk has a name of its own.
        #expect(try await room.upload(Self.lines(list), named: "scanner, back", to: sweep).new == 19)
    }

    @Test func `an upload that breaks off leaves in the picture what came of it`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        let tags = try (1...20).map { try Self.uid("b\($0)") }
        let log = (0..<5000).map { number in
            "\(tags[number % 20]),b\(number % 20 + 1),wand-9,\(Self.start + 2000 + Int64(number)),1,,,"
        }
        let broken = AsyncThrowingStream<String, any Error> { stream in
            for line in [SightingLog.header] + log { stream.yield(line) }
            stream.finish(throwing: CancellationError())
        }
        await #expect(throws: CancellationError.self) { _ = try await room.upload(broken, named: "cart", to: sweep) }
        #expect(try store.sightingCount(of: sweep) == 5000)
        let done = try await room.finish(sweep)
        #expect(done.summary.seen == 20 && done.sightings == 5000)
    }

    @Test func `a loan while sweeping is taken in, and again after a restart`() async throws {
        let store = try TestBranch.store(Self.items)
        let time = ManualTime()
        let room = try Self.room(store, time)
        let sweep = try await room.start(Self.scope).sweep.id
        await room.take(try Self.round((1...20).filter { $0 != 10 }.map { "b\($0)" }, at: 1000))
        try await room.take([StatusChange(barcode: "b10", status: .onLoan, at: Moment(milliseconds: Self.start + 500))])
        let again = try Self.room(store, time)
        for room in [room, again] {
            let summary = try await room.outcome(sweep).view.summary
            #expect(summary.missing == 0 && summary.gone == 1 && summary.seen == 19)
        }
    }

    @Test func `a loan while the holdings are imported does not make its item missing`() async throws {
        // The import began long before the loan and ended after it.
        let store = try TestBranch.store(Self.items)
        let loan = StatusChange(barcode: "b10", status: .onLoan, at: Moment(milliseconds: Self.start - 300_000))
        try store.record([loan])
        let room = try Self.room(store)
        _ = try await room.start(Self.scope)
        await room.take(try Self.round((1...20).filter { $0 != 10 }.map { "b\($0)" }, at: 1000))
        let summary = try await room.finish().summary
        #expect(summary.missing == 0 && summary.gone == 1 && summary.seen == 19)
    }

    @Test func `a barcode of an item's own is never another item's former one, after a restart neither`() async throws {
        var renamed = TestBranch.item("b2", "QA 76 .A12 2000")
        renamed.otherBarcodes = ["b1"]
        let lent = TestBranch.item("b1", "QA 76 .A11 2000", status: .onLoan)
        let store = try TestBranch.store([lent, renamed])
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        await room.take(try Self.round(["b1"], at: 1000))
        try await room.take([StatusChange(barcode: "b1", status: .lost, at: Moment(milliseconds: Self.start + 500))])
        for room in [room, try Self.room(store)] {
            let summary = try await room.outcome(sweep).view.summary
            #expect(summary.seen == 0 && summary.others == 1 && summary.gone == 0)
        }
    }

    @Test func `a sweep may end while loans are being told`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let first = try await room.start(Self.scope).sweep.id
        let second = try await room.start(SweepScope(location: "REF")).sweep.id
        await room.take(try Self.round((1...20).map { "b\($0)" }, at: 1000))
        // Lent before they were heard: each is a finding in both sweeps, and each finding is told.
        let loans = (1...20).map {
            StatusChange(barcode: "b\($0)", status: .onLoan, at: Moment(milliseconds: Self.start + 500))
        }
        async let told: Void = room.take(loans)
        async let ended = room.finish(second)
        _ = try await (told, ended)
        #expect(await room.views.map(\.sweep.id) == [first])
        #expect(try await room.findings(first).count { $0.kind == .onLoan } == 20)
    }

    @Test func `finished sweeps are listed without reading their logs again until something changes`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        for scope in [Self.scope, SweepScope(location: "REF")] {
            _ = try await room.start(scope)
            await room.take(try Self.round(["b1", "b2"], at: 1000))
            _ = try await room.finish()
        }
        let listed = try await room.sweeps(project: nil, limit: 10)
        #expect(listed.map(\.sightings) == [2, 2])
        // Behind the room's back: a log that is read again shows it.
        let late = Sighting(uid: try Self.uid("b3"), reader: "wand-2", at: Moment(milliseconds: Self.start + 5000))
        for view in listed { try store.append([late], to: view.sweep.id) }
        #expect(try await room.sweeps(project: nil, limit: 10) == listed)
        try await room.take([StatusChange(barcode: "b9", status: .onLoan, at: late.at)])
        #expect(try await room.sweeps(project: nil, limit: 10).map(\.sightings) == [3, 3])
    }

    @Test func `a finished sweep is replayed with other rules and stays as it is`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        await room.take(try Self.round((1...20).filter { $0 != 10 }.map { "b\($0)" }, at: 1000))
        #expect(try await room.finish().summary.missing == 1)
        var rules = await room.siteRules
        rules.coverage.passes = 2
        #expect(try await room.replay(sweep, with: rules).view.summary.missing == 0)
        #expect(try await room.outcome(sweep).view.summary.missing == 1)
    }

    @Test func `what another system is told is kept item by item, but not on a dry run`() async throws {
        let store = try TestBranch.store(Self.items)
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        await room.take(try Self.round(["b1", "b2"], at: 1000))
        #expect(try await room.writeBack(sweep, route: .barcodes, dryRun: true).text == "b1\nb2\n")
        #expect(try store.writeBacks(of: sweep).isEmpty)
        _ = try await room.writeBack(sweep, route: .barcodes, dryRun: false)
        #expect(try store.writeBacks(of: sweep).map(\.barcode) == ["b1", "b2"])
    }

    @Test func `a list rings for a tag with a former barcode of its item`() async throws {
        var renamed = TestBranch.item("b5", "QA 76 .A15 2000")
        renamed.otherBarcodes = ["old5"]
        let store = try TestBranch.store([renamed])
        let events = EventHub()
        let search = SearchRoom(store: store, events: events, logger: TestBranch.logger)
        var heard = await events.events().makeAsyncIterator()
        _ = try store.saveList("holds", purpose: .holds, barcodes: ["b5"], at: Moment(milliseconds: 0))
        await search.take(try Self.round(["old5"], at: 1000))
        guard case .sought(let ring) = await heard.next() else {
            Issue.record("wanted a ring")
            return
        }
        #expect(ring.barcode == "b5" && ring.item?.barcode == "b5")
        #expect(try store.listsSeeking("b5").isEmpty)
    }

    @Test func `lists ring once for an item, and the guide tells how near it is`() async throws {
        let store = try TestBranch.store(Self.items)
        let events = EventHub()
        let search = SearchRoom(store: store, events: events, logger: TestBranch.logger)
        var heard = await events.events().makeAsyncIterator()
        _ = try store.saveList("holds", purpose: .holds, barcodes: ["b5"], at: Moment(milliseconds: 0))
        await search.take(try Self.round(["b4", "b5"], at: 1000))
        guard case .sought(let ring) = await heard.next() else {
            Issue.record("wanted a ring")
            return
        }
        #expect(ring.barcode == "b5" && ring.list.purpose == .holds && ring.item?.callNumber == "QA 76 .A15 2000")
        #expect(try store.listsSeeking("b5").isEmpty)
        let tag = try TestBranch.tag("b5", serial: UInt64(CRC16.air.value("b5".utf8)))
        let reading = LibraryTag(reading: tag.content)
        let record = TagRecord(uid: tag.uid, reading: reading, afi: nil, at: Moment(milliseconds: 1))
        try store.remember([record].compactMap(\.self))
        let place = try await search.find("b5")
        #expect(place.isTagKnown && place.before.first?.barcode == "b4" && place.behind.first?.barcode == "b6")
        await search.take(try Self.round(["b5"], at: 5000))
        guard case .guide(let guide) = await heard.next() else {
            Issue.record("wanted a guide")
            return
        }
        #expect(guide.barcode == "b5" && guide.strength == 1)
    }

    @Test func `the guide leads to an item whose tag is read on the way for the first time`() async throws {
        let store = try TestBranch.store(Self.items)
        let events = EventHub()
        let search = SearchRoom(store: store, events: events, logger: TestBranch.logger)
        #expect(try await search.find("b5").isTagKnown == false)
        var heard = await events.events().makeAsyncIterator()
        await search.take(try Self.round(["b4", "b5"], at: 1000))
        guard case .guide(let guide)? = await heard.next() else {
            Issue.record("wanted a guide")
            return
        }
        #expect(guide.barcode == "b5" && guide.strength == 1)
    }

    @Test func `an item that has left the wand's field is not near any more, though nobody else is heard`()
        async throws
    {
        let store = try TestBranch.store(Self.items)
        let events = EventHub()
        let search = SearchRoom(store: store, events: events, logger: TestBranch.logger)
        let uid = try Self.uid("b5")
        try store.remember([
            TagRecord(uid: uid, barcode: "b5", model: "iso28560-3", readAt: Moment(milliseconds: 1))
        ])
        _ = try await search.find("b5")
        var told = await events.events().makeAsyncIterator()
        await search.take(try Self.round(["b5"], at: 5000))
        await search.take(try Self.round([], at: 6500, left: [uid]))
        var strengths: [Double] = []
        for _ in 0..<2 {
            guard case .guide(let guide)? = await told.next() else { break }
            strengths.append(guide.strength)
        }
        #expect(strengths == [1, 0])
    }

    @Test func `whoever looks for another item while a wand looks is led to that one`() async throws {
        let store = try TestBranch.store(Self.items)
        let events = EventHub()
        let search = SearchRoom(store: store, events: events, logger: TestBranch.logger)
        let readAt = Moment(milliseconds: 1)
        let known = try ["b5", "b6"].map { barcode in
            TagRecord(uid: try Self.uid(barcode), barcode: barcode, model: "iso28560-3", readAt: readAt)
        }
        try store.remember(known)
        var told = await events.events().makeAsyncIterator()
        for turn in 0..<50 {
            let start = Int64(turn) * 10_000
            _ = try await search.find("b5")
            let (far, near) = (try Self.round(["b4"], at: start), try Self.round(["b5", "b6"], at: start + 1000))
            async let look: Void = search.take(far)
            async let found = search.find("b6")
            _ = try await (look, found)
            await search.take(near)
            var led: String?
            while led == nil, case .guide(let guide)? = await told.next() {
                if guide.strength > 0 { led = guide.barcode }
            }
            #expect(led == "b6")
        }
    }
}
