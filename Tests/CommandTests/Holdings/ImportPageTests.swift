import API
import ArgumentParser
import Foundation
import Testing

@testable import Command

private func report(dryRun: Bool = false, rejected: [RejectedRow] = [], count: Int = 0, kept: Bool = true)
    -> ImportReport
{
    let snapshot = SnapshotSummary(
        number: 4,
        profile: "koha",
        source: "items.csv",
        importedAt: Date(timeIntervalSince1970: 0),
        items: 998,
        rejected: count
    )
    return ImportReport(
        snapshot: dryRun || !kept ? nil : snapshot,
        profile: "koha",
        dryRun: dryRun,
        read: 1000,
        imported: 998,
        rejectedCount: count,
        rejected: rejected,
        notices: ["column borrowernumber was not imported"],
        seconds: 1.26
    )
}

private func lines(_ report: ImportReport) -> [String] {
    ImportPage(report: report, palette: Palette(isOn: false)).lines
}

@Suite struct ImportPageTests {
    @Test func `a rejected row whose text is not known any more has its reason alone`() {
        let row = RejectedRow(line: 3, cause: "barcode 1 stands in line 2 already", text: "")
        #expect(lines(report(rejected: [row], count: 1)).first == "line 3: barcode 1 stands in line 2 already")
    }

    @Test func `rejected rows stand with line and reason above the sum`() {
        let row = RejectedRow(line: 17, cause: "no barcode", text: ",QA 76\t,REF")
        #expect(
            lines(report(rejected: [row], count: 2)) == [
                "line 17: no barcode: ,QA 76\u{FFFD},REF",
                "and 1 more row rejected",
                "note: column borrowernumber was not imported",
                "998 of 1 000 rows imported, 2 rejected (0.2 %) in 1.2 s: snapshot 4",
            ]
        )
    }

    @Test func `a dry run says that nothing was kept`() {
        #expect(
            lines(report(dryRun: true)).last == "998 of 1 000 rows can be imported in 1.2 s; nothing was kept (dry run)"
        )
    }

    @Test func `an import that made no snapshot is not called done`() {
        #expect(lines(report(kept: false)).last?.hasSuffix("the snapshot before stays in use") == true)
    }

    @Test func `a preview shows columns, first items and the share that was rejected`() {
        var preview = report(count: 2)
        preview.guessedBy = "columns barcode, itemcallnumber of Koha"
        preview.columns = [
            ColumnMeaning(name: "barcode", field: "barcode"),
            ColumnMeaning(name: "cardnumber", field: nil, patron: true),
            ColumnMeaning(name: "price", field: nil),
        ]
        preview.first = [ItemSummary(barcode: "301", title: "Sorting", callNumber: "QA 76", homeBranch: "MAIN")]
        preview.gone = 12
        preview.snapshot?.state = .staged
        let lines = ImportPage(report: preview, preview: true, palette: Palette(isOn: false)).lines
        #expect(lines.first == "profile koha, by columns barcode, itemcallnumber of Koha")
        #expect(lines.contains("cardnumber  dropped: may name a patron"))
        #expect(lines.contains("price       not imported"))
        #expect(lines.contains { $0.hasPrefix("301      QA 76        MAIN") })
        #expect(lines.contains("note: 12 items of the snapshot in use are not in this one"))
        #expect(
            lines.last == "998 of 1 000 rows can be imported, 2 rejected (0.2 %) in 1.2 s: snapshot 4, not in use yet"
        )
    }

    @Test func `progress tells share, rate and the time that is left`() {
        let state = ImportState(
            source: "items.csv",
            profile: "koha",
            phase: "reading",
            items: 50_000,
            rejected: 2,
            bytes: 10_000_000,
            startedAt: Date(timeIntervalSince1970: 0)
        )
        #expect(
            ImportWatch.line(state, size: 40_000_000, after: 2)
                == "reading items.csv: 25 %, 50 000 items, 2 rejected, 25 000 items/s, 6 s left"
        )
        var sorting = state
        sorting.phase = "sorting"
        #expect(ImportWatch.line(sorting, size: nil, after: 3) == "sorting items.csv: 50 000 items, 2 rejected")
    }

    @Test func `a dry run tells of no snapshot, which is thrown away`() throws {
        let command = try HoldingsImportCommand.parse(["items.csv", "--dry-run", "--rejected", "rejected.csv"])
        let told = command.told(report())
        #expect(told.snapshot == nil && told.dryRun)
        #expect(lines(told).last?.hasSuffix("nothing was kept (dry run)") == true)
        #expect(try HoldingsImportCommand.parse(["items.csv"]).told(report()) == report())
    }

    @Test func `where rejected rows cannot be written nothing is imported`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("barcode\n3011\n".utf8).write(to: file)
        // No daemon is there, and none is asked: the first trouble is the folder.
        let line = ["holdings", "import", file.path, "--rejected", "/", "--daemon", "unix:/no/such.sock"]
        guard case .failed(let complaint) = await Pressmark.run(line) else {
            Issue.record("wanted a complaint")
            return
        }
        #expect(complaint.message == "/: cannot be written: Is a directory")
    }
}
