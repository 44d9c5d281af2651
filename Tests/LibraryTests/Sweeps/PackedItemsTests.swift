import Testing

@testable import Library

struct PackedItemsTests {
    @Test func `an item comes out as it went in, with every field or none`() {
        let bare = ShelvedItem(item: Item(barcode: "1"), key: nil)
        let full = ShelvedItem(
            item: Item(
                barcode: "30123000000017",
                itemIdentifier: "i",
                recordIdentifier: "r",
                title: "Nôtre Dame",
                callNumber: "QA 76",
                scheme: .lcc,
                systemSortKey: "s",
                enumeration: "v. 2",
                copyNumber: "c. 3",
                homeBranch: "MAIN",
                holdingBranch: "EAST",
                location: "REF",
                permanentLocation: "STACKS",
                collection: "C",
                itemType: "BK",
                status: .claimedReturned,
                statusText: "words",
                parts: 12,
                owner: "DE-12",
                lastSeen: "2026-01-02"
            ),
            key: ShelfKey(bytes: Array(repeating: 7, count: 300))
        )
        var packed = PackedItems()
        #expect(packed.add(bare) == 0 && packed.add(full) == 1)
        #expect(packed[0] == bare && packed[1] == full)
        #expect(packed.barcode(1) == "30123000000017" && packed.callNumber(1) == "QA 76")
        #expect(packed.key(0) == nil && packed.key(1) == full.key)
    }

    @Test func `ten thousand items are found by barcode, others are not, and none twice`() {
        var packed = PackedItems()
        for book in SimulatedShelf.books(10_000) { packed.add(book) }
        #expect(packed.add(SimulatedShelf.books(1)[0]) == nil)
        #expect(packed.count == 10_000)
        #expect((0..<10_000).allSatisfy { packed.number(of: SimulatedShelf.barcode($0)) == $0 })
        #expect(packed.number(of: SimulatedShelf.barcode(10_000)) == nil && packed.number(of: "") == nil)
    }
}
