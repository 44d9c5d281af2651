import Library
import Store
import Tags
import Testing

struct StoreGateTests {
    private static func alarm(_ second: Int64, _ reasons: [GateReason]) -> GateAlarm {
        GateAlarm(
            gate: "main door",
            at: .second(second),
            items: reasons.enumerated().map { index, reason in
                GateAlarmItem(
                    uid: .number(UInt64(index)),
                    barcode: index == 0 ? "39070001" : nil,
                    afi: index == 0 ? 0x07 : nil,
                    reason: reason,
                    evidence: "afi 07, holdings of today"
                )
            }
        )
    }

    @Test func `an alarm comes back with its stack in order`() throws {
        let store = try Store.inMemory()
        let alarm = Self.alarm(1, GateReason.allCases)
        let id = try store.record(alarm)
        #expect(try store.latestAlarms() == [GateAlarmRecord(id: id, alarm: alarm)])
    }

    @Test func `items that are heard a moment later join the alarm behind the others`() throws {
        let store = try Store.inMemory()
        let id = try store.record(Self.alarm(1, [.notOnLoan]))
        let late = Self.alarm(1, [.withdrawn, .soughtAfter]).items
        try store.join(late, to: id)
        #expect(try store.latestAlarms().first?.alarm.items.map(\.reason) == [.notOnLoan, .withdrawn, .soughtAfter])
        #expect(throws: StoreError.self) { try store.join(late, to: 99) }
    }

    @Test func `followers get what came behind the number they know`() throws {
        let store = try Store.inMemory()
        let ids = try (1...5).map { try store.record(Self.alarm($0, [.notOnLoan])) }
        #expect(try store.alarms(after: 0, limit: 2).map(\.id) == Array(ids[0..<2]))
        #expect(try store.alarms(after: ids[2]).map(\.id) == Array(ids[3...]))
        #expect(try store.latestAlarms(limit: 2).map(\.id) == [ids[4], ids[3]])
        #expect(try store.latestAlarm()?.id == ids[4])
        let last = try #require(try store.latestAlarm()).alarm.at
        #expect(try store.alarmCount(since: last) == 1)
        #expect(try store.alarmCount(since: Moment(milliseconds: 0)) == 5)
        #expect(try store.alarmCount(since: last + .milliseconds(1)) == 0)
    }

    @Test func `passages come back and old events are forgotten with their items`() throws {
        let store = try Store.inMemory()
        let passages = [1, 2, 3].map { second in
            GatePassage(
                gate: "main door",
                at: .second(second),
                uid: .number(1),
                barcode: "39070001",
                afi: 0xC2,
                response: .silent,
                reason: .onLoan
            )
        }
        try store.record(passages)
        for second in 1...3 { _ = try store.record(Self.alarm(Int64(second), [.notOnLoan, .withdrawn])) }
        #expect(try store.latestPassages() == passages.reversed())
        let forgotten = try store.forgetGateEvents(before: .second(3), at: .second(9))
        #expect(forgotten == GateForgetting(at: .second(9), before: .second(3), alarms: 2, passages: 2, reads: 0))
        #expect(try store.latestPassages() == [passages[2]])
        #expect(try store.latestAlarms().map(\.alarm) == [Self.alarm(3, [.notOnLoan, .withdrawn])])
    }
}
