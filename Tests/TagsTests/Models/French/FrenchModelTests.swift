import Tags
import Testing
import Wire

struct FrenchModelTests {
    private let part = "4652 01 00 0626676201 02 03 0000000000 00000000000000000030303132333435"

    @Test func `the part stands before the total and the barcode at the end`() throws {
        let tag = LibraryTag(reading: TagMemory(bytes: try Hex.bytes(part)))
        #expect(tag.model == "fr01")
        #expect(tag.setInformation == SetInformation(total: 3, ordinal: 2))
        #expect(tag.primaryItemIdentifier == "0012345")
        #expect(tag.anyOwner == "0626676201")
        #expect(tag.ownerInstitution == nil)
    }

    @Test func `a patron card is known as one`() throws {
        let bytes = try Hex.bytes("4652010106266762010101000000000000000000000000005031323334353637")
        #expect(LibraryTag(reading: TagMemory(bytes: bytes)).typeOfUsage?.isPatronCard == true)
    }

    @Test func `another version or no barcode is no good read`() throws {
        var bytes = try Hex.bytes(part)
        bytes[2] = 2
        #expect(LibraryTag(reading: TagMemory(bytes: bytes)).model == "raw")
        bytes[2] = 1
        for position in 16..<32 { bytes[position] = 0xFF }
        #expect(LibraryTag(reading: TagMemory(bytes: bytes)).recognition.confidence == .maybe)
    }

    @Test func `the model is never written`() {
        #expect(throws: EncodeError.readOnly(model: "fr01")) {
            try FrenchModel.encode(
                TagContent(primaryItemIdentifier: "1"),
                for: MemoryGeometry(blockSize: 4, blockCount: 8)
            )
        }
    }
}
