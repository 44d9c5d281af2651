import Tags
import Testing
import Wire

struct ExtensionBlockTests {
    private func tag(_ extensions: String) throws -> LibraryTag {
        let basic = "110101 31303030303030313336000000000000 3615 444B3731383530300000000000"
        return LibraryTag(reading: TagMemory(bytes: try Hex.bytes(basic + extensions)))
    }

    @Test func `the standard's example reads whole`() throws {
        let acquisition = "22020071 426F67766F676E656E00 3132333435363738393000 00 6137383936353663"
        let tag = try tag("0501000501" + acquisition + "00")
        #expect(tag.element(.mediaFormat)?.value == "01")
        #expect(tag.element(.supplierIdentifier)?.value == "Bogvognen")
        #expect(tag.element(.productIdentifierLocal)?.value == "1234567890")
        #expect(tag.element(.orderNumber) == nil)
        #expect(tag.element(.supplierInvoiceNumber)?.value == "a789656c")
        #expect(tag.elements.last?.name == "endBlock")
        #expect(tag.problems.isEmpty)
    }

    /// The stage is one byte in the clarification of 2011 and text in two programs (datamodels §5.5); 2D is a
    /// checksum that could be text.
    @Test(arguments: [("3402002D", "03", "03"), ("3402001D", "33", "3")])
    func `a supply chain stage is read as a byte and as text`(head: String, stage: String, value: String) throws {
        let fields = "426F67766F676E656E00 3132333435363738393000 413100 613738393635366300 39373838373030303030303030"
        let tag = try tag(head + fields + "00" + stage + "00")
        #expect(tag.element(.supplierIdentifier)?.value == "Bogvognen")
        #expect(tag.element(.productIdentifierLocal)?.value == "1234567890")
        #expect(tag.element(.gs1ProductIdentifier)?.value == "9788700000000")
        #expect(tag.element(.supplyChainStage)?.value == value)
        #expect(tag.problems.isEmpty)
    }

    @Test func `content comes out as the standard writes it`() throws {
        let content = TagContent(
            primaryItemIdentifier: "1000000136",
            ownerInstitution: "DK-718500",
            others: [19: "01", 9: "Bogvognen", 18: "1234567890", 21: "a789656c"]
        )
        let bytes = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        let wanted = "050100050122020071426F67766F676E656E00313233343536373839300000613738393635366300"
        #expect(Hex.string(bytes[34..<74]) == wanted)
    }

    @Test func `fillers are passed and unstructured blocks kept`() throws {
        let tag = try tag("0101 066500767461 0804003A54657374 01 00")
        #expect(tag.element(.title)?.value == "Test")
        let block = try #require(tag.elements.first { $0.name == "unstructuredBlock" })
        #expect(block.value == "id 101")
        #expect(Hex.string(tag.bytes(of: block)) == "066500767461")
        #expect(tag.elements.filter { $0.name == "fillerBlock" }.count == 3)
    }

    @Test func `a block with a wrong checksum is dropped and the item stays`() throws {
        let tag = try tag("0804003A54657274 00")
        #expect(tag.isReliable)
        #expect(tag.element(.title) == nil)
        #expect(tag.problems == ["titleBlock at byte 34: checksum stored 3A, computed 3B, block dropped"])
    }

    @Test func `an identifier too long for its field is taken from the library block`() throws {
        let bytes = try Hex.bytes(
            "11010101000000000000000000000000000000AF36444B37313835303000000000001901001800313233343536373839303132333435363738393000"
        )
        let tag = LibraryTag(reading: TagMemory(bytes: bytes))
        #expect(tag.primaryItemIdentifier == "12345678901234567890")
        #expect(tag.isReliable)
    }

    /// An item with a long identifier is none that was never written (datamodels §5.4): its block is wrong by one bit, or
    /// is not there.
    @Test(arguments: ["1901001900313233343536373839303132333435363738393000", "00", ""])
    func `an identifier whose library block is lost is told as lost`(extensions: String) throws {
        let basic = "11010101000000000000000000000000000000AF36444B3731383530300000000000"
        let tag = LibraryTag(reading: TagMemory(bytes: try Hex.bytes(basic + extensions)))
        #expect(tag.model == "iso28560-3")
        #expect(tag.checksum?.isRight == true)
        #expect(tag.primaryItemIdentifier == nil)
        #expect(!tag.isReliable)
        #expect(tag.problems.contains { $0.hasPrefix("no item identifier: 01 says it stands in the library block") })
        #expect(!tag.problems.contains { $0.contains("not written yet") })
    }

    @Test func `a checksum at the end of the block is found out`() throws {
        // As an old program writes it: length, id, text "Test", then the exclusive or of all.
        let block: [UInt8] = [0x08, 0x04, 0x00, 0x54, 0x65, 0x73, 0x74]
        let checksum = block.reduce(0, ^)
        let plain = try tag(Hex.string(block + [checksum]) + "00")
        // 3A is a colon and could be text: the usual place wins.
        #expect(plain.element(.title)?.value == "est:")
        let other: [UInt8] = [0x07, 0x04, 0x00, 0x54, 0x6F, 0x6E]
        let control = other.reduce(0, ^)
        #expect(control == 0x56)
        let bell: [UInt8] = [0x06, 0x04, 0x00, 0x41, 0x42]
        let odd = try tag(Hex.string(bell + [bell.reduce(0, ^)]) + "00")
        #expect(odd.element(.title)?.value == "AB")
        #expect(odd.problems.contains { $0.contains("its checksum stands at the end") })
    }

    @Test(arguments: ["02", "03", "FF040000", "0804", "05"])
    func `a block that cannot be is reported and ends the reading`(_ hex: String) throws {
        let tag = try tag(hex)
        #expect(tag.isReliable)
        #expect(tag.problems.count == 1)
        #expect(tag.problems.first?.hasPrefix("extension block at byte 34 cannot be read") == true)
    }

    @Test func `a text too long for a block is refused`() throws {
        let content = TagContent(
            primaryItemIdentifier: "1",
            others: [17: String(repeating: "a", count: 252)]
        )
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 128)
        #expect(throws: EncodeError.doesNotFit(needed: 256, available: 255)) {
            try Part3Model.encode(content, for: geometry)
        }
    }

    @Test func `exclusive or makes zero`() throws {
        let block = try ExtensionBlock(Hex.bytes("0501000501"))
        #expect(block.isRight)
        #expect(block.bytes.reduce(0, ^) == 0)
        #expect(ExtensionBlock(id: 4, data: Array("Test".utf8)[...]).checksum == 0x3A)
    }
}
