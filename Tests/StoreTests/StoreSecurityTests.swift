import Library
import Store
import Tags
import Testing

struct StoreSecurityTests {
    private static let intent = SecurityIntent(
        barcode: "39070001",
        changes: [
            SecurityChange(uid: .number(1), before: 0x07, wanted: 0xC2),
            SecurityChange(uid: .number(2), before: 0xC2, wanted: 0xC2),
        ],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: .second(1)
    )

    @Test func `an intent is open until a result settles it`() throws {
        let store = try Store.inMemory()
        let id = try store.record(Self.intent)
        #expect(
            try store.openIntents() == [SecurityRecord(id: id, intent: Self.intent, lastResult: nil, settledAt: nil)]
        )
        let lost = SecurityResult(outcome: .uncertain, reason: "tag left", readBack: [.number(2): 0xC2])
        try store.record(lost, of: id, at: .second(2))
        #expect(try store.openIntents().first?.lastResult == lost)
        let done = SecurityResult(outcome: .done, reason: "read back", readBack: [.number(1): 0xC2, .number(2): 0xC2])
        try store.record(done, of: id, at: .second(3))
        #expect(try store.openIntents() == [])
        #expect(
            try store.journal() == [
                SecurityRecord(id: id, intent: Self.intent, lastResult: done, settledAt: .second(3))
            ]
        )
    }

    @Test func `the journal goes on behind a number`() throws {
        let store = try Store.inMemory()
        let ids = try (0..<5).map { _ in try store.record(Self.intent) }
        #expect(try store.journal(after: ids[1], limit: 2).map(\.id) == [ids[2], ids[3]])
        #expect(try store.journal(limit: -1).isEmpty)
    }

    @Test func `a later change of the same tags ends the ones that were left open`() throws {
        let store = try Store.inMemory()
        let left = try store.record(Self.intent)
        try store.record(SecurityResult(outcome: .uncertain, reason: "tag left"), of: left, at: .second(2))
        var other = Self.intent
        other.changes = [SecurityChange(uid: .number(9), before: 0x07, wanted: 0xC2)]
        let apart = try store.record(other)
        var back = Self.intent
        back.changes = [SecurityChange(uid: .number(1), before: 0xC2, wanted: 0x07)]
        back.wanted = .armed
        back.at = .second(60)
        let later = try store.record(back)
        #expect(try store.openIntents().map(\.id) == [apart, later])
        let ended = try #require(try store.journal().first)
        #expect(ended.lastResult?.outcome == .superseded && ended.settledAt == .second(60))
        #expect(ended.lastResult?.reason == "change \(later) of the same tags took over")
    }

    @Test func `an intent that names one tag twice is refused whole`() throws {
        let store = try Store.inMemory()
        var twice = Self.intent
        twice.changes.append(twice.changes[0])
        #expect(throws: StoreError.self) { try store.record(twice) }
        #expect(try store.journal().isEmpty)
    }

    @Test(arguments: SecurityOutcome.allCases)
    func `every outcome comes back and only settled ones close`(_ outcome: SecurityOutcome) throws {
        let store = try Store.inMemory()
        let id = try store.record(Self.intent)
        try store.record(SecurityResult(outcome: outcome, reason: "test"), of: id, at: .second(2))
        let record = try #require(try store.journal().first)
        #expect(record.lastResult?.outcome == outcome)
        #expect((record.settledAt != nil) == outcome.isSettled)
    }
}
