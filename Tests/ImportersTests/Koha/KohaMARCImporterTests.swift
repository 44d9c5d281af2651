import Importers
import Library
import Testing

@Suite struct KohaMARCImporterTests {
    @Test func `an item field of 952 becomes an item with the title of its record`() throws {
        let item =
            "  \u{1F}00\u{1F}10\u{1F}2ddc\u{1F}40\u{1F}6823_912000\u{1F}70\u{1F}8FIC\u{1F}9101\u{1F}aCPL\u{1F}bMPL\u{1F}cGEN"
            + "\u{1F}hv.2\u{1F}o823.912 ROW\u{1F}p39999000000017\u{1F}q2026-12-01\u{1F}r2026-10-02\u{1F}t1\u{1F}yBK\u{1F}l7"
        let bytes = ISO2709Builder.record([
            ("001", "55"), ("245", "10\u{1F}aA title :\u{1F}bwith more /"), ("952", item),
        ])
        let run = try ImporterRun(KohaMARCImporter.self, bytes)
        #expect(
            run.items == [
                Item(
                    barcode: "39999000000017",
                    itemIdentifier: "101",
                    recordIdentifier: "55",
                    title: "A title : with more",
                    callNumber: "823.912 ROW",
                    scheme: .ddc,
                    systemSortKey: "823_912000",
                    enumeration: "v.2",
                    copyNumber: "1",
                    homeBranch: "CPL",
                    holdingBranch: "MPL",
                    location: "GEN",
                    permanentLocation: "GEN",
                    collection: "FIC",
                    itemType: "BK",
                    status: .onLoan,
                    statusText: "due 2026-12-01",
                    lastSeen: "2026-10-02"
                )
            ]
        )
    }

    @Test func `records without items are counted in a notice`() throws {
        let without = ISO2709Builder.record([("001", "1"), ("245", "10\u{1F}aA")])
        let with = ISO2709Builder.record([("001", "2"), ("952", "  \u{1F}p1")])
        let run = try ImporterRun(KohaMARCImporter.self, with + without + without)
        #expect(run.items.count == 1)
        #expect(run.notices == ["2 records without an item in field 952, the first is record 2"])
    }

    @Test func `the fields of 995 are read from unimarc`() throws {
        let item = "  \u{1F}bLYON\u{1F}cLYON2\u{1F}eSALLE\u{1F}f7\u{1F}k840 HUG\u{1F}rAB\u{1F}n2026-12-01\u{1F}od"
        // $b of 200 is the kind of thing, and no part of the title (ils §3.2, UNIMARC sites).
        let title = "1 \u{1F}aLes Misérables\u{1F}bTexte imprimé\u{1F}eroman\u{1F}fVictor Hugo"
        let bytes = ISO2709Builder.record([("001", "9"), ("200", title), ("995", item)])
        let run = try ImporterRun(KohaUNIMARCImporter.self, bytes, settings: ImportSettings(defaultScheme: .ddc))
        #expect(
            run.items == [
                Item(
                    barcode: "7",
                    recordIdentifier: "9",
                    title: "Les Misérables : roman",
                    callNumber: "840 HUG",
                    scheme: .ddc,
                    homeBranch: "LYON",
                    holdingBranch: "LYON2",
                    location: "SALLE",
                    permanentLocation: "SALLE",
                    itemType: "AB",
                    status: .onLoan,
                    statusText: "due 2026-12-01"
                )
            ]
        )
    }

    /// UNIMARC sites write them around nearly every article (ils §3.2).
    @Test func `the controls around an article that is not filed are no part of a title`() throws {
        let unicode = ISO2709Builder.record([("200", "1 \u{1F}a\u{98}Les \u{9C}Misérables"), ("995", "  \u{1F}f7")])
        let french = try ImporterRun(KohaUNIMARCImporter.self, unicode)
        #expect(french.items.map(\.title) == ["Les Misérables"])
        let title = Array("10\u{1F}a".utf8) + [0x88] + Array("The ".utf8) + [0x89] + Array("hobbit".utf8)
        let marc8 = ISO2709Builder.record([("245", title), ("952", Array("  \u{1F}p7".utf8))], flags: "nam  22")
        let english = try ImporterRun(KohaMARCImporter.self, marc8)
        #expect(english.items.map(\.title) == ["The hobbit"])
    }

    /// Scripts/fuzz found records that were said to stand higher up than they do.
    @Test(arguments: [1, 2, 1 << 16])
    func `empty lines in front of the first record are counted`(_ portion: Int) throws {
        let run = try ImporterRun(KohaMARCImporter.self, "\u{FEFF}\n\n \n<record>", portion: portion)
        #expect(run.rejected.map(\.line) == [4])
    }

    @Test func `a file that is no MARC is refused by name`() {
        #expect(
            throws: ImportError.notThisFormat(found: "a file that begins with byte 98", wanted: "MARC 21 or MARCXML")
        ) {
            try ImporterRun(KohaMARCImporter.self, "barcode,title\n")
        }
    }
}
