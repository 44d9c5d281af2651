import Library
import Store
import Testing

struct HoldingsImportTests {
    /// An item with every field filled, so that a column out of order is seen.
    private static let full = Item(
        barcode: "39070001",
        otherBarcodes: ["11", "12"],
        itemIdentifier: "4711",
        recordIdentifier: "815",
        title: "The art of shelving",
        callNumber: "Z685 .S54 1999",
        scheme: .lcc,
        systemSortKey: "Z0685 S54 1999",
        enumeration: "v. 2",
        copyNumber: "c. 3",
        homeBranch: "MAIN",
        holdingBranch: "EAST",
        location: "NEW",
        permanentLocation: "STACKS",
        collection: "NONFIC",
        itemType: "BK",
        status: .inTransit,
        statusText: "to EAST",
        parts: 2,
        owner: "DE-12",
        lastSeen: "2025-11-03"
    )

    @Test func `every field of an item comes back`() throws {
        let store = try Store.inMemory()
        try store.importItems([Self.full, Item(barcode: "39070002")])
        let found = try store.item(barcode: "39070001")
        #expect(found?.item == Self.full)
        #expect(found?.key == ShelvedItem(filing: Self.full).key && found?.key != nil)
        #expect(try store.item(barcode: "39070002") == ShelvedItem(item: Item(barcode: "39070002"), key: nil))
        #expect(try store.item(barcode: "39070003") == nil)
    }

    @Test func `nothing is seen before the commit, everything after it`() throws {
        let store = try Store.inMemory()
        try store.importItems([Item(barcode: "1", title: "old")])
        let run = try store.beginImport(profile: "koha", source: "new.csv", at: .second(60))
        for number in 1...1200 { try run.add(Item(barcode: "\(number)", title: "new"), line: number + 1) }
        #expect(try store.item(barcode: "1")?.item.title == "old")
        #expect(try store.itemCount() == 1)
        let info = try run.commit(at: .second(61))
        #expect(info.itemCount == 1200 && info.source == "new.csv" && info.importedAt == .second(61))
        #expect(try store.snapshot() == info)
        #expect(try store.item(barcode: "1")?.item.title == "new")
        #expect(try store.item(barcode: "1200")?.item.title == "new")
    }

