import Importers
import Library
import Testing

@Suite struct KohaCSVImporterTests {
    /// The columns of a full Koha item report, in the order of the `items` table.
    static let header = """
        itemnumber,biblionumber,barcode,homebranch,holdingbranch,location,permanent_location,ccode,itype,\
        itemcallnumber,cn_source,cn_sort,onloan,itemlost,withdrawn,damaged,notforloan,datelastseen,datelastborrowed,\
        enumchron,copynumber,stocknumber,materials,itemnotes,itemnotes_nonpublic,timestamp,title
        """
    static let row = """
        101,55,39999000000017,CPL,CPL,GEN,GEN,FIC,BK,QA76.73 .S95 A65 2019,lcc,QA0076.73 .S95 A65 2019,,0,0,0,0,\
        2026-10-02,2026-09-30,v.2,1,,2 CDs,,,2026-10-02 10:00:00,"Swift, in depth"
        """

    @Test func `a row of a full report becomes an item with all its places`() throws {
        let run = try ImporterRun(KohaCSVImporter.self, Self.header + "\n" + Self.row + "\n")
        #expect(
            run.items == [
                Item(
                    barcode: "39999000000017",
                    itemIdentifier: "101",
                    recordIdentifier: "55",
                    title: "Swift, in depth",
                    callNumber: "QA76.73 .S95 A65 2019",
                    scheme: .lcc,
                    systemSortKey: "QA0076.73 .S95 A65 2019",
                    enumeration: "v.2",
                    copyNumber: "1",
                    homeBranch: "CPL",
                    holdingBranch: "CPL",
                    location: "GEN",
                    permanentLocation: "GEN",
                    collection: "FIC",
                    itemType: "BK",
                    status: .available,
                    parts: 2,
                    lastSeen: "2026-10-02"
                )
            ]
        )
        #expect(run.lines == [2])
        #expect(run.rejected.isEmpty)
        #expect(run.notices.isEmpty)
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `the separator is found in the first line`(_ separator: String) throws {
        let text = [["title", "barcode", "itemcallnumber"], ["A, b; c", "7", "QA 1"]]
            .map { $0.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: separator) }
            .joined(separator: "\r\n")
        let run = try ImporterRun(KohaCSVImporter.self, "\u{FEFF}" + text)
        #expect(run.items.map(\.barcode) == ["7"])
        #expect(run.items.map(\.title) == ["A, b; c"])
    }

    @Test func `columns are known by name in any order and case, with table names, and unknown ones are skipped`()
        throws
    {
        let run = try ImporterRun(KohaCSVImporter.self, "shoe size,i.itemcallnumber,Items.Barcode\n43,QA 1,7\n")
        #expect(run.items == [Item(barcode: "7", callNumber: "QA 1", scheme: .lcc)])
    }

    @Test func `patron columns are dropped with a notice and appear nowhere`() throws {
        let text = "barcode,borrowernumber,surname,itemcallnumber\n7,4711,Miller,QA 1\n,4712,Smith,QA 2\n"
        let run = try ImporterRun(KohaCSVImporter.self, text)
        #expect(
            run.notices == [
                "column borrowernumber may name a patron: dropped", "column surname may name a patron: dropped",
            ]
        )
        #expect(run.rejected == [RejectedRow(line: 3, cause: "found no barcode", text: ",,,QA 2")])
        for secret in ["4711", "Miller", "4712", "Smith"] { #expect(!"\(run)".contains(secret)) }
    }

    @Test func `a patron column is dropped even where the site's map asks for it`() throws {
        let settings = ImportSettings(columns: ["title": "surname"])
        let run = try ImporterRun(KohaCSVImporter.self, "barcode,surname\n7,Miller\n", settings: settings)
        #expect(run.items == [Item(barcode: "7", scheme: .lcc)])
        #expect(run.notices == ["column surname may name a patron: dropped"])
    }

    @Test func `a missing barcode column ends the import with what was found and wanted`() {
        let error = ImportError.noBarcodeColumn(
            found: ["itemnumber", "title"],
            wanted: ["barcode", "external_id", "item_barcode"]
        )
        #expect(throws: error) { try ImporterRun(KohaCSVImporter.self, "itemnumber,title\n1,A\n") }
        #expect(
            error.description
                == "no barcode column: found itemnumber, title, wanted one of barcode, external_id, item_barcode"
        )
        #expect(error.hint.contains("add the barcode to the report"))
    }

    @Test func `one bad row never stops the import`() throws {
        let text = """
            barcode,itemcallnumber,title
            ,QA 1,no barcode
            1,QA 1
            2,QA 2,good
            3,QA 3,a,b
            3.00012E+13,QA 4,rounded
            4,QA 5,"last one"
            """
        let run = try ImporterRun(KohaCSVImporter.self, text)
        #expect(run.items.map(\.barcode) == ["2", "4"])
        #expect(
            run.rejected == [
                RejectedRow(line: 2, cause: "found no barcode", text: ",QA 1,no barcode"),
                RejectedRow(line: 3, cause: "found 2 columns, wanted 3", text: "1,QA 1"),
                RejectedRow(line: 5, cause: "found 4 columns, wanted 3", text: "3,QA 3,a,b"),
                RejectedRow(
                    line: 6,
                    cause: "found barcode 3.00012E+13, which a spreadsheet has rounded to a scientific number",
                    text: "3.00012E+13,QA 4,rounded"
                ),
            ]
        )
    }

    @Test(
        arguments: [
            ("2026-12-01", "0", "0", "0", "0", .onLoan, "due 2026-12-01"),
            ("", "1", "0", "0", "0", .lost, "lost 1"),
            ("", "4", "0", "0", "0", .missing, "lost 4"),
            ("2026-12-01", "2", "0", "0", "0", .lost, "lost 2, due 2026-12-01"),
            ("", "0", "1", "0", "0", .withdrawn, "withdrawn 1"),
            ("", "0", "0", "1", "0", .damaged, "damaged 1"),
            ("", "0", "0", "0", "1", .notForLoan, "not for loan 1"),
            ("", "0", "0", "0", "-1", .inProcess, "not for loan -1"),
            ("0000-00-00", "0", "NULL", "0", "", .available, nil),
        ] as [(String, String, String, String, String, ItemStatus, String?)]
    )
    func `status columns become one status and keep their words`(
        _ due: String,
        _ lost: String,
        _ withdrawn: String,
        _ damaged: String,
        _ notForLoan: String,
        _ status: ItemStatus,
        _ text: String?
    ) throws {
        let rows =
            "barcode,onloan,itemlost,withdrawn,damaged,notforloan\n7,\(due),\(lost),\(withdrawn),\(damaged),\(notForLoan)"
        let run = try ImporterRun(KohaCSVImporter.self, rows)
        #expect(run.items.map(\.status) == [status])
        #expect(run.items.map(\.statusText) == [text])
    }

    @Test func `an open transfer and a waiting hold are seen`() throws {
        let rows = "barcode,tobranch,found\n1,MPL,\n2,,W\n3,,T\n4,,\n"
        let run = try ImporterRun(KohaCSVImporter.self, rows)
        #expect(run.items.map(\.status) == [.inTransit, .onHoldShelf, .inTransit, .available])
    }

    @Test func `a file that is no UTF-8 is read as windows text and says so once`() throws {
        let text = Array("barcode,title\n1,K\u{F6}ln\n2,B".unicodeScalars.map { UInt8($0.value) }) + [0x80, 0x0A]
        let run = try ImporterRun(KohaCSVImporter.self, text)
        #expect(run.items.map(\.title) == ["Köln", "B€"])
        #expect(run.notices == ["line 2 is not UTF-8: such values are read as Windows-1252"])
    }

    @Test(arguments: [([0xFF, 0xFE, 0x62, 0x00], "UTF-16"), ([0x50, 0x4B, 3, 4], "a spreadsheet or zip file")])
    func `a file that is no text is named for what it is`(_ head: [UInt8], _ found: String) {
        #expect(throws: ImportError.notText(found: found)) { try ImporterRun(KohaCSVImporter.self, head) }
    }

    /// Each portion was kept, and all that was kept was looked through again with the next.
    @Test(arguments: [1000, 1 << 20]) func `a file of empty lines is refused after some of them`(_ portion: Int) {
        let lines = String(repeating: "\n", count: 66_000)
        #expect(
            throws: ImportError.notThisFormat(
                found: "65536 bytes of empty lines",
                wanted: "a line of column names and rows"
            )
        ) {
            try ImporterRun(KohaCSVImporter.self, lines + "barcode,title\n7,T\n", portion: portion)
        }
    }

    @Test func `an empty file says what it should hold`() {
        #expect(throws: ImportError.empty(wanted: "a line of column names and rows")) {
            try ImporterRun(KohaCSVImporter.self, "\n\n")
        }
    }

    @Test func `a site's own column name takes the place of ours`() throws {
        let settings = ImportSettings(columns: ["barcode": "Strichcode", "call-number": "Signatur"])
        let run = try ImporterRun(KohaCSVImporter.self, "Strichcode;Signatur\n7;QA 1\n", settings: settings)
        #expect(run.items == [Item(barcode: "7", callNumber: "QA 1", scheme: .lcc)])
    }
}
