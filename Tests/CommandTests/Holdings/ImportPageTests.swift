import API
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
    @Test func `rejected rows stand with line and reason above the sum`() {
        let row = RejectedRow(line: 17, cause: "no barcode", text: ",QA 76\t,REF")
        #expect(
            lines(report(rejected: [row], count: 2)) == [
                "line 17: no barcode: ,QA 76\u{FFFD},REF",
                "and 1 more row rejected",
                "note: column borrowernumber was not imported",
                "998 of 1 000 rows imported, 2 rejected in 1.2 s: snapshot 4",
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
}
