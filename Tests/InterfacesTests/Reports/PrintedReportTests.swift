import API
import Foundation
import Testing

@testable import Interfaces

@Suite struct PrintedReportTests {
    private func report(_ move: Move, findings: [Finding] = [], in tongue: ReportTongue = .en) -> PrintedReport {
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
        return PrintedReport(
            report: SweepReport(sweep: sweep, findings: findings, moves: [move], progress: []),
            tongue: tongue
        )
    }

    private static let move = Move(
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

    @Test func `what goes to the beginning of the shelf is not sent to its end`() {
        #expect(
            report(Self.move).html.contains("<td>the beginning</td><td>the beginning</td><td>the end</td>")
        )
    }

    @Test func `the page says by which holdings the sweep is judged, and that those of its end were not kept`() {
        var printed = report(Self.move)
        #expect(!printed.html.contains("judged by"))
        let day = Date(timeIntervalSince1970: 0)
        printed.report.sweep.judgedBy = SweepSummary.Holdings(snapshot: 3, importedAt: day, isKept: false)
        let words = "judged by the holdings of 1970-01-01, snapshot 3, since those of its end were not kept; "
        #expect(printed.html.contains(words))
        printed.tongue = .de
        #expect(printed.html.contains("beurteilt nach dem Bestand vom 1970-01-01, Abzug 3, weil der vom Ende"))
        printed.report.sweep.judgedBy?.isKept = true
        #expect(printed.html.contains("beurteilt nach dem Bestand vom 1970-01-01, Abzug 3; "))
    }

    @Test(
        arguments: [
            (.en, "tags heard, never read", "walk by again more slowly"),
            (.de, "Etiketten gehört, nie gelesen", "langsamer noch einmal vorbeigehen"),
        ] as [(ReportTongue, String, String)]
    )
    func `tags that were heard and never read stand at the head of the page, with what helps`(
        _ tongue: ReportTongue,
        _ figure: String,
        _ advice: String
    ) throws {
        var printed = report(Self.move, in: tongue)
        printed.report.sweep.unreadTags = 37
        let html = printed.html
        let end = try #require(html.range(of: "<h2>")).lowerBound
        let head = html[..<end]
        #expect(head.contains("<b>37</b>\(figure)<") && head.contains(advice))
        for none in [nil, 0] as [Int?] {
            printed.report.sweep.unreadTags = none
            #expect(!printed.html.contains(figure) && !printed.html.contains(advice))
        }
    }

    @Test(arguments: [SweepSummary.State.running, .finished], [false, true])
    func `report, command line and page say in the same words by which holdings a sweep is judged`(
        state: SweepSummary.State,
        isKept: Bool
    ) {
        var sweep = report(Self.move).report.sweep
        sweep.state = state
        #expect(ReportTongue.en.judged(sweep) == nil && sweep.judgedByWords.isEmpty)
        let day = Date(timeIntervalSince1970: 0)
        sweep.judgedBy = SweepSummary.Holdings(snapshot: 3, importedAt: day, isKept: isKept)
        #expect(ReportTongue.en.judged(sweep) == sweep.judgedByWords)
        // The page puts the day in itself.
        let page = String(decoding: PackageResources.strings_en_js, as: UTF8.self)
        for words in sweep.judgedByWords.split(separator: "1970-01-01, snapshot 3") {
            #expect(page.contains(words), "\(words)")
        }
    }

    @Test func `the page speaks the language that is asked for, reasons and advice included`() {
        let finding = Finding(
            id: "missing: item 3012",
            kind: "missing",
            severity: "problem",
            barcode: "3012",
            uid: nil,
            title: "<Title>",
            callNumber: "QA 76",
            reason: "not heard, but its neighbours on both sides were",
            advice: "look around its place and on the trolleys, then set it missing in the library system",
            lastSeen: nil,
            reader: nil
        )
        let german = report(Self.move, findings: [finding], in: .de).html
        for wanted in [
            "<html lang=\"de\">", "<h1>Revision 7: REF</h1>", "beendet, begonnen am 1970-01-01; Sichtungen: 2",
            "<td>dem Anfang</td><td>dem Anfang</td><td>dem Ende</td>", "<h2>vermisst: 1</h2>",
            "nicht gehört, aber seine Nachbarn auf beiden Seiten", "an seinem Platz und auf den Wagen suchen",
            "aria-label=\"Befunde nach Art\"", "&lt;Title&gt;",
        ] {
            #expect(german.contains(wanted), "\(wanted)")
        }
        for english in ["Sweep", "beginning", "missing", "neighbours", "Findings"] {
            #expect(!german.contains(english), "\(english)")
        }
        let english = report(Self.move, findings: [finding]).html
        #expect(english.contains("<html lang=\"en\">") && english.contains("<h2>missing: 1</h2>"))
        #expect(english.contains("finished, begun 1970-01-01; sightings: 2"))
    }
}
