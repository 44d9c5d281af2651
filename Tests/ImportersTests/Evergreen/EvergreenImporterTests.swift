import Importers
import Library
import Testing

@Suite struct EvergreenImporterTests {
    @Test func `the first b of 852 owns the item and the second circulates it`() throws {
        let items = [
            "4 \u{1F}aOL\u{1F}bBR1\u{1F}bBR2\u{1F}cStacks\u{1F}kREF\u{1F}jML 60 R100\u{1F}mFolio\u{1F}gbook\u{1F}p1001"
                + "\u{1F}sChecked out\u{1F}t2\u{1F}xnonreference\u{1F}y12.00",
            "0 \u{1F}bBR3\u{1F}jML 60\u{1F}p1002\u{1F}sAvailable\u{1F}xnonreference\u{1F}xnoncirculating",
        ]
        let bytes = ISO2709Builder.record([("001", "9"), ("245", "00\u{1F}aRondo")] + items.map { ("852", $0) })
        let run = try ImporterRun(EvergreenMARCImporter.self, bytes, settings: ImportSettings(defaultScheme: .local))
        #expect(
            run.items == [
                Item(
                    barcode: "1001",
                    recordIdentifier: "9",
                    title: "Rondo",
                    callNumber: "REF ML 60 R100 Folio",
                    scheme: .local,
                    copyNumber: "2",
                    homeBranch: "BR1",
                    holdingBranch: "BR2",
                    location: "Stacks",
                    permanentLocation: "Stacks",
                    itemType: "book",
                    status: .onLoan,
                    statusText: "Checked out"
                ),
                Item(
                    barcode: "1002",
                    recordIdentifier: "9",
                    title: "Rondo",
                    callNumber: "ML 60",
                    scheme: .lcc,
                    homeBranch: "BR3",
                    holdingBranch: "BR3",
                    status: .notForLoan,
                    statusText: "Available, not for loan noncirculating"
                ),
            ]
        )
    }

    @Test func `columns of a report are known by the reporter's labels and by the tables' names`() throws {
        let text = """
            Barcode,prefix,label,suffix,label_class,label_sortkey,owning_lib,circ_lib,Shelving Location,Circ Modifier,Copy Status
            1,REF,QA 76,,3,QA0076,BR1,BR2,Stacks,book,Reshelving
            2,,823 ROW,,2,823_ROW,BR1,BR1,Stacks,book,Long Overdue
            """
        let run = try ImporterRun(EvergreenTableImporter.self, text)
        #expect(
            run.items == [
                Item(
                    barcode: "1",
                    callNumber: "REF QA 76",
                    scheme: .lcc,
                    systemSortKey: "QA0076",
                    homeBranch: "BR1",
                    holdingBranch: "BR2",
                    location: "Stacks",
                    permanentLocation: "Stacks",
                    itemType: "book",
                    status: .available,
                    statusText: "Reshelving"
                ),
                Item(
                    barcode: "2",
                    callNumber: "823 ROW",
                    scheme: .ddc,
                    systemSortKey: "823_ROW",
                    homeBranch: "BR1",
                    holdingBranch: "BR1",
                    location: "Stacks",
                    permanentLocation: "Stacks",
                    itemType: "book",
                    status: .lost,
                    statusText: "Long Overdue"
                ),
            ]
        )
    }

    @Test func `a prefix of the database that says nothing stands before no call number`() throws {
        let text = "barcode,circ_lib,prefix,label,suffix,label_class\n1,4,-1,QA 76,-1,3\n2,4,REF,QA 77,-1,3\n"
        let run = try ImporterRun(EvergreenTableImporter.self, text)
        #expect(run.items.map(\.callNumber) == ["QA 76", "REF QA 77"])
    }

    @Test(
        arguments: [
            ("0", .available, "Available"), ("1", .onLoan, "Checked out"), ("3", .lost, "Lost"),
            ("4", .missing, "Missing"), ("6", .inTransit, "In transit"), ("7", .available, "Reshelving"),
            ("8", .onHoldShelf, "On holds shelf"), ("13", .withdrawn, "Discard/Weed"), ("14", .damaged, "Damaged"),
            ("15", .onHoldShelf, "On reservation shelf"), ("16", .lost, "Long Overdue"), ("10", .unknown, "ILL"),
            ("100", .unknown, "100"), ("-1", .unknown, "-1"), ("Checked out", .onLoan, "Checked out"),
        ] as [(String, ItemStatus, String)]
    )
    func `a status is known by its name and by its number in the database`(
        _ told: String,
        _ status: ItemStatus,
        _ words: String
    ) throws {
        let text = "barcode,circ_lib,circ_modifier,status\n1,BR1,book,\(told)\n"
        #expect(AllImporters.guess(firstBytes: Array(text.utf8)[...])?.profile == "evergreen-csv")
        let run = try ImporterRun(EvergreenTableImporter.self, text)
        #expect(run.items.map(\.status) == [status] && run.items.map(\.statusText) == [words])
    }
}
