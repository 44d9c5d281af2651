import Library
import Store
import Testing

struct StoreHoldingsTests {
    private static func item(
        _ barcode: String,
        _ callNumber: String?,
        branch: String? = "MAIN",
        location: String? = "STACKS",
        status: ItemStatus = .available
    ) -> Item {
        Item(
            barcode: barcode,
            callNumber: callNumber,
            scheme: .lcc,
            homeBranch: branch,
            permanentLocation: location,
            status: status
        )
    }

    private static let shelf = [
        item("9", "QA 77"),
        item("1", "QA 75"),
        item("3", "QA 76.9"),
        item("2", "QA 76.1"),
        item("4", "QA 76.5", status: .onLoan),
        item("5", "QA 76.5", location: "REF"),
        item("6", "QA 76.5", branch: "EAST"),
        item("7", nil),
        item("8", "QA 76.1"),
        item("10", "QA 76.2", branch: nil, status: .notForLoan),
    ]

    private func barcodes(_ scope: SweepScope) throws -> [String] {
        let store = try Store.inMemory()
        try store.importItems(Self.shelf)
        return try store.items(in: scope).map(\.item.barcode)
    }

    private func span(_ from: String?, _ to: String?) throws -> CallNumberSpan {
        try CallNumberSpan(from: from, to: to, scheme: .lcc)
    }

    @Test func `a stretch of shelf comes in shelf order without what is away or belongs elsewhere`() throws {
        let scope = try SweepScope(branch: "MAIN", location: "STACKS", callNumbers: span("QA 76", "QA 76"))
        #expect(try barcodes(scope) == ["2", "8", "10", "3"])
    }

    @Test func `an open end reaches to the end of the shelf`() throws {
        #expect(try barcodes(SweepScope(location: "STACKS", callNumbers: span("QA 76.9", nil))) == ["3", "9"])
        #expect(try barcodes(SweepScope(location: "STACKS", callNumbers: span(nil, "QA 75"))) == ["1"])
    }

    @Test func `without a stretch the items that cannot be filed come last`() throws {
        #expect(try barcodes(SweepScope(branch: "MAIN", location: "STACKS")) == ["1", "2", "8", "10", "3", "9", "7"])
    }

    @Test func `other statuses can be asked for`() throws {
        #expect(try barcodes(SweepScope(location: "STACKS", statuses: [.onLoan])) == ["4"])
    }

    @Test func `a scope that matches nothing is empty`() throws {
        #expect(try barcodes(SweepScope(location: "NOWHERE")) == [])
    }

    @Test func `an item whose branch is not told is expected in every branch`() throws {
        #expect(try barcodes(SweepScope(branch: "WEST")) == ["10"])
    }

    @Test func `a collection is all of its items that the rest of the scope lets through`() throws {
        let store = try Store.inMemory()
        var items = Self.shelf
        for place in items.indices where place % 2 == 0 { items[place].collection = "FIC" }
        try store.importItems(items)
        let everywhere = try store.items(in: SweepScope(collection: "FIC"))
        #expect(everywhere.map(\.item.barcode) == ["8", "6", "3", "9"])
        let here = try store.items(in: SweepScope(branch: "MAIN", collection: "FIC"))
        #expect(here.map(\.item.barcode) == ["8", "3", "9"])
        #expect(try store.items(in: SweepScope(collection: "JUV")).isEmpty)
    }

    @Test func `of more places than are wanted those with the most items are told, in the order of the alphabet`()
        async throws
    {
        let store = try Store.inMemory()
        #expect(try await store.places(limit: 9).isEmpty)
        try store.importItems(Self.shelf)
        let places = try await store.places(limit: 9)
        #expect(places.map(\.items) == [1, 1, 1, 7])
        #expect(places.map(\.branch) == [nil, "EAST", "MAIN", "MAIN"])
        #expect(places.map(\.location) == ["STACKS", "STACKS", "REF", "STACKS"])
        #expect(try await store.places(limit: 1).map(\.items) == [7])
    }

    @Test func `several barcodes are looked up at once and unknown ones left out`() throws {
        let store = try Store.inMemory()
        #expect(try store.items(barcodes: ["1"]).isEmpty)
        try store.importItems(Self.shelf)
        let found = try store.items(barcodes: ["1", "nobody", "9", "1"])
        #expect(Set(found.keys) == ["1", "9"])
        #expect(found["9"]?.item.callNumber == "QA 77")
    }
}
