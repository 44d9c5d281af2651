import Field
import Readers
import Tags
import Testing

@Suite struct VirtualTagTearingTests {
    /// What stands on the tag after it was pulled off during `request`, for many seeds.
    private func remains(of request: ISO15693.Request, chip: String = "ICODE SLIX") -> [VirtualTag] {
        (0..<60 as Range<UInt64>).map { seed in
            let tag = someTags(1, chip: chip)[0]
            var air = field([tag], seed: seed)
            air.torn = [tag.uid]
            #expect(air.exchange(request, with: tag.uid) == nil)
            #expect(air.takeTorn() == [tag.uid])
            return air.tags[0].tag
        }
    }

    @Test func `a torn block is old, new or garbage, and no other block is touched`() {
        let old: [UInt8] = [0x11, 0x01, 0x01, 0x00]
        let new: [UInt8] = [0xDE, 0xAD, 0xBE, 0xEF]
        let tags = remains(of: .writeSingleBlock(0, data: new))
        let blocks = Set(tags.map { Array($0.memory.prefix(4)) })
        #expect(blocks.contains(old))
        #expect(blocks.contains(new))
        #expect(blocks.count > 10)
        #expect(tags.allSatisfy { $0.memory.dropFirst(4).allSatisfy { $0 == 0 } })
        #expect(tags.allSatisfy { $0.afi == 0x07 && $0.uid == tags[0].uid })
    }

    @Test func `a torn AFI is old, new or garbage`() {
        let values = Set(remains(of: .writeAFI(0xC2)).map(\.afi))
        #expect(values.isSuperset(of: [0x07, 0xC2]))
        #expect(values.count > 5)
    }

    @Test func `a torn theft bit is the old one or the new one`() {
        let armed = remains(of: .custom(.init(manufacturer: 4, code: 0xA2))).map(\.eas.armed)
        #expect(Set(armed) == [true, false])
    }

    @Test func `a torn tag of another maker is torn alike`() {
        let tags = remains(of: .writeSingleBlock(3, data: [1, 2, 3, 4]), chip: "Tag-it HF-I Plus")
        let blocks = Set(tags.map { Array($0.memory[12..<16]) })
        #expect(blocks.isSuperset(of: [[0, 0, 0, 0], [1, 2, 3, 4]]))
    }

    @Test func `a read does not tear`() {
        let tag = someTags(1)[0]
        var air = field([tag])
        air.torn = [tag.uid]
        #expect(air.exchange(.readSingleBlock(0, withSecurity: false), with: tag.uid) != nil)
        #expect(air.takeTorn().isEmpty)
    }

    @Test func `the same seed tears the same way`() {
        let request = ISO15693.Request.writeSingleBlock(0, data: [1, 2, 3, 4])
        #expect(remains(of: request) == remains(of: request))
    }
}
