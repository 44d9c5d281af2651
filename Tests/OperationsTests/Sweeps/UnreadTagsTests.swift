import Field
import Library
import Operations
import Store
import Tags
import Testing

/// Tags that a reader heard and had no time to read, or could not read, as a sweep counts them.
@Suite struct UnreadTagsTests {
    private static let scope = SweepScope(branch: "MAIN", location: "REF")

    /// What a look at a tag came to.
    private enum Look { case heard, read, failed }

    private static func store() throws -> Store {
        try TestBranch.store((1...5).map { TestBranch.item("b\($0)", "QA 76 .A\($0 + 10) 2000") })
    }

    private static func room(_ store: Store, _ time: ManualTime) throws -> SweepRoom {
        try SweepRoom(
            store: store,
            time: time.keeper,
            rules: SweepRules(security: TestBranch.policy),
            events: EventHub(),
            logger: TestBranch.logger
        )
    }

    private static func tag(_ number: Int) throws -> VirtualTag {
        try TestBranch.tag("b\(number)", serial: UInt64(number))
    }

    /// What is remembered of a tag that was read long ago.
    private static func record(_ number: Int, barcode: String?, model: String) throws -> TagRecord {
        TagRecord(uid: try Self.tag(number).uid, barcode: barcode, model: model, readAt: Moment(milliseconds: 1))
    }

    private static func round(
        _ look: Look,
        _ numbers: ClosedRange<Int>,
        second: Int64,
        by reader: String = "wand-1"
    ) throws -> StationRound {
        let at = Moment(milliseconds: 1_700_000_000_000 + second * 1000)
        let heard = try numbers.map { number in
            let tag = try Self.tag(number)
            let content: HeardTag.Content =
                switch look {
                case .heard: .unread
                case .read: .read(tag.content, LibraryTag(reading: tag.content))
                case .failed: .unreadable(cause: "no answer")
                }
            return HeardTag(uid: tag.uid, at: at, antenna: nil, signal: nil, content: content)
        }
        let uids = heard.map(\.uid)
        return StationRound(
            reader: reader,
            role: .wand,
            at: at,
            arrived: heard,
            left: [],
            heard: uids,
            present: uids
        )
    }

    @Test func `a known tag that cannot be read is known by its number, before a restart as after it`() async throws {
        let (store, time) = (try Self.store(), ManualTime())
        try store.remember([
            Self.record(1, barcode: "b1", model: "iso28560-3"), Self.record(2, barcode: nil, model: "blank"),
        ])
        let room = try Self.room(store, time)
        let sweep = try await room.start(Self.scope).sweep.id
        await room.take(try Self.round(.failed, 1...3, second: 1))
        for room in [room, try Self.room(store, time)] {
            let summary = try await room.sweep(sweep).summary
            #expect(summary.tags == 3 && summary.unreadTags == 1 && summary.seen == 1)
        }
    }

    @Test func `a tag counts until a wand of the sweep reads it, after a restart and in the end too`() async throws {
        let (store, time) = (try Self.store(), ManualTime())
        let first = try Self.room(store, time)
        let sweep = try await first.start(Self.scope).sweep.id
        for second: Int64 in 1...2 { await first.take(try Self.round(.heard, 1...5, second: second)) }
        #expect(try await first.sweep(sweep).summary.unreadTags == 5)
        await first.take(try Self.round(.read, 2...3, second: 3, by: "wand-2"))
        #expect(try await first.sweep(sweep).summary.unreadTags == 3)
        #expect(try first.glance(sweep)?.summary.unreadTags == 3)
        let again = try Self.room(store, time)
        #expect(try await again.sweep(sweep).summary.unreadTags == 3)
        await again.take(try Self.round(.read, 1...1, second: 4))
        #expect(try await again.sweep(sweep).summary.unreadTags == 2)
        #expect(try await again.finish().summary.unreadTags == 2)
        #expect(try await Self.room(store, time).outcome(sweep).view.summary.unreadTags == 2)
    }

    @Test func `a tag that was read before the sweep does not count, with an item on it or without`() async throws {
        let store = try Self.store()
        try store.remember([
            Self.record(1, barcode: "b1", model: "iso28560-3"), Self.record(2, barcode: nil, model: "blank"),
        ])
        let room = try Self.room(store, ManualTime())
        let sweep = try await room.start(Self.scope).sweep.id
        await room.take(try Self.round(.heard, 1...3, second: 1))
        let summary = try await room.sweep(sweep).summary
        #expect(summary.tags == 3 && summary.unreadTags == 1 && summary.seen == 1)
    }
}
