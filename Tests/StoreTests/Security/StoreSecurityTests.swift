import Library
import Store
import Tags
import Testing

struct StoreSecurityTests {
    private static let intent = SecurityIntent(
        barcode: "39070001",
        changes: [
            SecurityChange(uid: .number(1), before: .afi(0x07), wanted: .afi(0xC2)),
            SecurityChange(uid: .number(2), before: .afi(0xC2), wanted: .afi(0xC2)),
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
        let lost = SecurityResult(outcome: .uncertain, reason: "tag left", readBack: [.number(2): .afi(0xC2)])
        try store.record(lost, of: id, at: .second(2))
        #expect(try store.openIntents().first?.lastResult == lost)
        let done = SecurityResult(
            outcome: .done,
            reason: "read back",
            readBack: [.number(1): .afi(0xC2), .number(2): .afi(0xC2)]
        )
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
        other.changes = [SecurityChange(uid: .number(9), before: .afi(0x07), wanted: .afi(0xC2))]
        let apart = try store.record(other)
        var back = Self.intent
        back.changes = [SecurityChange(uid: .number(1), before: .afi(0xC2), wanted: .afi(0x07))]
        back.wanted = .armed
        back.at = .second(60)
        let later = try store.record(back, isAgreed: false)
        #expect(try store.openIntents().map(\.id) == [left, apart, later], "it may yet be declined")
        #expect(try store.openIntentCount() == 3)
        try store.confirm(later)
        let done = SecurityResult(outcome: .done, reason: "read back", readBack: [.number(1): .afi(0x07)])
        try store.record(done, of: later, at: .second(61))
        #expect(try store.openIntents().map(\.id) == [apart])
        let ended = try #require(try store.journal().first)
        #expect(ended.lastResult?.outcome == .superseded && ended.settledAt == .second(61))
        #expect(ended.lastResult?.reason == "change \(later) of the same tags took over")
    }

    @Test func `a return that leaves the tags as they are ends the release before it, a loan does not`() throws {
        let store = try Store.inMemory()
        let left = try store.record(Self.intent)
        try store.record(SecurityResult(outcome: .uncertain, reason: "tag left"), of: left, at: .second(2))
        let kept = SecurityResult(outcome: .kept, reason: "wants the tags as they are")
        let again = try store.record(Self.intent, isAgreed: false)
        try store.record(kept, of: again, at: .second(3))
        #expect(try store.openIntents().map(\.id) == [left])
        var back = Self.intent
        back.wanted = .armed
        back.cause = .checkin
        let returned = try store.record(back, isAgreed: false)
        try store.record(kept, of: returned, at: .second(4))
        #expect(try store.openIntents().isEmpty)
        #expect(try store.journal().first?.lastResult?.outcome == .superseded)
    }

    @Test func `an intent that names one tag twice is refused whole`() throws {
        let store = try Store.inMemory()
        var twice = Self.intent
        twice.changes.append(twice.changes[0])
        #expect(throws: StoreError.self) { try store.record(twice) }
        #expect(try store.journal().isEmpty)
    }

    @Test(arguments: SecurityOutcome.allCases, SecurityCause.allCases)
    func `every outcome comes back and only settled ones close`(
        _ outcome: SecurityOutcome,
        _ cause: SecurityCause
    ) throws {
        let store = try Store.inMemory()
        var intent = Self.intent
        intent.cause = cause
        let id = try store.record(intent)
        try store.record(SecurityResult(outcome: outcome, reason: "test"), of: id, at: .second(2))
        let record = try #require(try store.journal().first)
        #expect(record.lastResult?.outcome == outcome)
        #expect((record.settledAt != nil) == outcome.settles(cause))
    }

    @Test func `a question that is out is open as one without an answer`() throws {
        let store = try Store.inMemory()
        let id = try store.record(Self.intent, isAgreed: false)
        #expect(try store.openIntents().map(\.isAgreed) == [false])
        try store.confirm(id)
        #expect(try store.openIntents().map(\.isAgreed) == [true])
        #expect(try store.openIntents(of: [.number(2)]).map(\.id) == [id])
        #expect(try store.openIntents(of: [.number(3)]).isEmpty)
    }

    @Test func `EAS stands in the journal beside the AFI or alone`() throws {
        let store = try Store.inMemory()
        var intent = Self.intent
        intent.changes = [
            SecurityChange(uid: .number(1), before: SecurityMark(eas: true), wanted: SecurityMark(eas: false)),
            SecurityChange(
                uid: .number(2),
                before: SecurityMark(afi: 0x07, eas: true),
                wanted: SecurityMark(afi: 0xC2, eas: false)
            ),
        ]
        let id = try store.record(intent)
        let result = SecurityResult(
            outcome: .mixed,
            reason: "test",
            readBack: [.number(1): SecurityMark(eas: false), .number(2): SecurityMark(afi: 0x07, eas: true)]
        )
        try store.record(result, of: id, at: .second(2))
        #expect(
            try store.journal() == [SecurityRecord(id: id, intent: intent, lastResult: result, settledAt: nil)]
        )
    }

