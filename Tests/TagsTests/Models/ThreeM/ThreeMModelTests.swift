import Tags
import Testing
import Wire

struct ThreeMModelTests {
    @Test func `the fields of a documented tag`() throws {
        let record = try ThreeMRecord(
            Hex.bytes("04110000 32303039303130313031323300000000 FFFFFFFF 7FFFFFFF 00000000")
        )
        #expect(record.branch == 4095)
        #expect(record.library == 1_048_575)
        #expect(record.custom == Int32.max)
        #expect(record.mediaType == 0)
        #expect(Hex.string(record.bytes).hasPrefix("0411000032303039"))
    }

    @Test func `the part stands before the total`() throws {
        let bytes = try Hex.bytes("0423000131333032303033373637000000000000000000000000000000000000")
        let tag = LibraryTag(reading: TagMemory(bytes: bytes))
        #expect(tag.setInformation == SetInformation(total: 3, ordinal: 2))
        #expect(tag.elements.first { $0.name == "mediaType" }?.value == "book")
    }

    @Test func `barcode and set are written and nothing else`() throws {
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 8)
        let content = TagContent(
            primaryItemIdentifier: "1302003767",
            setInformation: SetInformation(total: 3, ordinal: 2)
        )
        #expect(
            try Hex.string(ThreeMModel.encode(content, for: geometry))
                == "0423000031333032303033373637000000000000000000000000000000000000"
        )
        var owned = content
        owned.ownerInstitution = "DK-718500"
        #expect(throws: EncodeError.self) { try ThreeMModel.encode(owned, for: geometry) }
        let many = TagContent(primaryItemIdentifier: "1", setInformation: SetInformation(total: 16, ordinal: 1))
        #expect(throws: EncodeError.self) { try ThreeMModel.encode(many, for: geometry) }
    }

    @Test(arguments: ["0411010131", "0411000F31", "04110001FF", "0511000131", "04"])
    func `other bytes are not 3M's`(_ start: String) throws {
        let bytes = try Hex.bytes(start)
        let memory = TagMemory(bytes: bytes + Array(repeating: 0, count: 32 - bytes.count))
        #expect(ThreeMModel.recognise(memory).confidence == .no)
    }
}
