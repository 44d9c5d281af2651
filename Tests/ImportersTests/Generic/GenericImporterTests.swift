import Importers
import Library
import Testing

@Suite struct GenericImporterTests {
    @Test func `a table is read by a site's map and by names that speak for themselves`() throws {
        let settings = ImportSettings(
            defaultScheme: .local,
            columns: ["barcode": "Strichcode", "call-number": "Signatur", "status": "Zustand"]
        )
        let text =
            "Strichcode\tSignatur\tTitle\tZustand\tDue date\n7\tKrimi 5\tA\tWeeding\t\n8\tKrimi 6\tB\tneu\t2026-12-01\n"
        let run = try ImporterRun(TableImporter.self, text, settings: settings)
        #expect(
            run.items == [
                Item(
                    barcode: "7",
                    title: "A",
                    callNumber: "Krimi 5",
                    scheme: .local,
                    status: .withdrawn,
                    statusText: "Weeding"
                ),
                Item(
                    barcode: "8",
                    title: "B",
                    callNumber: "Krimi 6",
                    scheme: .local,
                    status: .onLoan,
                    statusText: "neu, due 2026-12-01"
                ),
            ]
        )
    }

    @Test(
        arguments: [
            ("Not Charged", .available), ("Discharged", .available), ("Charged", .onLoan), ("Overdue", .onLoan),
            ("Not Charged; Damaged", .damaged), ("Not checked out", .available), ("Missing, not charged", .missing),
            ("Long Overdue", .lost), ("Item in place", .available), ("Item not in place", .unknown),
            ("Not on shelf", .unknown), ("On shelf", .available), ("Shelving cart", .available), ("-", .available),
            ("?", .unknown),
        ] as [(String, ItemStatus)]
    )
    func `a status that denies a loan is none`(_ words: String, _ status: ItemStatus) throws {
        let run = try ImporterRun(TableImporter.self, "barcode,status\n7,\"\(words)\"\n")
        #expect(run.items.map(\.status) == [status])
    }

    /// Sierra and Polaris, whose lists come by way of a table (ils §3.4).
    @Test(
        arguments: [
            ("CHECK SHELVES", .available), ("Check shelf", .available), ("LIB USE ONLY", .notForLoan),
            ("CL RETURNED", .claimedReturned), ("ON HOLDSHELF", .onHoldShelf), ("BILLED", .lost), ("In", .available),
            ("Out", .onLoan), ("Out-ILL", .onLoan), ("HELD", .onHoldShelf), ("Transferred", .inTransit),
            ("In-Transit", .inTransit), ("Loan", .onLoan), ("Inn", .unknown), ("Outreach", .unknown),
            ("!", .onHoldShelf), ("$", .lost), ("m", .missing), ("t", .inTransit), ("z", .claimedReturned),
            ("CLMS RETD", .claimedReturned), ("o", .unknown), ("mt", .unknown),
        ] as [(String, ItemStatus)]
    )
    func `the words of more systems are known`(_ words: String, _ status: ItemStatus) throws {
        let run = try ImporterRun(TableImporter.self, "barcode,status\n7,\(words)\n")
        #expect(run.items.map(\.status) == [status] && run.items.map(\.statusText) == [words])
    }

    /// All of them are kept for people to look through.
    @Test func `a member whose name is longer than any is not remembered`() throws {
        var importer = JSONLinesImporter(settings: ImportSettings())
        let long = String(repeating: "x", count: 201)
        let line = "{\"barcode\":\"7\",\"\(long)\":1,\"a\":{\"\(long)\":1}}\n"
        try importer.read(Array(line.utf8)[...]) { _ in }
        #expect(importer.columns.map(\.name) == ["a", "barcode"])
    }

    @Test(arguments: ["", "0", "  -  -  ", "00/00/0000", "0000-00-00 00:00:00", "FALSE", "f", "N", "no", "NULL", "\\N"])
    func `a column that says no is no sign of a loan, in whichever way it says it`(_ value: String) throws {
        let text = "barcode,due_date,lost,damaged,transit\n7,\(value),\(value),\(value),\n"
        let run = try ImporterRun(TableImporter.self, text)
        #expect(run.items.map(\.status) == [.available] && run.items.map(\.statusText) == [nil])
    }

    @Test(arguments: ["12-24-26", "2026-12-24", "t", "Y", "-1", "\u{2713}"])
    func `a column that says anything else is a sign of one`(_ value: String) throws {
        let run = try ImporterRun(TableImporter.self, "barcode,due_date,transit\n7,\(value),\n8,,NO\n")
        #expect(run.items.map(\.status) == [.onLoan, .inTransit])
        #expect(run.items.map(\.statusText) == ["due \(value)", "transit NO"])
    }

    @Test func `lines of JSON are read by paths and by names`() throws {
        let settings = ImportSettings(columns: ["barcode": "ids.code", "status": "state.name"])
        let text = #"""
            {"ids":{"code":"7"},"call_number":"QA 1","state":{"name":"Missing"}}
            {"ids":{"code":"8"},"call_number"
            [1]
            {"ids":{"code":"9"}}
            """#
        let run = try ImporterRun(JSONLinesImporter.self, text, settings: settings)
        #expect(run.items.map(\.barcode) == ["7", "9"])
        #expect(run.items.first?.status == .missing)
        #expect(run.rejected.map(\.line) == [2, 3])
        #expect(run.rejected.last?.cause == "found a value that is no object at byte 0 of the record, wanted JSON")
    }

    /// Tables of any system (ils §3.6), written so that a spreadsheet leaves them alone.
    @Test func `a barcode that is protected from spreadsheets is the barcode`() throws {
        let text = "barcode,call number\n=\"0007\",QA 1\n\"=\"\"0008\"\"\",\"=\"\" QA 2 \"\"\"\n=\"\",QA 3\n=9,QA 4\n"
        let run = try ImporterRun(TableImporter.self, text)
        #expect(run.items.map(\.barcode) == ["0007", "0008", "=9"])
        #expect(run.items.map(\.callNumber) == ["QA 1", "QA 2", "QA 4"])
        #expect(run.rejected.map(\.cause) == ["found no barcode"])
    }

    @Test(arguments: [1, 3, 1 << 16])
    func `a line in which a spreadsheet names its separator stands before the columns`(_ portion: Int) throws {
        let text = "sep=;\r\nbarcode;itemcallnumber;homebranch;title\r\n7;QA 1;MAIN;One, two\r\n"
        let guess = try #require(AllImporters.guess(firstBytes: Array(text.utf8)[...]))
        #expect(guess.profile == "koha")
        let run = try ImporterRun(KohaCSVImporter.self, text, portion: portion)
        #expect(run.items.map(\.title) == ["One, two"] && run.lines == [3] && run.rejected == [])
    }

    @Test(arguments: [1, 3, 1 << 16])
    func `an array of JSON objects is read as well, and a byte order mark is nothing`(_ portion: Int) throws {
        let array = """
            \u{FEFF}
            [
             {"barcode": "7"},
             {"barcode": "8",
              "call_number": "QA 1"}, {"barcode": ""}
            ]
            """
        let run = try ImporterRun(JSONLinesImporter.self, array, portion: portion)
        #expect(run.items.map(\.barcode) == ["7", "8"] && run.lines == [3, 4])
        #expect(run.rejected.map(\.line) == [5] && run.rejected.map(\.cause) == ["found no barcode"])
        let lines = try ImporterRun(JSONLinesImporter.self, "\u{FEFF}{\"barcode\":\"7\"}\n[1]\n", portion: portion)
        #expect(lines.items.map(\.barcode) == ["7"] && lines.rejected.map(\.line) == [2])
    }

    @Test func `items in any field of MARC are read by a site's map`() throws {
        let settings = ImportSettings(columns: ["item": "989", "barcode": "b", "status": "g", "location": "d"])
        let bytes = ISO2709Builder.record([("989", "  \u{1F}b7\u{1F}gon shelf\u{1F}dadult")])
        let run = try ImporterRun(MARCImporter.self, bytes, settings: settings)
        #expect(
            run.items == [
                Item(
                    barcode: "7",
                    scheme: .lcc,
                    location: "adult",
                    permanentLocation: "adult",
                    status: .available,
                    statusText: "on shelf"
                )
            ]
        )
    }

    @Test func `a rejected row is kept without a patron of a column in the site's own language`() throws {
        let settings = ImportSettings(columns: ["barcode": "Strichcode", "call-number": "Signatur"])
        let text = "Strichcode;Signatur;Entleiher\n;QA 1;Erika Muster\n7;QA 2\n"
        let run = try ImporterRun(TableImporter.self, text, settings: settings)
        #expect(run.items.isEmpty)
        #expect(run.rejected.map(\.text) == [";QA 1;", ""])
    }

    @Test func `a patron's barcode is never taken for an item's`() throws {
        let table = "patron.barcode,items.barcode,borrowers.title\nP4711,39070001,Ms\n"
        let lines = #"{"borrower.barcode":"P4711","item_barcode":"39070001","borrower.title":"Ms"}"#
        let runs = [try ImporterRun(TableImporter.self, table), try ImporterRun(JSONLinesImporter.self, lines)]
        for run in runs {
            #expect(run.items.map(\.barcode) == ["39070001"])
            #expect(run.items.allSatisfy { $0.title == nil })
            #expect(run.rejected.isEmpty)
            #expect(run.notices.contains { $0.contains("may name a patron: dropped") })
        }
    }

    @Test(
        arguments: [
            ("patron_id", true), ("Borrower Number", true), ("items.borrowernumber", true), ("CardNumber", true),
            ("userid", true), ("user", true), ("surname", true), ("Last Name", true), ("email", true),
            ("Entleiher", true), ("Benutzer-Nr.", true), ("Emprunteur", true), ("Lånernummer", true),
            ("Lesesaal", false),
            ("patron.barcode", true), ("Borrowers.title", true), ("loan.user.barcode", true), ("items.barcode", false),
            ("barcode", false), ("title", false), ("itemnumber", false), ("homebranch", false), ("used", false),
            ("Current User", true), ("circ_user", true), ("Last User Barcode", true), ("reusable", false),
            ("usage_count", false), ("Checked Out By", true), ("checkedOutTo", true), ("Lent to", true),
            ("Requested by", true), ("Reserved for", true), ("Student name", true), ("Leser", true),
            ("Ausgeliehen an", true), ("Usuari", true), ("Lainaaja", true), ("Asiakasnumero", true),
            ("Collector", false), ("Sekunden", false), ("Checked out", false), ("Hold status", false),
            ("Held", false), ("Loan type", false), ("Studio", false),
        ]
    )
    func `columns that may name a patron are known by their names`(_ name: String, _ isPatron: Bool) {
        #expect(PatronColumns.include(name) == isPatron)
    }

    @Test(
        arguments: [
            ("lcc", .lcc), ("LC", .lcc), ("DEWEY", .ddc), ("ddc", .ddc), ("nlm", .nlm), ("SuDocs", .sudoc),
            ("udc", .udc),
            ("ALPHANUM", .local), ("852-1", .ddc), ("3", .lcc), ("nonsense", nil), (nil, nil),
            // Evergreen's and Koha's own names, as reports have them, and FOLIO's identifiers (ils §3.2, §3.3, §3.5).
            ("Dewey (DDC)", .ddc), ("Library of Congress (LC)", .lcc), ("Generic", .local),
            ("SuDoc Classification (U.S. GPO)", .sudoc), ("Other/Generic Classification Scheme", .local),
            ("512173a7-bd09-490e-b773-17d83f2b63fe", .lcc), ("28927d76-e097-4f63-8510-e56f2b7a3ad0", .local),
            ("6caca63e-5651-4db6-9247-3205156e9699", .local), ("5ba6b62e-6858-490a-8102-5b1369873835", .local),
            ("DEWEYPER", .ddc), ("ASIS", .local),
        ] as [(String?, CallNumberScheme?)]
    )
    func `schemes are known by the words of every system`(_ word: String?, _ scheme: CallNumberScheme?) {
        #expect(CallNumberScheme(sourceWord: word) == scheme)
    }

    @Test(arguments: ["", "\u{0}\u{1}\u{2}", "hello\nworld\n", "<html><body>", "{\"a\":1}"])
    func `a file of no known kind is not guessed`(_ text: String) {
        #expect(AllImporters.guess(firstBytes: Array(text.utf8)[...]) == nil)
    }

    @Test func `importers are found by the names of the command line`() {
        #expect(AllImporters.named("koha") == KohaCSVImporter.self)
        #expect(AllImporters.named("aleph") == nil)
    }
}
