import API
import Testing

@testable import Command

@Suite struct SweepPageTests {
    private func page(_ sweep: SweepSummary) -> SweepPage {
        SweepPage(sweep: sweep, palette: Palette(isOn: false), width: 80)
    }

    @Test func `progress says how much was heard and draws the shelf`() {
        let lines = page(.example(findings: ["wrong location": 2, "on shelf but on loan": 1])).progress
        #expect(lines == ["50 of 200 seen (25.0 %) · 2 others · 3 findings", "▕▒·▏"])
    }

    @Test func `the summary counts findings by kind, most first`() {
        let sweep = SweepSummary.example(state: .finished, findings: ["missing": 12, "wrong location": 3, "x": 0])
        #expect(
            page(sweep).summary == [
                "sweep 7 finished: REF, QA 76 to QA 77",
                "▕▒·▏",
                "50 of 200 seen (25.0 %), 2 other items, 640 sightings",
                "  12  missing",
                "   3  wrong location",
                "every finding with its reason: pressmark sweep report 7",
            ]
        )
    }

    @Test func `the summary says by which holdings a sweep is judged, and whether they are those of its end`() {
        var sweep = SweepSummary.example(state: .finished)
        sweep.judgedBy = SweepSummary.Holdings(snapshot: 3, importedAt: sweep.startedAt, isKept: true)
        let kept = "judged by the holdings of 2026-11-18, snapshot 3"
        #expect(page(sweep).summary.contains(kept))
        sweep.judgedBy?.isKept = false
        #expect(page(sweep).summary.contains("\(kept), since those of its end were not kept"))
        sweep.state = .running
        #expect(page(sweep).summary.contains(kept))
    }

    @Test func `tags that were heard and never read are told at the head, with what helps`() {
        var sweep = SweepSummary.example()
        sweep.unreadTags = 1204
        let line = "1 204 tags heard but never read: walk by again more slowly"
        #expect(page(sweep).progress == ["50 of 200 seen (25.0 %) · 2 others · 0 findings", line, "▕▒·▏"])
        #expect(page(sweep).progressLine == "sweep 7: 50 of 200 seen (25.0 %), 0 findings, 1 204 tags never read")
        sweep.state = .finished
        #expect(
            page(sweep).summary == [
                "sweep 7 finished: REF, QA 76 to QA 77",
                "▕▒·▏",
                "50 of 200 seen (25.0 %), 2 other items, 640 sightings",
                line,
                "nothing found that is not as it should be",
            ]
        )
        sweep.unreadTags = 1
        #expect(page(sweep).summary.contains("1 tag heard but never read: walk by again more slowly"))
    }

    @Test(arguments: [nil, 0] as [Int?])
    func `where every tag was read, or the daemon does not tell, nothing is said of it`(_ unread: Int?) {
        var sweep = SweepSummary.example()
        sweep.unreadTags = unread
        #expect(page(sweep).progress.count == 2)
        let said = page(sweep).progress + [page(sweep).progressLine] + page(sweep).summary
        #expect(!said.contains { $0.contains("read") })
    }

    @Test func `a clean shelf is said to be clean`() {
        #expect(page(.example(state: .finished)).summary.last == "nothing found that is not as it should be")
    }

    @Test func `a finding says what, where, why and what to do`() {
        #expect(
            page(.example()).lines(of: .example("a")) == [
                "wrong location: QA 76.9 .S6 · 3012 · Sorting and searching",
                "  heard between items of STACKS, belongs to REF; carry it to REF",
            ]
        )
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
            page(.example()).lines(of: [move]) == [
                "  1  take QA 76 .B1 (3012) from behind the beginning, put it behind the beginning, before the end"
            ]
        )
        // Of what was ticked off, what is no item to be moved is told.
        #expect(SweepMovesCommand.strange(["3012", "3021"], among: [move]) == ["3021"])
    }

    @Test func `the table has a row for every finding`() throws {
        let lines = page(.example()).table(of: [.example("a"), .example("b", kind: "missing")])
        try #require(lines.count == 4)
        #expect(lines[0].hasPrefix("FINDING         CALL NUMBER"))
        #expect(lines[2].hasPrefix("missing         QA 76.9 .S6"))
        #expect(page(.example()).table(of: []).isEmpty)
    }

    @Test func `findings stand in two lines each where the screen is too narrow for their table`() {
        var screen = page(.example())
        let findings = [Finding.example("a"), .example("b", kind: "missing")]
        let narrow = screen
        #expect(narrow.list(of: findings) == findings.flatMap { narrow.lines(of: $0) } + [""])
        #expect(screen.list(of: findings).count == 5)
        screen.width = 200
        #expect(screen.list(of: findings) == screen.table(of: findings))
        #expect(screen.list(of: []).isEmpty)
    }
}
