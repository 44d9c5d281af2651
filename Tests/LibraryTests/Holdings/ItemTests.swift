import Library
import Testing

@Suite struct ItemTests {
    @Test(
        arguments: [
            (.available, true), (.notForLoan, true), (.damaged, true), (.onLoan, false), (.inTransit, false),
            (.onHoldShelf, false), (.lost, false), (.missing, false), (.claimedReturned, false), (.withdrawn, false),
            (.inProcess, false), (.unknown, false),
        ] as [(ItemStatus, Bool)]
    )
    func `only available, not for loan and damaged items should stand on their shelf`(
        _ status: ItemStatus,
        _ belongs: Bool
    ) {
        #expect(status.belongsOnShelf == belongs)
        #expect(ItemStatus(rawValue: status.rawValue) == status)
    }

    @Test func `an item with a barcode alone is available and filed locally`() {
        let item = Item(barcode: "7")
        #expect(item.status == .available)
        #expect(item.scheme == .local)
        #expect(item.callNumber == nil)
    }
}
