import Testing

@testable import Library

/// Visits drawn from times, thin spots, and what a sweep says of itself.
struct CompletenessTests {
    private static func sweep(_ books: [ShelvedItem], _ log: [Sighting]) -> SweepReconciliation {
        var sweep = SweepReconciliation(scope: SweepScope(), expected: books)
        for sighting in log { _ = sweep.take(sighting, tag: nil, item: nil) }
        return sweep
    }

    /// Every book of `numbers` heard in order, ten a second.
    private static func walk(_ numbers: some Sequence<Int>, at second: Int) -> [Sighting] {
        numbers.enumerated().map { place, number in
            let barcode = SimulatedShelf.barcode(number)
            return Sighting(
                uid: SimulatedShelf.uid(barcode),
                barcode: barcode,
                reader: "wand-1",
                at: Moment(milliseconds: Int64(second) * 1000 + Int64(place) * 100)
            )
        }
    }

    @Test func `one visit says nothing of what it did not hear`() {
        let sweep = Self.sweep(SimulatedShelf.books(64), Self.walk((0..<64).filter { $0 != 40 }, at: 0))
        let completeness = sweep.completeness()
        #expect(completeness.judged == 0 && completeness.untold == 1)
        #expect(completeness.thinSpots.map(\.places) == [32..<48])
        #expect(completeness.thinSpots.first?.reason == .visitedOnce)
        #expect(completeness.thinSpots.first?.centimetres == 40)
        #expect(completeness.stretches.allSatisfy { $0 == nil })
    }

    @Test func `a stretch where nobody was is to be swept, all of it in one`() {
        let log = Self.walk(0..<32, at: 0) + Self.walk(0..<32, at: 100)
        let completeness = Self.sweep(SimulatedShelf.books(96), log).completeness()
        #expect(completeness.judged == 32 && completeness.heard == 32 && completeness.untold == 64)
        #expect(completeness.thinSpots.map(\.reason) == [.notVisited])
        #expect(completeness.thinSpots.first?.places == 32..<96)
        #expect(completeness.thinSpots.first?.from == "N 32")
        #expect(completeness.thinSpots.first?.to == "N 95")
    }

    @Test func `a wand that only brushed a stretch did not visit it`() {
        // The second walk turned back after five of sixteen books.
        let log = Self.walk(0..<16, at: 0) + Self.walk(0..<5, at: 100)
        let visits = SectionVisits(items: 0..<16, in: Self.sweep(SimulatedShelf.books(16), log))
        #expect(visits.visits == 1)
    }

    @Test func `a pad that sweeps for months may visit its shelf as often as it likes`() {
        // 300 visits, on each of which all but one of sixteen books are heard.
        let log = (0..<300).flatMap { Self.walk((0..<16).filter { $0 != 7 }, at: $0 * 100) }
        let sweep = Self.sweep(SimulatedShelf.books(16), log)
        let visits = SectionVisits(items: 0..<16, in: sweep)
        #expect(visits.visits == 12 && visits.goodVisits == 300)
        #expect(visits.times.map { Int($0.times) } == (0..<16).map { $0 == 7 ? 0 : 12 })
        let completeness = sweep.completeness()
        #expect(completeness.judged == 16 && completeness.heard == 15)
    }

    @Test func `where strong tags surround a silent one another walk would not help`() {
        // Heard on all of four visits but number 20, which was never heard: it is gone.
        let log = (0..<4).flatMap { Self.walk((0..<160).filter { $0 != 20 }, at: $0 * 100) }
        let completeness = Self.sweep(SimulatedShelf.books(160), log).completeness()
        #expect(completeness.thinSpots.isEmpty)
        #expect(completeness.unheard.range == 0...0)
        #expect(completeness.judged == 160 && completeness.heard == 159)
    }

    @Test func `where tags are weak another walk is asked for`() {
        var random = SeededGenerator(state: 5)
        // Two visits on which seven tags in ten answered.
        let log = (0..<2).flatMap { visit in
            Self.walk((0..<160).filter { _ in Int.random(in: 0..<10, using: &random) < 7 }, at: visit * 100)
        }
        let completeness = Self.sweep(SimulatedShelf.books(160), log).completeness()
        #expect(completeness.thinSpots.count >= 1)
        #expect(completeness.unheard.likely > 4)
        for spot in completeness.thinSpots {
            guard case .wouldGain(let gain) = spot.reason else {
                Issue.record("found \(spot.reason), wanted a gain")
                continue
            }
            #expect(gain >= 0.5)
        }
    }

    @Test func `a site that wants to be sure is told missing only what is`() {
        let books = SimulatedShelf.books(160)
        var rules = SweepRules(certainty: 0.95)
        rules.checksOrder = false
        var sweep = SweepReconciliation(scope: SweepScope(), expected: books, rules: rules)
        for visit in 0..<4 {
            for sighting in Self.walk((0..<160).filter { $0 != 20 }, at: visit * 100) {
                _ = sweep.take(sighting, tag: nil, item: nil)
            }
        }
        let report = sweep.finished()
        #expect(report.summary.missing == 1 && report.summary.notSwept == 0)
    }

    @Test func `where a wand heard little its silence says little`() {
        // One walk on which three tags in five answered: no good pass anywhere.
        let report = Self.sweep(SimulatedShelf.books(160), Self.walk((0..<160).filter { $0 % 5 < 3 }, at: 0)).finished()
        #expect(report.summary.missing == 0 && report.summary.notSwept == 64)
        let good = Self.sweep(SimulatedShelf.books(160), Self.walk((0..<160).filter { $0 % 16 != 3 }, at: 0)).finished()
        #expect(good.summary.missing == 10)
    }

    @Test func `a site that wants two good passes is told nothing after one`() {
        let books = SimulatedShelf.books(48)
        var sweep = SweepReconciliation(
            scope: SweepScope(),
            expected: books,
            rules: SweepRules(coverage: Coverage(passes: 2))
        )
        for sighting in Self.walk((0..<48).filter { $0 != 20 }, at: 0) { _ = sweep.take(sighting, tag: nil, item: nil) }
        #expect(sweep.finished().summary.missing == 0)
        for sighting in Self.walk((0..<48).filter { $0 != 20 }, at: 90) {
            _ = sweep.take(sighting, tag: nil, item: nil)
        }
        #expect(sweep.finished().summary.missing == 1)
    }

    @Test func `the estimate does not depend on the order of the log`() {
        var random = SeededGenerator(state: 9)
        let log = (0..<3).flatMap { visit in
            Self.walk((0..<120).filter { _ in Int.random(in: 0..<10, using: &random) < 8 }, at: visit * 100)
        }
        let books = SimulatedShelf.books(120)
        let completeness = Self.sweep(books, log).completeness()
        #expect(Self.sweep(books, (log + log).shuffled(using: &random)).completeness() == completeness)
    }
}