    @Test func `what was declined and what was repaired do not hide the word before them`() throws {
        let store = try Store.inMemory()
        #expect(try store.lastWord(of: "39070001") == nil)
        let loan = try store.record(Self.intent)
        let refused = try store.record(Self.intent, isAgreed: false)
        #expect(try store.lastWord(of: "39070001")?.id == refused, "it may yet be agreed")
        try store.record(SecurityResult(outcome: .declined, reason: "test"), of: refused, at: .second(2))
        var repair = Self.intent
        repair.cause = .repair
        let repaired = try store.record(repair)
        #expect(try store.lastWord(of: "39070001")?.id == loan)
        #expect(try store.lastChange(of: "39070001")?.id == repaired)
    }

    @Test func `what was declined and what was changed by hand do not hide the loan before them`() throws {
        let store = try Store.inMemory()
        #expect(try store.lastLoan(of: "39070001") == nil)
        var intent = Self.intent
        intent.cause = .checkout
        let loan = try store.record(intent)
        intent.cause = .checkin
        let back = try store.record(intent, isAgreed: false)
        #expect(try store.lastLoan(of: "39070001")?.id == back, "it may yet be agreed")
        try store.record(SecurityResult(outcome: .declined, reason: "test"), of: back, at: .second(2))
        for cause in [SecurityCause.staff, .repair] {
            intent.cause = cause
            _ = try store.record(intent)
        }
        #expect(try store.lastLoan(of: "39070001")?.id == loan)
        #expect(try store.lastLoan(of: "39070002") == nil)
    }

    @Test func `what devices were told of loans is what was agreed, done and younger than asked for`() throws {
        let store = try Store.inMemory()
        func told(_ cause: SecurityCause, _ outcome: SecurityOutcome?, at second: Int64, isAgreed: Bool = true) throws
            -> Int64
        {
            var intent = Self.intent
            intent.cause = cause
            intent.at = .second(second)
            let id = try store.record(intent, isAgreed: isAgreed)
            if let outcome { try store.record(SecurityResult(outcome: outcome, reason: "test"), of: id, at: intent.at) }
            return id
        }
        _ = try told(.checkout, .done, at: 1)
        let lent = try told(.checkout, .done, at: 2)
        _ = try told(.checkin, .declined, at: 3)
        // The tags may say what they will, and follow something newer: the library system has taken it back.
        let torn = try [.uncertain, .mixed, .unchanged].map { try told(.checkin, $0, at: 4) }
        _ = try told(.checkin, .uncertain, at: 4, isAgreed: false)
        _ = try told(.checkout, .uncertain, at: 4)
        _ = try told(.repair, .done, at: 5)
        _ = try told(.checkin, .done, at: 6, isAgreed: false)
        _ = try told(.checkin, nil, at: 7, isAgreed: false)
        let begun = try told(.checkin, nil, at: 7)
        // Nobody confirms what changes no tag.
        let back = try told(.checkin, .kept, at: 8, isAgreed: false)
        var words = [DeviceLoan(id: lent, barcode: "39070001", status: .onLoan, at: .second(2))]
        words += torn.map { DeviceLoan(id: $0, barcode: "39070001", status: .available, at: .second(4)) }
        words += [
            DeviceLoan(id: begun, barcode: "39070001", status: .available, at: .second(7)),
            DeviceLoan(id: back, barcode: "39070001", status: .available, at: .second(8)),
        ]
        #expect(try store.deviceLoans(since: .second(2)) == words)
        #expect(try store.deviceLoans(since: .second(2), limit: 1) == [words[0]])
        #expect(try store.deviceLoans(since: .second(2), after: lent) == Array(words.dropFirst()))
    }

    @Test func `a loan that a clock ahead has dated is as old as what stands behind it in the journal`() throws {
        let store = try Store.inMemory()
        func lend(at second: Int64) throws -> Int64 {
            var intent = Self.intent
            intent.at = .second(second)
            let id = try store.record(intent)
            try store.record(SecurityResult(outcome: .done, reason: "test"), of: id, at: intent.at)
            return id
        }
        func told(since second: Int64, by now: Int64) throws -> [Int64] {
            try store.deviceLoans(since: .second(second), by: .second(now)).map(\.id)
        }
        let (before, ahead, between) = (try lend(at: 10), try lend(at: 1000), try lend(at: 20))
        #expect(try told(since: 5, by: 30) == [before, ahead, between])
        #expect(try told(since: 15, by: 30) == [ahead, between])
        #expect(try told(since: 25, by: 30) == [])
        // Nothing behind it says how old it is, and by a clock that is no longer behind it is no loan to come.
        let last = try lend(at: 2000)
        #expect(try told(since: 25, by: 30) == [last])
        #expect(try told(since: 25, by: 3000) == [ahead, last])
    }

    @Test func `the newest entry about an item is its last change`() throws {
        let store = try Store.inMemory()
        #expect(try store.lastChange(of: "39070001") == nil)
        _ = try store.record(Self.intent)
        let second = try store.record(Self.intent)
        #expect(try store.lastChange(of: "39070001")?.id == second)
        #expect(try store.latestChanges(limit: 1).map(\.id) == [second])
        #expect(try store.latestChanges(of: "39070001").map(\.id) == [second, second - 1])
        #expect(try store.latestChanges(of: "39070002").isEmpty)
    }
}