    @Test func `a second item with one barcode is rejected and names the line of the first`() throws {
        let store = try Store.inMemory()
        let run = try store.beginImport(profile: "koha", source: "items.csv", at: .second(0))
        try run.add(Item(barcode: "77", title: "first"), line: 2)
        try run.add(Item(barcode: "78"), line: 3)
        try run.add(Item(barcode: "77", title: "second"), line: 4)
        try run.reject(line: 5, cause: "no barcode", text: ",,QA 76")
        try run.add(Item(barcode: "77", title: "third"), line: 6)
        let info = try run.commit(at: .second(1))
        #expect(info.itemCount == 2 && info.rejectedCount == 3)
        #expect(try store.item(barcode: "77")?.item.title == "first")
        #expect(
            try store.rejections(snapshot: info.number) == [
                ImportRejection(line: 4, cause: "barcode 77 stands in line 2 already", text: ""),
                ImportRejection(line: 5, cause: "no barcode", text: ",,QA 76"),
                ImportRejection(line: 6, cause: "barcode 77 stands in line 2 already", text: ""),
            ]
        )
    }

    @Test func `an abandoned import leaves the current snapshot and no rows`() throws {
        let store = try Store.inMemory()
        try store.importItems([Item(barcode: "1", title: "old")])
        let run = try store.beginImport(profile: "koha", source: "dry.csv", at: .second(60))
        for number in 1...5000 { try run.add(Item(barcode: "\(number)", title: "new"), line: number + 1) }
        try run.reject(line: 5002, cause: "torn quoting", text: "\"")
        try run.finish()
        #expect(try store.rejections(snapshot: run.number).map(\.line) == [5002])
        try run.abandon()
        #expect(try store.item(barcode: "1")?.item.title == "old")
        #expect(try store.item(barcode: "5000") == nil)
        #expect(try store.rejections(snapshot: run.number) == [])
        #expect(try store.snapshots().map(\.number) == [1])
    }

    @Test func `the last snapshots are kept and the older ones dropped`() throws {
        let store = try Store.inMemory()
        for number in 1...5 { try store.importItems([Item(barcode: "\(number)")], at: .second(Int64(number))) }
        #expect(try store.snapshots().map(\.number) == [5, 4, 3])
        #expect(try store.item(barcode: "4") == nil)
        try store.importItems([Item(barcode: "6")], keeping: 0)
        #expect(try store.snapshots().map(\.number) == [6])
    }

    @Test func `more rejections than are kept are still counted`() throws {
        let store = try Store.inMemory()
        let run = try store.beginImport(profile: "koha", source: "bad.csv", at: .second(0))
        for line in 1...100_100 { try run.reject(line: line, cause: "no barcode", text: "") }
        let info = try run.commit(at: .second(1))
        #expect(info.rejectedCount == 100_100)
        #expect(try store.rejections(snapshot: info.number, limit: .max).count == 100_000)
        #expect(try store.rejections(snapshot: info.number, limit: 2, offset: 5).map(\.line) == [6, 7])
    }

    @Test func `doubles across branches name the branch of the first, however many there are`() throws {
        let store = try Store.inMemory()
        let run = try store.beginImport(profile: "koha", source: "items.csv", at: .second(0))
        try run.add(Item(barcode: "77", homeBranch: "MAIN"), line: 2)
        try run.add(Item(barcode: "77", homeBranch: "EAST"), line: 3)
        for line in 4..<70_004 { try run.add(Item(barcode: "78"), line: line) }
        let info = try run.commit(at: .second(1))
        #expect(info.itemCount == 2)
        #expect(info.rejectedCount == 70_000)
        let rejections = try store.rejections(snapshot: info.number, limit: 3)
        #expect(
            rejections.map(\.cause) == [
                "barcode 77 stands in line 2 already, for branch MAIN", "barcode 78 stands in line 4 already",
                "barcode 78 stands in line 4 already",
            ]
        )
    }

    @Test func `a rejected double leaves no further barcode that would mean the first item`() throws {
        let store = try Store.inMemory()
        let info = try store.importItems([
            Item(barcode: "77", otherBarcodes: ["a", "b"]), Item(barcode: "77", otherBarcodes: ["b", "c"]),
        ])
        #expect(info.itemCount == 1 && info.rejectedCount == 1)
        #expect(try store.names(ofItem: "77") == ItemNames(own: "77", others: ["a", "b"]))
        #expect(try store.item(barcode: "b")?.item.barcode == "77")
        #expect(try store.item(barcode: "c") == nil)
    }

    @Test func `an item is found by each of its barcodes, and its own comes first`() throws {
        let store = try Store.inMemory()
        try store.importItems([Self.full, Item(barcode: "12", title: "another")])
        #expect(try store.item(barcode: "11")?.item == Self.full)
        #expect(try store.item(barcode: "12")?.item.title == "another")
        #expect(try store.items(barcodes: ["11", "39070001"]).count == 2)
    }

    @Test func `call numbers that cannot be filed are counted and the first ones named`() throws {
        let store = try Store.inMemory()
        let run = try store.beginImport(profile: "koha", source: "items.csv", at: .second(0))
        for number in 0..<30 { try run.add(Item(barcode: "\(number)", callNumber: "???", scheme: .lcc), line: number) }
        try run.add(Item(barcode: "a", callNumber: "QA 76", scheme: .lcc), line: 40)
        try run.add(Item(barcode: "b"), line: 41)
        #expect(run.unsortedCount == 30)
        #expect(run.unsorted.count == 20)
        #expect(run.unsorted.first?.callNumber == "???")
        _ = try run.commit(at: .second(1))
        #expect(try store.item(barcode: "3")?.key == nil)
        #expect(try store.item(barcode: "a")?.key != nil)
    }

    @Test func `a site that trusts the library system's key gets its order`() throws {
        let store = try Store.inMemory()
        var rules = ShelfOrderRules.standard
        rules.trustsSystemKey = true
        let run = try store.beginImport(profile: "koha", source: "items.csv", at: .second(0), rules: rules)
        try run.add(Item(barcode: "1", callNumber: "QA 1", scheme: .lcc, systemSortKey: "B"), line: 2)
        try run.add(Item(barcode: "2", callNumber: "QA 2", scheme: .lcc, systemSortKey: "A"), line: 3)
        _ = try run.commit(at: .second(1))
        #expect(try store.items(in: SweepScope()).map(\.item.barcode) == ["2", "1"])
    }
}
