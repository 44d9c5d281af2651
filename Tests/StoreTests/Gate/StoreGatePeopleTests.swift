import Library
import Testing

@testable import Store

struct StoreGatePeopleTests {
    @Test func `a lane's count goes on where its board and its sum stood`() throws {
        let store = try Store.inMemory()
        #expect(try store.counters().isEmpty)
        var tally = PeopleTally()
        _ = tally.take(incoming: 500, outgoing: 480, at: .seconds(0))
        try store.count(gate: "a", lane: 1, incoming: 0, outgoing: 0, tally: tally, at: .second(10))
        _ = tally.take(incoming: 507, outgoing: 481, at: .seconds(60))
        try store.count(gate: "a", lane: 1, incoming: 7, outgoing: 1, tally: tally, at: .second(70))
        let counters = try store.counters()
        let counter = try #require(counters.first)
        #expect(counters.count == 1 && counter.gate == "a" && counter.lane == 1 && counter.at == .second(70))
        #expect(counter.board == (507, 481) && counter.incoming == 7 && counter.outgoing == 1)
        #expect(try store.people(since: .second(-4000))["a"]?.incoming == 7)
    }

    @Test func `a look at the board that brought nobody makes no hour`() throws {
        let store = try Store.inMemory()
        try store.count(gate: "a", lane: 1, incoming: 0, outgoing: 0, at: .second(10))
        #expect(try store.people(since: .second(-4000)).isEmpty)
    }

    @Test func `a duty is remembered until it is done again`() throws {
        let store = try Store.inMemory()
        #expect(try store.duty("closing") == nil)
        try store.record(duty: "closing", at: .second(10))
        try store.record(duty: "closing", at: .second(20))
        #expect(try store.duty("closing") == .second(20))
    }

    @Test(arguments: [true, false, nil] as [Bool?])
    func `the bit of a read comes back`(_ eas: Bool?) throws {
        let store = try Store.inMemory()
        let read = GateRead(
            gate: "a",
            at: .second(1),
            tag: .number(7),
            afi: 0x07,
            eas: eas,
            antenna: 2,
            facts: GateFacts(tag: .item),
            response: .log,
            reason: .notCleared
        )
        try store.record([read])
        #expect(try store.reads(since: .second(0)) == [read])
    }
}
