import Library
import Store
import Tags
import Testing

struct StoreTagsTests {
    private static let record = TagRecord(
        uid: TagUID(0xE004_0150_3309_CE74),
        barcode: "39070001",
        model: "iso28560-3",
        setInformation: SetInformation(total: 3, ordinal: 2),
        owner: "DE-12",
        afi: 0x07,
        readAt: .second(10)
    )

    @Test func `what was read of a tag comes back whole, also a UID above the signed range`() throws {
        let store = try Store.inMemory()
        let blank = TagRecord(uid: TagUID(.max), barcode: nil, model: "blank", readAt: .second(11))
        try store.remember([Self.record, blank])
        #expect(try store.tag(uid: Self.record.uid) == Self.record)
        #expect(try store.tag(uid: blank.uid) == blank)
        #expect(try store.tag(uid: .number(9)) == nil)
        #expect(try store.tags(uids: [Self.record.uid, .number(9)]) == [Self.record.uid: Self.record])
    }

    @Test func `a newer reading replaces, an older one that comes late does not`() throws {
        let store = try Store.inMemory()
        var newer = Self.record
        newer.barcode = "39070009"
        newer.setInformation = nil
        newer.readAt = .second(20)
        try store.remember([Self.record])
        try store.remember([newer])
        try store.remember([Self.record])
        #expect(try store.tag(uid: Self.record.uid) == newer)
        #expect(try store.tags(ofItem: "39070001") == [])
    }

    @Test func `what is read now replaces what a clock that had run ahead dated later`() throws {
        let store = try Store.inMemory()
        var ahead = Self.record
        ahead.readAt = .second(3610)
        try store.remember([ahead], by: .second(3610))
        var now = Self.record
        now.barcode = "39070009"
        try store.remember([now], by: .second(12))
        #expect(try store.tag(uid: Self.record.uid) == now)
        // What comes late is older all the same.
        var late = Self.record
        late.readAt = .second(9)
        try store.remember([late], by: .second(13))
        #expect(try store.tag(uid: Self.record.uid) == now)
    }

    @Test func `the tags of one barcode come in the order of their UIDs`() throws {
        let store = try Store.inMemory()
        let parts = [3, 1, 2].map { serial in
            TagRecord(uid: .number(serial), barcode: "55", model: "iso28560-2", readAt: .second(0))
        }
        try store.remember(parts)
        #expect(try store.tags(ofItem: "55").map(\.uid) == [.number(1), .number(2), .number(3)])
    }

    @Test func `an item's tags are found under every barcode that is its alone`() throws {
        let store = try Store.inMemory()
        let work = try store.beginImport(profile: "test", source: "test", at: .second(1))
        try work.add(Item(barcode: "55", otherBarcodes: ["old 55", "both", "77"]), line: 1)
        try work.add(Item(barcode: "66", otherBarcodes: ["both"]), line: 2)
        try work.add(Item(barcode: "77"), line: 3)
        _ = try work.commit(at: .second(2))
        let names = ItemNames(own: "55", others: ["old 55"])
        #expect(try store.names(ofItem: "55") == names && store.names(ofItem: "old 55") == names)
        #expect(try store.names(ofItem: "77") == ItemNames(own: "77"))
        #expect(try store.names(ofItem: "unknown") == ItemNames(own: "unknown"))
        let tags = ["55", "old 55", "both", "77"].enumerated().map { serial, barcode in
            TagRecord(uid: .number(UInt64(serial)), barcode: barcode, model: "iso28560-2", readAt: .second(0))
        }
        try store.remember(tags)
        #expect(try store.tags(ofItem: "old 55").map(\.uid) == [.number(0), .number(1)])
    }
}
