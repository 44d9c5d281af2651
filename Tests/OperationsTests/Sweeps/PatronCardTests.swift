import Field
import Library
import Operations
import Store
import Tags
import Testing

/// Patron cards that a wand hears before it has the time to read them.
@Suite struct PatronCardTests {
    private static let scope = SweepScope(branch: "MAIN", location: "REF")
    private static let uid = TagUID(0xE004_0150_0000_4711)

    private static func store() throws -> Store {
        try TestBranch.store((1...3).map { TestBranch.item("b\($0)", "QA 76 .A\($0 + 10) 2000") })
    }

    private static func room(_ store: Store, events: EventHub = EventHub()) throws -> SweepRoom {
        try SweepRoom(
            store: store,
            time: ManualTime().keeper,
            rules: SweepRules(security: TestBranch.policy),
            events: events,
            logger: TestBranch.logger
        )
    }

    private static func content(_ usage: UInt8) throws -> HeardTag.Content {
        let content = TagContent(
            primaryItemIdentifier: "P4711",
            ownerInstitution: TestBranch.owner,
            typeOfUsage: TypeOfUsage(rawValue: usage)
        )
        let bytes = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        let memory = TagMemory(bytes: bytes, dsfid: Part3Model.dsfid)
        return .read(memory, LibraryTag(reading: memory))
    }

    /// A look that hears the card come, or read only now, and one that does not hear it any more.
    private static func round(
        _ content: HeardTag.Content?,
        second: Int64,
        by reader: String = "wand-1",
        _ role: StationRole = .wand
    ) -> StationRound {
        let at = Moment(milliseconds: 1_700_000_000_000 + second * 1000)
        let heard = content.map { HeardTag(uid: Self.uid, at: at, antenna: nil, signal: nil, content: $0) }
        let uids = heard == nil ? [] : [Self.uid]
        return StationRound(
            reader: reader,
            role: role,
            at: at,
            arrived: heard.map { [$0] } ?? [],
            left: heard == nil ? [Self.uid] : [],
            heard: uids,
            present: uids
        )
    }

    private static func book(second: Int64) throws -> StationRound {
        let tag = try TestBranch.tag("b1", serial: 1)
        let at = Moment(milliseconds: 1_700_000_000_000 + second * 1000)
        let content = HeardTag.Content.read(tag.content, LibraryTag(reading: tag.content))
        let heard = HeardTag(uid: tag.uid, at: at, antenna: nil, signal: nil, content: content)
        return StationRound(
            reader: "wand-1",
            role: .wand,
            at: at,
            arrived: [heard],
            left: [],
            heard: [tag.uid],
            present: [tag.uid]
        )
    }

    /// Whether anything of the card is left in the sweep: in its numbers, its report or its log.
    private static func expectNoCard(in room: SweepRoom, _ store: Store, _ sweep: Sweep.ID, books: Int) async throws {
        let view = try await room.sweep(sweep)
        #expect(view.summary.tags == books && view.summary.unreadTags == 0 && view.sightings == books)
        #expect(view.summary.findings[.unreadableTag] == nil)
        let log = try store.sightings(of: sweep)
        #expect(log.count == books && !log.contains { $0.uid == Self.uid })
        let report = try await room.outcome(sweep)
        #expect(!report.findings.contains { $0.id.subject == .tag(Self.uid) })
        #expect(try store.tag(uid: Self.uid) == nil)
    }

