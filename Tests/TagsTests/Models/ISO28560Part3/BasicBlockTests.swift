import Tags
import Testing
import Wire

struct BasicBlockTests {
    /// Standard example 2, without its extension blocks: CRC 1536, stored low byte first.
    private let example = "110101 31303030303030313336000000000000 3615 444B3731383530300000000000"

    @Test func `the fields of the standard's example`() throws {
        let block = try BasicBlock(Hex.bytes(example))
        #expect(block.contentParameter == 1)
        #expect(block.typeOfUsage == 1)
        #expect(block.partsInItem == 1)
        #expect(block.ordinalPart == 1)
        #expect(block.checksum == 0x1536)
        #expect(block.computedChecksum == 0x1536)
        #expect(OwnerField.isil(block.owner) == "DK-718500")
        #expect(try block.bytes == Hex.bytes(example))
    }

    @Test func `bytes that are missing count as zero`() throws {
        // A tag of 32 bytes from a German library.
        let bytes = try Hex.bytes("11010131313232333334340000000000000000513E4445373035000000000000")
        let block = try BasicBlock(bytes)
        #expect(block.owner.count == 11)
        #expect(block.computedChecksum == block.checksum)
    }

    @Test func `a memory of 32 bytes and one of more are both written right`() throws {
        let content = TagContent(primaryItemIdentifier: "11223344", ownerInstitution: "DE-705")
        let short = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 8))
        #expect(Hex.string(short) == "11010131313232333334340000000000000000513E4445373035000000000000")
        let long = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        #expect(long.starts(with: short))
        #expect(long.count == 112)
    }

    @Test func `a tag written as if it had 32 bytes is read with old bytes behind`() throws {
        var bytes = try Hex.bytes("11010131313232333334340000000000000000513E4445373035000000000000")
        bytes += [0x41, 0x42, 0x05, 0x01]
        let tag = LibraryTag(reading: TagMemory(bytes: bytes))
        #expect(tag.isReliable)
        #expect(tag.ownerInstitution == "DE-705")
        #expect(tag.elements.last?.name == "ownerInstitution")
    }

    @Test(
        arguments: [
            ("DK718500", "DK-718500"), ("FIMamk-M", "FI-Mamk-M"), ("DE-705", "DE-705"), ("DEDE-705", "DE-705"),
            ("DEDE705", "DE-705"), ("DEDEMO", "DE-DEMO"), ("02030000", "02030000"), ("N", "N"), ("NO", "NO-"),
            ("", nil),
        ] as [(String, String?)]
    )
    func `an owner field reads as an ISIL`(_ field: String, _ isil: String?) {
        #expect(OwnerField.isil((Array(field.utf8) + [0, 0])[...]) == isil)
    }

    @Test(arguments: ["DK", "DK-", "ZDB-1", "O-ABC", "718500", "DE-DE705", "dk-1", "DE--1"])
    func `an ISIL that would not read back is not written`(_ isil: String) {
        #expect(OwnerField.bytes(isil) == nil)
    }

    @Test func `what the block cannot hold is refused with its name`() {
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
        let contents: [(TagContent, String)] = [
            (TagContent(primaryItemIdentifier: "12345678901234567"), "primaryItemIdentifier"),
            (TagContent(primaryItemIdentifier: "a\u{1}"), "primaryItemIdentifier"),
            (TagContent(primaryItemIdentifier: "1", ownerInstitution: "ZDB-1"), "ownerInstitution"),
            (TagContent(primaryItemIdentifier: "1", ownerInstitution: "DE-123456789012"), "ownerInstitution"),
            (
                TagContent(primaryItemIdentifier: "1", setInformation: SetInformation(total: 256, ordinal: 1)),
                "setInformation"
            ),
            (TagContent(primaryItemIdentifier: "1", typeOfUsage: TypeOfUsage(rawValue: 0x12)), "typeOfUsage"),
            (TagContent(primaryItemIdentifier: "1", others: [15: "local"]), "localDataA"),
            (TagContent(primaryItemIdentifier: "1", others: [20: "03"]), "supplyChainStage"),
            (TagContent(primaryItemIdentifier: "1", others: [17: "a\u{0}b"]), "title"),
            (TagContent(primaryItemIdentifier: "1", others: [23: "SE-Mm"]), "alternativeOwnerInstitution"),
            (TagContent(primaryItemIdentifier: "1", lockedElements: [1]), "primaryItemIdentifier"),
        ]
        for (content, name) in contents {
            do throws(EncodeError) {
                _ = try Part3Model.encode(content, for: geometry)
                Issue.record("\(name) not refused")
            } catch {
                guard case .unrepresentable(let field, _, _) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(field == name)
            }
        }
    }

    @Test func `exchanged nibbles are put right when the checksum is`() throws {
        // 21: reference only, as one maker's software writes it (GallusMax/libdanrfid)
        let bytes = try Hex.bytes("210101313132323333343400000000000000003F634445373035000000000000")
        let tag = LibraryTag(reading: TagMemory(bytes: bytes))
        #expect(tag.typeOfUsage == TypeOfUsage(mainClass: 2))
        #expect(tag.problems.contains("content parameter and type of usage are exchanged"))
    }

    @Test func `a wrong checksum is shown with both values and never trusted`() throws {
        let bytes = try Hex.bytes("11010131323233333434000000000000000000513E4445373035000000000000")
        let tag = LibraryTag(reading: TagMemory(bytes: bytes))
        #expect(tag.model == "iso28560-3")
        #expect(tag.recognition.confidence == .maybe)
        #expect(tag.checksum?.stored == 0x3E51)
        #expect(!tag.isReliable)
    }

    /// Many programs read 24 bytes: what is missing of the owner is under the checksum too (datamodels §5.3, §5.6).
    @Test(arguments: [(23, nil, true), (24, nil, true), (24, 28, true), (32, nil, false)] as [(Int, Int?, Bool)])
    func `a wrong checksum is told from one that cannot be checked`(count: Int, blocks: Int?, isCut: Bool) throws {
        var bytes = try Hex.bytes("11010131313232333334340000000000000000513E4445373035000000000000")
        if !isCut { bytes[3] ^= 0x01 }
        let tag = LibraryTag(reading: TagMemory(bytes: Array(bytes.prefix(count)), blockCount: blocks))
        #expect(tag.model == "iso28560-3")
        #expect(!tag.isReliable)
        #expect(tag.recognition.reason.contains("cannot be checked on so few bytes") == isCut)
    }
}
