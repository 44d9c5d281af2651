import Testing

@testable import Library

struct SweepStretchTests {
    @Test func `what is missing shows where it belongs, what is misplaced where it stands`() throws {
        var random = SeededGenerator(state: 1)
        let books = SimulatedShelf.books(60)
        // Number 20 is gone, number 7 stands between 40 and 41.
        var order = (0..<60).filter { $0 != 7 && $0 != 20 }
        let place = try #require(order.firstIndex(of: 41))
        order.insert(7, at: place)
        let walking = SimulatedShelf.Walking(jitter: 0, burst: 1, missed: 0, walks: 1)
        var sweep = SweepReconciliation(scope: SweepScope(), expected: books, rules: SweepRules())
        for sighting in SimulatedShelf.sightings(of: order.map { books[$0].item.barcode }, walking, &random) {
            _ = sweep.take(sighting, tag: nil, item: nil)
        }
        #expect(sweep.stretches.count == 60)
        #expect(sweep.stretches.allSatisfy { $0.missing == nil && $0.misplaced == nil })
        let report = sweep.finished()
        #expect(report.summary.missing == 1 && report.moves.count == 1)
        let stretches = sweep.stretches(in: report)
        #expect(stretches.map(\.seen) == sweep.stretches.map(\.seen))
        try #require(stretches.count > 20)
        #expect(stretches.indices.filter { stretches[$0].missing != 0 } == [20] && stretches[20].missing == 1)
        let wrong = stretches.indices.filter { stretches[$0].misplaced != 0 }
        #expect(wrong == [39] || wrong == [40])
        #expect(stretches.compactMap(\.misplaced).reduce(0, +) == 1)
    }

    @Test func `an empty shelf has no stretches, with a report neither`() {
        let sweep = SweepReconciliation(scope: SweepScope(), expected: [ShelvedItem](), rules: SweepRules())
        #expect(sweep.stretches(in: sweep.finished()).isEmpty)
    }
}
