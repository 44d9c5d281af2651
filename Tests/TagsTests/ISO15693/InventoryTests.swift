import Tags
import Testing
import Wire

private let slix = TagUID(0xE004_0114_B1A3_DD03)

private func mask(_ length: Int, _ value: UInt64) -> ISO15693.Mask {
    ISO15693.Mask(length: length, value: value) ?? .none
}

@Suite struct InventoryTests {
    /// Shared frames F001 and F079 to F088; the first is captured.
    @Test(
        arguments: [
            ("260100F60A", .init(slots: .one)), ("060100CD09", .init(slots: .sixteen)),
            ("3601070062EC", .init(slots: .one, afi: 0x07)), ("3601C2007058", .init(slots: .one, afi: 0xC2)),
            ("160107003163", .init(slots: .sixteen, afi: 0x07)),
            ("0601040363B8", .init(slots: .sixteen, mask: mask(4, 3))),
            ("060108A3C9B4", .init(slots: .sixteen, mask: mask(8, 0xA3))),
            ("06010CA30D8513", .init(slots: .sixteen, mask: mask(12, 0xDA3))),
            ("1601070403EA85", .init(slots: .sixteen, afi: 0x07, mask: mask(4, 3))),
            ("26014003DDA3B1140104E0A030", .init(slots: .one, mask: .init(slix))),
            ("3601074003DDA3B1140104E0B1CC", .init(slots: .one, afi: 0x07, mask: .init(slix))),
        ] as [(String, ISO15693.InventoryRequest)]
    )
    func `an inventory is written and read byte for byte`(hex: String, request: ISO15693.InventoryRequest) throws {
        #expect(Hex.string(request.onAir) == hex)
        #expect(try ISO15693.InventoryRequest(onAir: Hex.bytes(hex)) == request)
    }

    /// Shared frames F002, F017, F018, all captured.
    @Test(arguments: [
        ("000003DDA3B1140104E0B581", 0x00 as UInt8, "E0040114B1A3DD03"),
        ("00018360793E988007E0D433", 0x01, "E00780983E796083"),
        ("00000228E06D580104E0D060", 0x00, "E00401586DE02802"),
    ])
    func `a tag's answer is written and read byte for byte`(hex: String, dsfid: UInt8, uid: String) throws {
        let answer = try ISO15693.InventoryAnswer(onAir: Hex.bytes(hex))
        #expect(answer.uid.description == uid)
        #expect(answer.dsfid == dsfid)
        #expect(Hex.string(answer.onAir) == hex)
    }

    @Test(arguments: [
        ("000003DDA3B1140104E0B580", "one bit flipped"), ("000083607D3FF88104E0FFFF", "two answers over each other"),
        ("00", "short"),
    ])
    func `a damaged answer names nobody`(hex: String, reason: String) throws {
        let bytes = try Hex.bytes(hex)
        #expect(throws: ParseError.self) { try ISO15693.InventoryAnswer(onAir: bytes) }
    }

    @Test func `a UID without E0 in front is noise`() {
        let bytes = ISO15693.FrameCheck.sealing([0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
        #expect(throws: ParseError.self) { try ISO15693.InventoryAnswer(onAir: bytes) }
    }

    @Test(arguments: [
        ("060140 0000000000000000", "64 bits with sixteen slots"), ("260141 000000000000000000", "65 bits"),
    ])
    func `a mask longer than the slots allow is refused`(hex: String, reason: String) throws {
        let bytes = try Hex.bytes(hex)
        #expect(throws: ParseError.self) { try ISO15693.InventoryRequest(bytes) }
    }

    @Test func `a mask compares the lowest bits of the UID`() {
        #expect(ISO15693.Mask.none.matches(slix))
        #expect(mask(4, 0x3).matches(slix))
        #expect(mask(12, 0xD03).matches(slix))
        #expect(!mask(12, 0xD04).matches(slix))
        #expect(ISO15693.Mask(slix).matches(slix))
        #expect(!ISO15693.Mask(slix).matches(TagUID(slix.rawValue ^ 1 << 63)))
    }

    @Test func `zero bits in a mask count`() throws {
        let zeros = mask(4, 0)
        #expect(zeros.matches(TagUID(0xE004_0100_0000_0010)))
        #expect(!zeros.matches(slix))
        #expect(Hex.string(ISO15693.InventoryRequest(slots: .sixteen, mask: zeros).bytes) == "06010400")
        let longer = try #require(zeros.adding(0, count: 4))
        #expect(longer.length == 8)
        #expect(longer.bytes == [0])
    }

    @Test func `the slot is the four bits above the mask`() {
        // Texas Instruments' example: UIDs ending in 90 and 37 answer in slots 0 and 7 (F026).
        #expect(ISO15693.Mask.none.bits(above: TagUID(0xE007_C4D2_E5C2_8090), count: 4) == 0)
        #expect(ISO15693.Mask.none.bits(above: TagUID(0xE007_C4D2_E5C2_9E37), count: 4) == 7)
        #expect(mask(4, 0).bits(above: TagUID(0xE007_C4D2_E5C2_8090), count: 4) == 9)
        #expect(ISO15693.Mask(slix).bits(above: slix, count: 4) == 0)
    }

    @Test func `a mask does not grow beyond the UID`() {
        #expect(ISO15693.Mask(slix).adding(0, count: 1) == nil)
        #expect(ISO15693.Mask(length: 65, value: 0) == nil)
        #expect(ISO15693.Mask(length: -1, value: 0) == nil)
    }
}
