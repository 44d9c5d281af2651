import Foundation
import Testing

@testable import Command

@Suite struct ListFileTests {
    @Test(arguments: [
        "39070001\n39070002\n", " 39070001\r\n\r\n39070002", "Barcode\n39070001\n\"39070002\"\n",
        "Title;Item barcode;Pickup\nRed; 39070001;MAIN\n\"One; two\";39070002;MAIN\n",
    ])
    func `barcodes stand one a line or in a column of their own`(_ text: String) {
        let file = ListFile(text)
        #expect(file.barcodes == ["39070001", "39070002"] && file.without == 0)
    }

    @Test func `of two columns of barcodes the one that says to be an item's is read, and no patron's`() {
        for name in ["Item barcode", "copy_barcode"] {
            let file = ListFile("Patron,Barcode,\(name)\nA. Reader,20000017,39070001\n")
            #expect(file.barcodes == ["39070001"] && file.without == 0)
        }
        // A patron's alone is none.
        #expect(ListFile("Patron barcode,Title\n20000017,One\n").barcodes.isEmpty)
    }

    @Test func `lines without a barcode are counted and left out`() {
        let file = ListFile("Barcode,Title\n39070001,One\n,Any copy\n39070002,\"Two, three\"\n")
        #expect(file.barcodes == ["39070001", "39070002"] && file.without == 1)
        let other = ListFile("E004010000000002\ntitle, author\n")
        #expect(other.barcodes.isEmpty && other.without == 2)
    }

    @Test func `as many items as a list may have fit into a file, as rows of a table too`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        let row = "30100000000002;QA 76.73 .L909 I83 1990;Foundations of operating systems;MAIN\n"
        try Data(("Barcode;Call number;Title;Branch\n" + String(repeating: row, count: 100_000)).utf8).write(to: file)
        let text = try await FilePieces(path: file.path).text(upTo: SweepListsCommand.Add.longest)
        #expect(text.utf8.count > 100_000 * row.utf8.count)
    }
}
