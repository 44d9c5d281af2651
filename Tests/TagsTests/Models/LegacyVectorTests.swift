import Tags
import Testing
import Wire

@Suite(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
struct LegacyVectorTests {
    @Test func `3M tags read and write as listed`() throws {
        let vectors = try SharedVectors.models("3m-rfid501")
        #expect(vectors.count == 2)
        for vector in vectors {
            let tag = LibraryTag(reading: vector.memory)
            #expect(tag.model == "3m")
            #expect(tag.primaryItemIdentifier == vector.text("barcode"))
            #expect(tag.setInformation?.total == vector.number("total"))
            #expect(tag.setInformation?.ordinal == vector.number("item"))
            let record = try ThreeMRecord(vector.bytes)
            #expect(record.branch == UInt32(try #require(vector.number("branch"))))
            #expect(record.library == UInt32(try #require(vector.number("library"))))
            #expect(record.custom == Int32(try #require(vector.number("custom"))))
            #expect(record.bytes == vector.bytes)
        }
    }

    @Test func `French tags read and write as listed`() throws {
        let vectors = try SharedVectors.models("french-fr01")
        #expect(vectors.count == 3)
        for vector in vectors {
            let tag = LibraryTag(reading: vector.memory)
            #expect(tag.model == "fr01")
            #expect(tag.primaryItemIdentifier == vector.text("barcode"))
            #expect(tag.anyOwner == vector.text("library"))
            #expect(tag.setInformation?.total == vector.number("total"))
            #expect(tag.setInformation?.ordinal == vector.number("ordinal"))
            #expect(tag.typeOfUsage?.isPatronCard == (vector.number("usage") == 1))
            #expect(try FrenchRecord(vector.bytes).bytes == vector.bytes)
        }
    }

    @Test func `DM11 tags of eight and of eleven digits read as listed`() throws {
        let vectors = try SharedVectors.models("bibliotheca-dm11")
        #expect(vectors.count >= 5)
        for vector in vectors {
            let tag = LibraryTag(reading: vector.memory)
            #expect(tag.model == "dm11")
            #expect(tag.primaryItemIdentifier == vector.text("barcode"))
            #expect(tag.elements.first { $0.name == "checksum" }?.value == vector.text("checksumField"))
        }
    }

    @Test func `foreign and blank tags are told apart from library tags`() throws {
        let vectors = try SharedVectors.models("none")
        #expect(vectors.count >= 5)
        for vector in vectors {
            let tag = LibraryTag(reading: vector.memory)
            #expect(tag.model == (vector.text("expect") == "blank" ? "blank" : "raw"), "\(vector.id)")
            #expect(tag.primaryItemIdentifier == nil)
            #expect(!tag.isReliable)
        }
    }
}
