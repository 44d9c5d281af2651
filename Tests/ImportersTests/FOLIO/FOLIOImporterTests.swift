import Importers
import Library
import Testing

@Suite struct FOLIOImporterTests {
    @Test func `an item takes its title from the instance that came before it`() throws {
        let text = #"""
            {"instances":[{"id":"i1","title":"Moby Dick"},{"id":"i2","title":"Other"}],"totalRecords":2}
            {"holdingsRecords":[{"id":"h1","instanceId":"i1"}],"totalRecords":1}
            {"items":[{"id":"u1","hrid":"it001","holdingsRecordId":"h1","barcode":"7","effectiveShelvingOrder":"PS 42384",
            "effectiveCallNumberComponents":{"callNumber":"PS2384 .M6","prefix":"REF","suffix":"Folio",
            "typeId":"95467209-6d7b-468b-94df-0f5d7ad2747d"},"volume":"v.2","copyNumber":"1","numberOfPieces":"2",
            "status":{"name":"Awaiting pickup","date":"2026-01-01"},"effectiveLocationId":"loc1","permanentLocationId":"loc2",
            "temporaryLocationId":"loc1","materialTypeId":"book",
            "lastCheckIn":{"dateTime":"2026-10-02","staffMemberId":"secret"}}],"totalRecords":1}
            """#
        let run = try ImporterRun(FOLIOImporter.self, text)
        #expect(
            run.items == [
                Item(
                    barcode: "7",
                    itemIdentifier: "it001",
                    recordIdentifier: "i1",
                    title: "Moby Dick",
                    callNumber: "REF PS2384 .M6 Folio",
                    scheme: .lcc,
                    systemSortKey: "PS 42384",
                    enumeration: "v.2",
                    copyNumber: "1",
                    location: "loc1",
                    permanentLocation: "loc2",
                    itemType: "book",
                    status: .onHoldShelf,
                    statusText: "Awaiting pickup",
                    parts: 2,
                    lastSeen: "2026-10-02"
                )
            ]
        )
        #expect(run.notices == ["member lastCheckIn.staffMemberId may name a patron: dropped"])
        #expect(!"\(run)".contains("secret"))
    }

    /// All three are fields of an item (ils §3.5); issues of one volume differ in the second or third alone.
    @Test func `volume, enumeration and chronology tell one volume from another together`() throws {
        let text = #"""
            {"items":[{"barcode":"7","volume":"v.5","enumeration":"no.3","chronology":"1999"},
            {"barcode":"8","enumeration":"v.5","chronology":" "},{"barcode":"9","volume":"1999","chronology":"1999"},
            {"barcode":"10"}]}
            """#
        let run = try ImporterRun(FOLIOImporter.self, text)
        #expect(run.items.map(\.enumeration) == ["v.5 no.3 1999", "v.5", "1999", nil])
    }

    /// The table of titles is kept in memory, and a character may have any number of accents.
    @Test(arguments: [
        (String(repeating: "é", count: 130), String(repeating: "é", count: 120)),
        ("a" + String(repeating: "\u{301}", count: 5000), "a" + String(repeating: "\u{301}", count: 239)),
        (String(repeating: "𝄞", count: 120), String(repeating: "𝄞", count: 120)),
    ])
    func `what is kept of a title is bounded`(_ title: String, _ kept: String) throws {
        let pages = """
            {"instances":[{"id":"i1","title":"\(title)"}],"totalRecords":1}
            {"items":[{"barcode":"7","instanceId":"i1"}],"totalRecords":1}
            """
        let run = try ImporterRun(FOLIOImporter.self, pages)
        #expect(run.items.map { $0.title.map { Array($0.utf8) } } == [Array(kept.utf8)])
    }

    @Test func `what is too long for an identifier is none`() throws {
        let long = String(repeating: "i", count: 65)
        let pages = """
            {"instances":[{"id":"\(long)","title":"T"}],"totalRecords":1}
            {"items":[{"barcode":"7","instanceId":"\(long)"}],"totalRecords":1}
            """
        let run = try ImporterRun(FOLIOImporter.self, pages)
        #expect(run.items.map(\.barcode) == ["7"] && run.items.map(\.title) == [nil])
    }

    @Test func `items of the inventory view bring title and names of places themselves`() throws {
        let text = #"""
            {"items":[{"id":"u1","barcode":"7","title":"Moby Dick","callNumber":"PS 1","status":{"name":"Available"},
            "effectiveLocation":{"id":"x","name":"Main stacks"},"materialType":{"name":"book"},
            "itemDamagedStatusId":"54d1dd76-ea33-4bcb-955b-6b29df4f7930"}]}
            """#
        let run = try ImporterRun(FOLIOImporter.self, text)
        #expect(
            run.items == [
                Item(
                    barcode: "7",
                    itemIdentifier: "u1",
                    title: "Moby Dick",
                    callNumber: "PS 1",
                    scheme: .lcc,
                    location: "Main stacks",
                    permanentLocation: "Main stacks",
                    itemType: "book",
                    status: .damaged,
                    statusText: "Available, damaged"
                )
            ]
        )
    }

    @Test func `places are called by the names that came before, and where there are none it is told`() throws {
        let places = #"{"locations":[{"id":"l1","name":"Display"},{"id":"l2","name":"Stacks"}],"totalRecords":2}"#
        let stored = #"""
            {"items":[{"barcode":"7","temporaryLocationId":"l1","effectiveLocationId":"l1","permanentLocationId":"l2"},
            {"barcode":"8","effectiveLocationId":"53cf956f-c1df-410b-8bea-27f712cca7c0"}]}
            """#
        let changed = #"""
            {"items":[{"barcode":"7","temporaryLocation":{"id":"l1","name":"old name"},
            "permanentLocation":{"id":"l2","name":"old name"}},
            {"barcode":"8","effectiveLocation":{"id":"53cf956f-c1df-410b-8bea-27f712cca7c0","name":"Annex"}}]}
            """#
        var settings = ImportSettings()
        settings.isUpdate = true
        let whole = try ImporterRun(FOLIOImporter.self, places + stored)
        #expect(whole.items.map(\.location) == ["Display", "53cf956f-c1df-410b-8bea-27f712cca7c0"])
        #expect(whole.items.first?.permanentLocation == "Stacks")
        let told = ["places are told by their identifiers alone: let the user of the pull see locations"]
        #expect(whole.notices == told)
        let update = try ImporterRun(FOLIOImporter.self, places + changed, settings: settings)
        #expect(update.items == whole.items && update.notices == told)
    }

    @Test func `changes call places what a whole pull calls them`() throws {
        let stored = #"""
            {"items":[{"barcode":"7","temporaryLocationId":"l1","effectiveLocationId":"l1","permanentLocationId":"l2",
            "materialTypeId":"m1"},{"barcode":"8","effectiveLocationId":"l3"}]}
            """#
        let changed = #"""
            {"items":[{"barcode":"7","temporaryLocation":{"id":"l1","name":"Display"},
            "effectiveLocation":{"id":"l1","name":"Display"},"permanentLocation":{"id":"l2","name":"Stacks"},
            "materialType":{"id":"m1","name":"book"}},{"barcode":"8","effectiveLocation":{"id":"l3","name":"Annex"}}]}
            """#
        var settings = ImportSettings()
        settings.isUpdate = true
        let whole = try ImporterRun(FOLIOImporter.self, stored)
        #expect(try ImporterRun(FOLIOImporter.self, changed, settings: settings).items == whole.items)
        #expect(whole.items.map(\.location) == ["l1", "l3"])
    }

    @Test(
        arguments: [
            ("Available", .available), ("Checked out", .onLoan), ("In transit", .inTransit),
            ("Awaiting pickup", .onHoldShelf), ("Awaiting delivery", .onHoldShelf), ("Paged", .inProcess),
            ("On order", .inProcess), ("In process", .inProcess), ("In process (non-requestable)", .inProcess),
            ("Claimed returned", .claimedReturned), ("Declared lost", .lost), ("Aged to lost", .lost),
            ("Lost and paid", .lost), ("Missing", .missing), ("Long missing", .missing), ("Order closed", .inProcess),
            ("Intellectual item", .unknown), ("Restricted", .notForLoan), ("Unavailable", .unknown),
            ("Unknown", .unknown), ("Withdrawn", .withdrawn),
        ] as [(String, ItemStatus)]
    )
    func `every status name has its place in the vocabulary`(_ name: String, _ status: ItemStatus) throws {
        let run = try ImporterRun(FOLIOImporter.self, #"{"items":[{"barcode":"1","status":{"name":"\#(name)"}}]}"#)
        #expect(run.items.map(\.status) == [status])
        #expect(run.items.map(\.statusText) == [name])
    }
}
