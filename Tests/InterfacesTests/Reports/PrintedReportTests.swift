import API
import Foundation
import Testing

@testable import Interfaces

@Suite struct PrintedReportTests {
    private func report(_ move: Move) -> PrintedReport {
        let sweep = SweepSummary(
            id: 7,
            state: .finished,
            scope: "REF",
            startedAt: Date(timeIntervalSince1970: 0),
            finishedAt: nil,
            snapshot: 1,
            expected: 2,
            seen: 2,
            others: 0,
            sightings: 2,
            findings: [:],
            strip: []
        )
        return PrintedReport(report: SweepReport(sweep: sweep, findings: [], moves: [move], progress: []))
    }

    @Test func `what goes to the beginning of the shelf is not sent to its end`() {
        let move = Move(
            number: 1,
            item: Move.Item(barcode: "3012", callNumber: "QA 76 .B1", title: nil),
            standsAfter: nil,
            standsBefore: nil,
            putAfter: nil,
            putBefore: nil,
            places: -7,
            fromShelf: nil,
            toShelf: nil,
            isDone: false
        )
        #expect(
            report(move).html.contains("<td>the beginning</td><td>the beginning</td><td>the end</td>")
        )
    }

    @Test func `the page says by which holdings the sweep is judged, and that those of its end were not kept`() {
        let item = Move.Item(barcode: "3012", callNumber: nil, title: nil)
        let move = Move(
            number: 1,
            item: item,
            standsAfter: nil,
            standsBefore: nil,
            putAfter: nil,
            putBefore: nil,
            places: 1,
            fromShelf: nil,
            toShelf: nil,
            isDone: false
        )
        var printed = report(move)
        #expect(!printed.html.contains("judged by"))
        let day = Date(timeIntervalSince1970: 0)
        printed.report.sweep.judgedBy = SweepSummary.Holdings(snapshot: 3, importedAt: day, isKept: false)
        let words = "judged by the holdings of 1970-01-01, snapshot 3, since those of its end were not kept; "
        #expect(printed.html.contains(words))
    }
}
