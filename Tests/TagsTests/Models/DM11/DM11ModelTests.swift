import Tags
import Testing
import Wire

struct DM11ModelTests {
    @Test(
        arguments: [
            // written by the maker's software; the last is a tag from a shelf (GallusMax/libdanrfid)
            ("0B410441100441100000000000000ACD", "10000000"), ("0B41244D54054111000000000000DAE9", "12345001"),
            ("0B812449922449120000000000001230", "22222222"), ("0B014551144551140000000000007CCB", "44444444"),
            ("0B41244D54655D18000000000000BB4C", "12345678"), ("0B41155DD9945113944100000000FD32", "51793943090"),
        ])
    func `codes of eight and of eleven digits`(_ start: String, _ identifier: String) throws {
        let bytes = try Hex.bytes(start + "A484FF4F42504401500400000000F555")
        let tag = LibraryTag(reading: TagMemory(bytes: bytes))
        #expect(tag.model == "dm11")
        #expect(tag.primaryItemIdentifier == identifier)
        #expect(tag.problems.first?.contains("cannot be checked") == true)
    }

    @Test func `start and tail are both needed`() throws {
        let good = try Hex.bytes("0B410441100441100000000000000ACDA484FF4F42504401500400000000F555")
        for position in [0, 30, 31] {
            var bytes = good
            bytes[position] ^= 0x01
            #expect(LibraryTag(reading: TagMemory(bytes: bytes)).model == "raw")
        }
        #expect(LibraryTag(reading: TagMemory(bytes: Array(good[..<31]))).model == "raw")
    }

    @Test func `the model is never written`() {
        #expect(throws: EncodeError.readOnly(model: "dm11")) {
            try DM11Model.encode(
                TagContent(primaryItemIdentifier: "1"),
                for: MemoryGeometry(blockSize: 4, blockCount: 8)
            )
        }
    }
}
