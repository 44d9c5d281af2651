import Tags
import Wire

@testable import Command

extension TagExplanation {
    /// The example of ISO 28560-2 annex D as GB/T 35660.2-2017 carries it, with what it says written beside it by hand.
    static let annexD = TagExplanation(
        memory: annexDMemory,
        tag: LibraryTag(
            model: "iso28560-2",
            recognition: Recognition(.certain, because: "chain of 5 elements parses to its end"),
            memory: annexDMemory,
            primaryItemIdentifier: "123456789012",
            ownerInstitution: "US-InU-Mu",
            setInformation: SetInformation(total: 12, ordinal: 3),
            elements: [
                TagElement(
                    oid: 1,
                    name: "primaryItemIdentifier",
                    value: "123456789012",
                    valueRange: 3..<8,
                    offset: 0,
                    length: 8,
                    locked: true,
                    compaction: .integer
                ),
                TagElement(
                    oid: 2,
                    name: "contentParameter",
                    value: "D0",
                    valueRange: 10..<11,
                    offset: 8,
                    length: 3,
                    locked: false
                ),
                TagElement(
                    oid: 4,
                    name: "setInformation",
                    value: "1203",
                    valueRange: 13..<15,
                    offset: 11,
                    length: 4,
                    locked: false,
                    compaction: .integer
                ),
                TagElement(
                    oid: 6,
                    name: "shelfLocation",
                    value: "QA268.L55",
                    valueRange: 17..<24,
                    offset: 15,
                    length: 9,
                    locked: false,
                    compaction: .sixBit
                ),
                TagElement(
                    oid: 3,
                    name: "ownerInstitution",
                    value: "US-InU-Mu",
                    valueRange: 27..<34,
                    offset: 24,
                    length: 12,
                    locked: true
                ),
            ]
        )
    )

    private static let annexDMemory = TagMemory(
        bytes: [
            0x91, 0x00, 0x05, 0x1C, 0xBE, 0x99, 0x1A, 0x14,  // OID 1, integer, 123456789012
            0x02, 0x01, 0xD0,  // OID 2, content parameter D0: 3, 4 and 6 follow
            0x14, 0x02, 0x04, 0xB3,  // OID 4, integer, 1203: part 3 of 12
            0x46, 0x07, 0x44, 0x1C, 0xB6, 0xE2, 0xE3, 0x35, 0xD6,  // OID 6, 6-bit, QA268.L55
            0x83, 0x02, 0x07, 0xAC, 0xC0, 0x9E, 0xBA, 0xA0, 0x6F, 0x6B, 0x00, 0x00,  // OID 3, US-InU-Mu
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        ],
        locked: [true, true, false, false, false, false, true, true, true],
        dsfid: 0x06,
        afi: 0x07
    )

    static let blank = TagExplanation(
        memory: TagMemory(bytes: [UInt8](repeating: 0, count: 32)),
        tag: LibraryTag(model: "blank", recognition: Recognition(.certain, because: "all bytes are 00"))
    )
}
