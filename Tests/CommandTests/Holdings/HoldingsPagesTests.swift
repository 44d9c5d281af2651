import API
import Foundation
import Testing

@testable import Command

private let palette = Palette(isOn: false)
private let now = Date(timeIntervalSince1970: 7200)

@Suite struct HoldingsPagesTests {
    @Test func `snapshots are listed with state and age`() throws {
        var first = SnapshotSummary(
            number: 3,
            profile: "koha",
            source: "items.csv",
            importedAt: Date(timeIntervalSince1970: 0),
            items: 1000,
            rejected: 2
        )
        first.state = .current
        var second = first
        second.number = 2
        second.state = .kept
        second.base = 1
        let lines = SnapshotsPage(snapshots: [first, second], now: now, palette: palette).lines
        try #require(lines.count > 2)
        #expect(lines[0] == "SNAPSHOT  STATE   IMPORTED  ITEMS  REJECTED  PROFILE  SOURCE")
        #expect(lines[1] == "3         in use  2 h ago   1 000  2         koha     items.csv")
        #expect(lines[2] == "2         kept    2 h ago   1 000  2         koha     items.csv (changes to 1)")
    }

    @Test func `places are a table without the columns that nobody tells`() {
        var places = [
            PlaceSummary(branch: "MAIN", location: "REF", collection: nil, items: 1200),
            PlaceSummary(branch: nil, location: "STACKS", collection: nil, items: 3),
        ]
        #expect(
            PlacesPage(places: places).lines == [
                "BRANCH  LOCATION  ITEMS", "MAIN    REF       1 200", "        STACKS    3",
            ]
        )
        places[1].collection = "FIC"
        #expect(PlacesPage(places: places).lines.first == "BRANCH  LOCATION  COLLECTION  ITEMS")
    }

    @Test func `changes are told one by one and counted by kind`() {
        let old = ItemSummary(barcode: "1", callNumber: "QA 1", status: "available")
        let new = ItemSummary(barcode: "1", callNumber: "QA 2", status: "lost")
        let comparison = HoldingsComparison(
            from: 1,
            to: 2,
            counts: ["added": 1, "refiled": 1, "removed": 3],
            unchanged: 7,
            changes: [
                .init(kind: "added", before: nil, after: ItemSummary(barcode: "0", title: "New")),
                .init(kind: "refiled", before: old, after: new),
                .init(kind: "removed", before: ItemSummary(barcode: "9"), after: nil),
            ]
        )
        #expect(
            DifferencePage(comparison: comparison, palette: palette).lines == [
                "+ 0  New", "~ 1  QA 2: call number QA 1 → QA 2, status available → lost", "- 9", "and 2 more changes",
                "snapshot 1 to 2: 1 added, 3 removed, 1 with another call number; 7 items the same",
            ]
        )
    }

    @Test func `an item is shown with its barcodes and the tags it was read on`() {
        let item = ItemSummary(
            barcode: "301",
            otherBarcodes: ["77"],
            title: "Sorting",
            callNumber: "QA 76",
            homeBranch: "MAIN",
            location: "NEW",
            permanentLocation: "STACKS",
            parts: 2
        )
        let tag = KnownTag(
            uid: "E004015000000001",
            model: "iso28560-3",
            part: 2,
            parts: 2,
            readAt: Date(timeIntervalSince1970: 7140)
        )
        let known = ItemKnowledge(barcode: "301", item: item, filed: false, tags: [tag])
        let lines = ItemPage(known: known, now: now).lines
        #expect(lines.contains("also         77"))
        #expect(lines.contains("call number  QA 76 (lcc, cannot be filed)"))
        #expect(lines.contains("stands in    NEW"))
        #expect(lines.last == "tag          E004015000000001, iso28560-3, part 2 of 2, read 1 min ago")
        let foreign = ItemKnowledge(barcode: "9", item: nil, filed: false, tags: [])
        #expect(ItemPage(known: foreign, now: now).lines == ["9: not in the holdings", "tags         none read yet"])
    }
}
