import Library
import Store
import Tags
import Testing

@Suite struct StoreTagLifeTests {
    private let uid = TagUID(0xE004_0150_0000_0001)
    private let other = TagUID(0xE004_0150_0000_0002)

    private func record(_ second: Int64, parts: Int = 1) -> TagRecord {
        TagRecord(
            uid: uid,
            barcode: "3010",
            model: "iso28560-3",
            setInformation: SetInformation(total: parts, ordinal: 1),
            readAt: .second(second)
        )
    }

    @Test func `a tag is first met when it is read first, whatever is read later`() throws {
        let store = try Store.inMemory()
        for second in [10, 20, 30] as [Int64] { try store.remember([record(second)]) }
        let life = try store.life(of: uid)
        #expect(life.first?.at == .second(10) && life.last?.at == .second(30))
        #expect(life.record?.barcode == "3010")
        #expect(try store.life(of: other) == TagLife())
    }

    @Test func `writes to its memory are counted by their end, with the last trouble`() throws {
        let store = try Store.inMemory()
        try store.count(.done, to: uid, at: .second(1), on: "pad-1")
        try store.count(.failed, to: uid, at: .second(2), on: "pad-1", trouble: "block 3: not as written")
        try store.count(.uncertain, to: uid, at: .second(3), on: "pad-1", trouble: "tag lost")
        try store.count(.done, to: uid, at: .second(4), on: "pad-1")
        let writes = try store.life(of: uid).memory
        #expect(writes.tried == 4)
        #expect(writes.done == 2)
        #expect(writes.failed == 1)
        #expect(writes.uncertain == 1)
        #expect(writes.lastAt == .second(4) && writes.lastTrouble == "tag lost")
        #expect(try store.life(of: other).memory.tried == 0)
    }

    private func flip(
        _ store: Store,
        _ second: Int64,
        _ outcome: SecurityOutcome,
        readBack: [TagUID: SecurityMark]
    ) throws {
        let intent = SecurityIntent(
            barcode: "3010",
            changes: [uid, other].map {
                SecurityChange(uid: $0, before: SecurityMark(afi: 0x07), wanted: SecurityMark(afi: 0xC2))
            },
            wanted: .disarmed,
            cause: .staff,
            reader: "pad-1",
            at: .second(second)
        )
        let id = try store.record(intent)
        let result = SecurityResult(outcome: outcome, reason: "\(outcome)", readBack: readBack)
        try store.record(result, of: id, at: .second(second + 1))
    }

    @Test func `of its theft bit each tag has its own account, though several are changed together`() throws {
        let store = try Store.inMemory()
        let (old, new) = (SecurityMark(afi: 0x07), SecurityMark(afi: 0xC2))
        try flip(store, 10, .done, readBack: [uid: new, other: new])
        try flip(store, 20, .mixed, readBack: [uid: new, other: old])
        try flip(store, 30, .uncertain, readBack: [uid: old])
        try flip(store, 40, .declined, readBack: [:])
        let first = try store.life(of: uid)
        #expect(first.security.tried == 3)
        #expect(first.security.done == 2)
        #expect(first.security.failed == 0)
        #expect(first.security.uncertain == 1 && first.security.lastTrouble == "uncertain")
        let second = try store.life(of: other)
        #expect(second.security.tried == 3)
        #expect(second.security.done == 1)
        #expect(second.security.failed == 1)
        #expect(first.first == TagLife.Meeting(at: .second(10), reader: "pad-1"))
    }

    @Test func `a sweep says where a tag was met, unless its item has several`() throws {
        for parts in [1, 2] {
            let store = try Store.inMemory()
            try store.remember([record(50, parts: parts)])
            let sweep = try store.startSweep(SweepScope(), at: .second(0))
            try store.append(
                [Sighting(uid: uid, barcode: "3010", reader: "wand-1", at: .second(90), pass: 1)],
                to: sweep.id
            )
            let last = try store.life(of: uid).last
            #expect(
                last == (parts == 1 ? .init(at: .second(90), reader: "wand-1") : .init(at: .second(50), reader: nil))
            )
        }
    }

    @Test func `tags are counted by what they say`() throws {
        let store = try Store.inMemory()
        for (number, afi) in [0x07, 0x07, 0xC2].enumerated() {
            try store.remember([
                TagRecord(
                    uid: TagUID(UInt64(number + 1)),
                    barcode: "\(number)",
                    model: "raw",
                    owner: "DE-1",
                    afi: UInt8(afi),
                    readAt: .second(1)
                )
            ])
        }
        try store.remember([TagRecord(uid: TagUID(9), barcode: nil, model: "blank", afi: 0, readAt: .second(1))])
        let counts = try store.tagCounts().sorted { $0.count > $1.count }
        #expect(
            counts == [
                TagCount(owner: "DE-1", afi: 0x07, count: 2), TagCount(owner: "DE-1", afi: 0xC2, count: 1),
            ]
        )
    }
}
