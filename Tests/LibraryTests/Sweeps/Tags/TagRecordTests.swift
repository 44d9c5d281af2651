import Library
import Tags
import Testing

struct TagRecordTests {
    private static let uid = TagUID(0xE004_0150_3309_CE74)
    private static let at = Moment(milliseconds: 1_772_438_400_000)

    private static func reading(_ identifier: String?, usage: UInt8?) -> LibraryTag {
        LibraryTag(
            model: "iso28560-3",
            recognition: Recognition(.certain, because: "checksum"),
            primaryItemIdentifier: identifier,
            ownerInstitution: "DE-12",
            setInformation: SetInformation(total: 2, ordinal: 1),
            typeOfUsage: usage.map(TypeOfUsage.init(rawValue:))
        )
    }

    @Test func `a reading of an item is kept`() {
        let record = TagRecord(uid: Self.uid, reading: Self.reading("39070001", usage: 0x10), afi: 0x07, at: Self.at)
        #expect(
            record
                == TagRecord(
                    uid: Self.uid,
                    barcode: "39070001",
                    model: "iso28560-3",
                    setInformation: SetInformation(total: 2, ordinal: 1),
                    owner: "DE-12",
                    afi: 0x07,
                    readAt: Self.at
                )
        )
    }

    // Main class 8 of the type of usage is a patron card (ISO 28560-1 element 5).
    @Test(arguments: [0x80, 0x81, 0x8F] as [UInt8])
    func `nothing is kept of a patron card`(_ usage: UInt8) {
        #expect(TagRecord(uid: Self.uid, reading: Self.reading("P1234", usage: usage), afi: nil, at: Self.at) == nil)
    }

    @Test func `an empty item number is none`() {
        let record = TagRecord(uid: Self.uid, reading: Self.reading("", usage: nil), afi: nil, at: Self.at)
        #expect(record != nil && record?.barcode == nil)
    }
}
