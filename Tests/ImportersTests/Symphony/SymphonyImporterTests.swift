import Importers
import Library
import Testing

@Suite struct SymphonyImporterTests {
    @Test(
        arguments: [
            (nil, .available, "STACKS", nil), ("STACKS", .available, "STACKS", nil),
            ("CHECKEDOUT", .onLoan, "STACKS", "CHECKEDOUT"), ("MISSING", .missing, "STACKS", "MISSING"),
            ("LOST-ASSUM", .lost, "STACKS", "LOST-ASSUM"), ("INTRANSIT", .inTransit, "STACKS", "INTRANSIT"),
            ("HOLDS", .onHoldShelf, "STACKS", "HOLDS"), ("DISCARD", .withdrawn, "STACKS", "DISCARD"),
            ("ON-ORDER", .inProcess, "STACKS", "ON-ORDER"), ("NEWBOOKS", .available, "NEWBOOKS", nil),
            // Names have ten letters at most there; the second is no place anybody could go to (ils §3.4).
            ("LONGOVRDUE", .lost, "STACKS", "LONGOVRDUE"), ("UNKNOWN", .unknown, "STACKS", "UNKNOWN"),
            ("STOLEN", .lost, "STACKS", "STOLEN"), ("AVAIL_SOON", .available, "STACKS", "AVAIL_SOON"),
            ("REFERENCE", .available, "REFERENCE", nil),
        ] as [(String?, ItemStatus, String, String?)]
    )
    func `a current location is a status or a place`(
        _ current: String?,
        _ status: ItemStatus,
        _ location: String,
        _ words: String?
    ) throws {
        let item =
            "  \u{1F}aQA 76 .A1\u{1F}wLC\u{1F}c1\u{1F}i36105001\u{1F}lSTACKS\u{1F}mGREEN\u{1F}tBOOK\u{1F}vV.2"
            + (current.map { "\u{1F}k" + $0 } ?? "")
        let run = try ImporterRun(SymphonyMARCImporter.self, ISO2709Builder.record([("001", "a1"), ("999", item)]))
        #expect(
            run.items == [
                Item(
                    barcode: "36105001",
                    recordIdentifier: "a1",
                    callNumber: "QA 76 .A1",
                    scheme: .lcc,
                    enumeration: "V.2",
                    copyNumber: "1",
                    homeBranch: "GREEN",
                    location: location,
                    permanentLocation: "STACKS",
                    itemType: "BOOK",
                    status: status,
                    statusText: words
                )
            ]
        )
    }

    @Test func `pipes are read by the places in the settings`() throws {
        let settings = ImportSettings(columns: ["barcode": "2", "location": "3", "permanent-location": "4"])
        let run = try ImporterRun(SymphonyPipesImporter.self, "x|7|CHECKEDOUT|STACKS|\ny|8|\n", settings: settings)
        #expect(
            run.items == [
                Item(
                    barcode: "7",
                    scheme: .lcc,
                    location: "STACKS",
                    permanentLocation: "STACKS",
                    status: .onLoan,
                    statusText: "CHECKEDOUT"
                )
            ]
        )
        #expect(run.rejected == [RejectedRow(line: 2, cause: "found 3 columns, wanted 4", text: "")])
    }

    @Test func `pipes without places are refused with what is wanted`() {
        let error = ImportError.noColumnMap(wanted: "the place of the barcode: barcode = \"1\"")
        #expect(throws: error) { try ImporterRun(SymphonyPipesImporter.self, "x|7|\n") }
        #expect(error.hint.contains("column map"))
    }
}
