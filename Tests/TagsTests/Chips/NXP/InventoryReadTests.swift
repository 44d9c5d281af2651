import Tags
import Testing
import Wire

@Suite struct InventoryReadTests {
    /// Shared frames F148, F149, F151, F152.
    @Test(
        arguments: [
            ("26A0040000078286", .init(slots: .one, withUID: false, blocks: 0..<8)),
            ("66A004000000ECF0", .init(slots: .one, blocks: 0..<1)),
            ("56A10407000007152C", .init(slots: .sixteen, afi: 0x07, fast: true, blocks: 0..<8)),
            (
                "26A00480127DEA",
                .init(slots: .one, withUID: false, extended: [.wholeUID, .withoutData], blocks: nil)
            ),
        ] as [(String, NXP.InventoryRead)]
    )
    func `an inventory read is written and read byte for byte`(hex: String, request: NXP.InventoryRead) throws {
        #expect(Hex.string(request.onAir) == hex)
        #expect(try NXP.InventoryRead(ISO15693.FrameCheck.opening(Hex.bytes(hex))) == request)
    }

    @Test func `the UID is put together from mask, slot and the bytes sent`() throws {
        // The data sheet's example: mask of 30 bits, sixteen slots, so UID4 to UID7 are sent.
        let uid = TagUID(0xE004_0150_B902_C691)
        let mask = try #require(ISO15693.Mask(length: 30, value: uid.rawValue))
        let slot = Int(mask.bits(above: uid, count: 4))
        let request = NXP.InventoryRead(slots: .sixteen, mask: mask, blocks: 0..<1)
        #expect(request.uidBytes == 4)
        let frame = ISO15693.FrameCheck.sealing([0x00, 0x50, 0x01, 0x04, 0xE0, 1, 2, 3, 4])
        #expect(try request.answer(onAir: frame, slot: slot) == .init(uid: uid, data: [1, 2, 3, 4]))
    }

    @Test func `UID bits that contradict the question are refused`() throws {
        let uid = TagUID(0xE004_0150_B902_C691)
        let mask = try #require(ISO15693.Mask(length: 30, value: uid.rawValue))
        let request = NXP.InventoryRead(slots: .sixteen, mask: mask, blocks: 0..<1)
        // Bits 33 and 34 are sent and known from the slot.
        let frame = ISO15693.FrameCheck.sealing([0x00, 0x53, 0x01, 0x04, 0xE0, 1, 2, 3, 4])
        let slot = Int(mask.bits(above: uid, count: 4))
        #expect(throws: ParseError.self) { try request.answer(onAir: frame, slot: slot) }
    }

    @Test(arguments: ["26A00500 0007", "26A004", "260100", "02A004000007", "26A20400 0007", "26A004000007 00"])
    func `what is no inventory read is refused`(hex: String) throws {
        let bytes = try Hex.bytes(hex)
        #expect(throws: ParseError.self) { try NXP.InventoryRead(bytes) }
    }

    @Test func `a protected page has a status and no data`() {
        let page = [UInt8](repeating: 0xAB, count: 16)
        let answer = NXP.InventoryRead.Answer(uid: nil, data: [0x0F, 0x00] + page + [0x0F])
        #expect(answer.pages == [nil, page, nil])
        #expect(NXP.InventoryRead.Answer(uid: nil, data: [0x00, 1, 2]).pages.isEmpty)
    }

    @Test func `pages have codes of their own`() throws {
        let request = NXP.InventoryRead(slots: .one, unit: .page, fast: true, blocks: 1..<3)
        #expect(Hex.string(request.bytes) == "66B104000101")
        #expect(try NXP.InventoryRead(request.bytes) == request)
    }
}