    @Test func `a card that is read after it was heard is forgotten by every open sweep`() async throws {
        let (store, events) = (try Self.store(), EventHub())
        let room = try Self.room(store, events: events)
        let first = try await room.start(Self.scope).sweep.id
        let second = try await room.start(Self.scope, plan: SweepPlan(readers: ["wand-2"])).sweep.id
        await room.take(try Self.book(second: 1))
        for reader in ["wand-1", "wand-2"] { await room.take(Self.round(.unread, second: 2, by: reader)) }
        for sweep in [first, second] { #expect(try await room.sweep(sweep).summary.unreadTags == 1) }
        var told = await events.events { if case .sweep = $0 { true } else { false } }.makeAsyncIterator()
        // Read at a pad that no sweep listens to.
        await room.take(Self.round(try Self.content(0x80), second: 3, by: "pad-1", .pad))
        // Told of in any case: nobody waits for news that do not come.
        await room.take(try Self.book(second: 4))
        guard case .sweep(let view) = await told.next() else {
            Issue.record("found no news of a sweep")
            return
        }
        #expect(view.summary.unreadTags == 0 && view.summary.tags == 1)
        #expect(try room.glance(second)?.summary.tags == 0)
        let log = try store.sightings(of: first)
        #expect(log.map(\.reader) == ["wand-1", "wand-1"] && !log.contains { $0.uid == Self.uid })
        try await Self.expectNoCard(in: room, store, second, books: 0)
        let again = try Self.room(store)
        #expect(try await again.sweep(first).summary.unreadTags == 0)
        try await Self.expectNoCard(in: again, store, second, books: 0)
    }

    @Test func `a card that was read is left out when it is heard again, until it is an item's tag`() async throws {
        let store = try Self.store()
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        await room.take(try Self.book(second: 1))
        await room.take(Self.round(.unread, second: 2))
        await room.take(Self.round(try Self.content(0x80), second: 3))
        await room.take(Self.round(nil, second: 5))
        await room.take(Self.round(.unread, second: 6))
        await room.take(Self.round(.unreadable(cause: "no answer"), second: 7))
        await room.take(Self.round(nil, second: 9))
        try await Self.expectNoCard(in: room, store, sweep, books: 1)
        _ = try await room.finish()
        try await Self.expectNoCard(in: room, store, sweep, books: 1)

        let next = try await room.start(Self.scope).sweep.id
        await room.take(Self.round(try Self.content(0x80), second: 10))
        await room.take(Self.round(try Self.content(0x10), second: 11))
        await room.take(Self.round(nil, second: 13))
        await room.take(Self.round(.unread, second: 14))
        #expect(try store.sightings(of: next).map(\.barcode) == ["P4711", "P4711"])
    }

    @Test(arguments: [false, true])
    func `a card that is read only after the end is forgotten by finished sweeps`(_ isNewStart: Bool) async throws {
        let store = try Self.store()
        var room = try Self.room(store)
        var sweeps: [Sweep.ID] = []
        for second in [1, 11] as [Int64] {
            let sweep = try await room.start(Self.scope).sweep.id
            await room.take(try Self.book(second: second))
            await room.take(Self.round(.unread, second: second + 1))
            let ended = try await room.finish()
            #expect(ended.summary.unreadTags == 1 && ended.sightings == 2)
            sweeps.append(sweep)
        }
        if isNewStart { room = try Self.room(store) }
        await room.take(Self.round(try Self.content(0x80), second: 20, by: "pad-1", .pad))
        for sweep in sweeps {
            try await Self.expectNoCard(in: room, store, sweep, books: 1)
            try await Self.expectNoCard(in: try Self.room(store), store, sweep, books: 1)
        }
        #expect(try store.sweeps(withTag: Self.uid, limit: 8).isEmpty)
    }

    @Test func `an uploaded log brings no card back that was read, and else until it is read again`() async throws {
        let store = try Self.store()
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        await room.take(try Self.book(second: 1))
        await room.take(Self.round(try Self.content(0x80), second: 2, by: "pad-1", .pad))
        func upload() async throws -> Int {
            let line = "\(Self.uid),,cart,1700000003000,1,,,"
            let lines = AsyncThrowingStream<String, any Error> { stream in
                for text in [SightingLog.header, line] { stream.yield(text) }
                stream.finish()
            }
            return try await room.upload(lines, named: "cart", to: sweep).new
        }
        let whileItGoesOn = try await upload()
        #expect(whileItGoesOn == 0)
        try await Self.expectNoCard(in: room, store, sweep, books: 1)
        _ = try await room.finish()
        // Nobody keeps cards in mind any more once a round has come.
        await room.take(Self.round(nil, second: 4))
        let afterwards = try await upload()
        #expect(afterwards == 1)
        await room.take(Self.round(try Self.content(0x80), second: 5, by: "pad-1", .pad))
        try await Self.expectNoCard(in: room, store, sweep, books: 1)
    }

    @Test func `a card that was misread goes with its finding, and does not come back when it leaves`() async throws {
        let store = try Self.store()
        let room = try Self.room(store)
        let sweep = try await room.start(Self.scope).sweep.id
        let torn = TagMemory(bytes: [UInt8](repeating: 0, count: 112))
        await room.take(Self.round(.read(torn, LibraryTag(reading: torn)), second: 1))
        #expect(try await room.sweep(sweep).summary.findings[.unreadableTag] == 1)
        #expect(try store.tag(uid: Self.uid) != nil)
        await room.take(Self.round(try Self.content(0x80), second: 2))
        await room.take(Self.round(nil, second: 4))
        try await Self.expectNoCard(in: room, store, sweep, books: 0)
        try await Self.expectNoCard(in: try Self.room(store), store, sweep, books: 0)
    }
}
