import Library
import Testing

/// Both clocks of a machine, in seconds; at the start both stand at 0.
private func instant(up: Int, wall: Int) -> GateInstant {
    GateInstant(moment: Moment(milliseconds: Int64(wall) * 1000), uptime: .seconds(up))
}

private func place(change: Int64 = 0, snapshot: Int64 = 0) -> WordAges.Place {
    WordAges.Place(change: change, snapshot: snapshot)
}

/// A loan with this number in the journal, dated so many seconds behind the start.
private func loan(_ id: Int64, at second: Int) -> SecurityRecord {
    let intent = SecurityIntent(
        barcode: "39070001",
        changes: [],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: Moment(milliseconds: Int64(second) * 1000)
    )
    return SecurityRecord(id: id, intent: intent, lastResult: nil, settledAt: nil)
}

private func holdings(_ number: Int64, at second: Int) -> SnapshotInfo {
    SnapshotInfo(
        number: number,
        profile: "test",
        source: "test",
        importedAt: Moment(milliseconds: Int64(second) * 1000),
        itemCount: 1,
        rejectedCount: 0,
        state: .current
    )
}

@Suite struct WordAgesTests {
    @Test func `a clock that is set back makes nothing younger, and dates what is said from then on`() {
        var ages = WordAges(at: instant(up: 0, wall: 0), said: place())
        ages.look(at: instant(up: 1199, wall: 1199)) { place(change: 1, snapshot: 1) }
        let now = instant(up: 1200, wall: 600)
        ages.look(at: now) { place(change: 1, snapshot: 1) }
        #expect(ages.age(of: loan(1, at: 100), at: now) == .seconds(1100))
        #expect(ages.age(of: holdings(1, at: 300), at: now) == .seconds(900))
        #expect(ages.age(of: loan(2, at: 500), at: now) == .seconds(100))
        #expect(ages.age(of: holdings(2, at: 590), at: now) == .seconds(10))
        // It stays so, also once the clock shows the same time again.
        let later = instant(up: 1900, wall: 1300)
        ages.look(at: later) { place(change: 2, snapshot: 2) }
        #expect(ages.age(of: loan(1, at: 100), at: later) == .seconds(1800))
        #expect(ages.age(of: loan(2, at: 500), at: later) == .seconds(800))
    }

    @Test func `a clock that is set back twice makes the oldest the oldest`() {
        var ages = WordAges(at: instant(up: 0, wall: 0), said: place())
        ages.look(at: instant(up: 1000, wall: 400)) { place(change: 1) }
        ages.look(at: instant(up: 2000, wall: 800)) { place(change: 2) }
        let now = instant(up: 2000, wall: 800)
        #expect(ages.age(of: loan(1, at: 100), at: now) == .seconds(1900))
        #expect(ages.age(of: loan(2, at: 500), at: now) == .seconds(900))
        #expect(ages.age(of: loan(3, at: 800), at: now) == .zero)
        #expect(([1, 2, 3] as [Int64]).map { ages.setBack(since: $0) } == [.seconds(1200), .seconds(600), .zero])
        let dating = ages.dating(of: holdings(0, at: 0))
        #expect(dating.zero == .zero && dating.setBack == .seconds(1200))
    }

    @Test func `a clock that is set ahead is followed, and one that is put right again undoes nothing else`() {
        var ages = WordAges(at: instant(up: 0, wall: 0), said: place())
        ages.look(at: instant(up: 100, wall: 700)) { place(change: 1) }
        #expect(ages.age(of: loan(1, at: 50), at: instant(up: 100, wall: 700)) == .seconds(650))
        // Behind, and right again: what was said before is as old as if nobody had touched the clock.
        ages.look(at: instant(up: 200, wall: 300)) { place(change: 2) }
        ages.look(at: instant(up: 300, wall: 900)) { place(change: 3) }
        let now = instant(up: 300, wall: 900)
        #expect(ages.age(of: loan(2, at: 750), at: now) == .seconds(150))
        #expect(ages.age(of: loan(4, at: 900), at: now) == .zero)
    }

    @Test func `a clock that is kept right by and by sets nothing back`() {
        var ages = WordAges(at: instant(up: 0, wall: 0), said: place())
        let now = instant(up: 1000, wall: 996)
        ages.look(at: now) {
            Issue.record("asked what was said, wanted no setting of the clock")
            return place(change: 1)
        }
        #expect(ages.age(of: loan(1, at: 996), at: now) == .seconds(4))
        // A date a little ahead of the clock is no date of the time to come.
        #expect(ages.age(of: loan(1, at: 1003), at: now) == .zero)
    }

    @Test func `of a date in the time to come nobody can tell the age, also once the clock has got there`() {
        var ages = WordAges(at: instant(up: 0, wall: 0), said: place(change: 1, snapshot: 1))
        #expect(ages.age(of: loan(1, at: 600), at: instant(up: 0, wall: 0)) == nil)
        let now = instant(up: 700, wall: 700)
        ages.look(at: now) { place(change: 2, snapshot: 2) }
        #expect(ages.age(of: loan(1, at: 600), at: now) == nil)
        #expect(ages.age(of: holdings(1, at: 600), at: now) == nil)
        #expect(ages.age(of: loan(2, at: 600), at: now) == .seconds(100))
        #expect(ages.age(of: loan(2, at: 800), at: now) == nil)
        // The clock had been behind when the run began.
        ages.look(at: instant(up: 701, wall: 5000)) { place(change: 2, snapshot: 2) }
        #expect(ages.age(of: loan(1, at: 600), at: instant(up: 701, wall: 5000)) == .seconds(4400))
    }

    @Test func `what had been said before the start is asked again where it could not be told`() {
        struct Torn: Error {}
        var ages = WordAges(at: instant(up: 0, wall: 0), said: nil)
        let now = instant(up: 100, wall: 100)
        try? ages.look(at: now) { throw Torn() }
        #expect(ages.age(of: loan(2, at: 90), at: now) == nil, "an earlier run may have dated it ahead")
        ages.look(at: now) { place(change: 1) }
        #expect(ages.age(of: loan(1, at: 90), at: now) == nil)
        #expect(ages.age(of: loan(2, at: 90), at: now) == .seconds(10))
        ages.look(at: now) {
            Issue.record("asked what was said, wanted it to be known")
            return place(change: 2)
        }
        #expect(ages.age(of: loan(2, at: 90), at: now) == .seconds(10))
    }

    @Test func `a clock that is set again and again takes no more memory, and makes nothing younger`() {
        var ages = WordAges(at: instant(up: 0, wall: 0), said: place())
        // It never gets beyond its first second, in which each loan is made.
        for turn in 1...100 { ages.look(at: instant(up: turn * 10, wall: 0)) { place(change: Int64(turn)) } }
        let now = instant(up: 1000, wall: 0)
        let found = (1...100 as ClosedRange<Int64>).map { ages.age(of: loan($0, at: 0), at: now) }
        #expect(found.count == 100)
        for (index, age) in found.enumerated() { #expect(age.map { $0 >= .seconds(990 - index * 10) } == true) }
        #expect(found[0] == .seconds(1000) && found[99] == .seconds(10))
        #expect(found[36] == .seconds(1000) && found[37] == .seconds(630), "only the oldest are told apart no longer")
    }
}
