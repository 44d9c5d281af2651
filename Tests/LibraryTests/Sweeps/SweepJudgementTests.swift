import Library
import Tags
import Testing

struct SweepJudgementTests {
    private typealias Shelf = SweepReconciliationTests

    @Test func `a sweep is judged by what was expected and what was heard, and by nothing that was only told of`() {
        let away = Shelf.book(99) { $0.permanentLocation = "STACKS" }
        let unknown = Shelf.book(98)
        var sweep = Shelf.sweep(Shelf.whole() + [Shelf.heard(away), Shelf.heard(unknown, known: false)])
        _ = sweep.take(StatusChange(barcode: "7777", status: .onLoan, at: Shelf.moment(5)))
        let judged = Array(sweep.judgedItems)
        #expect(Array(judged.prefix(40)) == Shelf.shelf.map { JudgedItem.expected($0) })
        #expect(Array(judged.dropFirst(40)) == [JudgedItem.stranger(away, heardAs: "1099"), .unknown("1098")])
    }

    @Test func `the expected items keep the further barcodes that mean them here, and no others`() {
        var shelf = ExpectedShelf()
        shelf.add(Shelf.book(1) { $0.otherBarcodes = ["old 1", "claimed twice", "somebody's own"] })
        shelf.add(Shelf.book(2) { $0.otherBarcodes = ["claimed twice"] })
        shelf.drop(furtherBarcodes: ["somebody's own"])
        let sweep = SweepReconciliation(scope: Shelf.scope, shelf: shelf)
        let kept = [
            JudgedItem.expected(Shelf.book(1) { $0.otherBarcodes = ["old 1"] }), .expected(Shelf.book(2)),
        ]
        #expect(Array(sweep.judgedItems) == kept)
        var judgement = SweepJudgement(
            SweepHoldings(snapshot: 1, importedAt: Shelf.moment(0), mayLackSince: Shelf.moment(0), isKept: true)
        )
        for item in sweep.judgedItems { judgement.take(item) }
        #expect(Array(SweepReconciliation(scope: Shelf.scope, shelf: judgement.shelf).judgedItems) == kept)
    }
}
