import Library
import Store
import Testing

private let noon = Moment(milliseconds: 1_767_348_000_000)

@Test func `a return is kept once, oldest first, with item and time and nothing else`() throws {
    let store = try Store.inMemory()
    try store.storeReturn(of: "B0002", at: noon)
    try store.storeReturn(of: "B0001", at: noon + .seconds(1))
    try store.storeReturn(of: "B0002", at: noon + .seconds(2))
    #expect(
        try store.storedReturns() == [
            StoredReturn(id: 1, barcode: "B0002", at: noon),
            StoredReturn(id: 2, barcode: "B0001", at: noon + .seconds(1)),
        ]
    )
}

@Test func `a return that was not taken keeps its reason until somebody has settled it`() throws {
    let store = try Store.inMemory()
    try store.storeReturn(of: "B0001", at: noon)
    try store.setConflict(of: 1, to: "the library system keeps it on loan")
    #expect(try store.storedReturns().first?.conflict == "the library system keeps it on loan")
    #expect(try store.settleReturn(1))
    #expect(try !store.settleReturn(1))
    #expect(try store.storedReturns().isEmpty)
}

@Test func `a return of an item whose last one was not taken is told again`() throws {
    let store = try Store.inMemory()
    try store.storeReturn(of: "B0001", at: noon)
    try store.setConflict(of: 1, to: "the library system keeps it on loan")
    try store.storeReturn(of: "B0001", at: noon + .seconds(60))
    #expect(try store.storedReturns() == [StoredReturn(id: 1, barcode: "B0001", at: noon + .seconds(60))])
}
