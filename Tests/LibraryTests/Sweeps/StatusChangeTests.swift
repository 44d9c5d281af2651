import Testing

@testable import Library

/// Loans and returns while the sweep goes on.
struct StatusChangeTests {
    typealias Shelf = SweepReconciliationTests

    private static func change(_ number: Int, _ status: ItemStatus, second: Int) -> StatusChange {
        StatusChange(barcode: "\(1000 + number)", status: status, at: Shelf.moment(second))
    }

    @Test func `a book lent since the snapshot is not missing`() {
        var sweep = Shelf.sweep(Shelf.whole(except: [20]))
        #expect(sweep.finished().summary.missing == 1)
        _ = sweep.take(Self.change(20, .onLoan, second: 5))
        let summary = sweep.finished().summary
        #expect(summary.missing == 0 && summary.gone == 1)
        #expect(summary.expected == summary.seen + summary.missing + summary.notSwept + summary.gone)
    }

    @Test func `what was lent before the walk makes no pass worse, and is not to be walked for again`() {
        let lent = [4, 8, 12, 16, 24, 28, 32, 36, 40]
        // Of sixteen places twelve were heard: less than four fifths.
        var sweep = Shelf.sweep(Shelf.whole(except: Set(lent + [21])))
        #expect(sweep.finished().summary.missing == 0)
        #expect(sweep.completeness().untold == 10)
        for number in lent { _ = sweep.take(Self.change(number, .onLoan, second: 0)) }
        let summary = sweep.finished().summary
        #expect(summary.missing == 1 && summary.gone == 9 && summary.seen == 30)
        let completeness = sweep.completeness()
        #expect(completeness.untold == 1)
        #expect(completeness.thinSpots.map(\.places) == [20..<39])
    }

    @Test func `a book heard and then lent is seen and no finding`() {
        var sweep = Shelf.sweep(Shelf.whole())
        // Number 20 was heard at second 20.
        #expect(sweep.take(Self.change(20, .onLoan, second: 30)).isEmpty)
        #expect(sweep.finished().findings.isEmpty && sweep.finished().summary.seen == 40)
    }

    @Test func `a book lent and then heard on the shelf is a finding, and goes when it is returned`() {
        var sweep = Shelf.sweep(Shelf.whole())
        let changes = sweep.take(Self.change(20, .onLoan, second: 10))
        #expect(changes.count == 1 && sweep.findings.map(\.kind) == [.onLoan])
        #expect(sweep.findings.first?.reason == "status in the holdings: on loan (changed while sweeping)")
        _ = sweep.take(Self.change(20, .available, second: 15))
        #expect(sweep.findings.isEmpty)
    }

    @Test func `a book on loan by the snapshot and brought back since is no finding`() {
        var sweep = Shelf.sweep(Shelf.whole() + [Shelf.heard(Shelf.book(90) { $0.status = .onLoan }, second: 50)])
        #expect(sweep.findings.map(\.kind) == [.onLoan])
        let changes = sweep.take(Self.change(90, .available, second: 40))
        #expect(changes == [.gone(Finding.ID(kind: .onLoan, subject: .item("1090")))])
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `changes and sightings may come in any order and twice`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let statuses: [ItemStatus] = [.available, .onLoan, .lost, .inTransit]
        let changes = (0..<10).map { _ in
            Self.change(
                Int.random(in: 1...12, using: &random),
                statuses[Int.random(in: 0..<4, using: &random)],
                second: Int.random(in: 0...30, using: &random)
            )
        }
        let log = Shelf.whole(except: [3, 9])
        var first = Shelf.sweep(log)
        for change in changes { _ = first.take(change) }
        var second = Shelf.sweep([])
        for change in changes.shuffled(using: &random) { _ = second.take(change) }
        for heard in log.shuffled(using: &random) { _ = second.take(heard.sighting, tag: heard.tag, item: heard.item) }
        for change in changes.shuffled(using: &random) { _ = second.take(change) }
        #expect(first.findings == second.findings && first.finished() == second.finished())
    }
}
