import Tags
import Testing
import Wire

// Inputs that broke a promise under fuzzing, each with what was wrong.

@Test func `an owner packed in no characters is no owner`() throws {
    // Identifier 11, then an empty ISIL: element 3 with a shift and nothing behind it (FC).
    let bytes = try Hex.bytes("11010B 0301FC 00")
    let tag = Part2Model.decode(TagMemory(bytes: bytes, dsfid: 0x06))
    #expect(tag.primaryItemIdentifier == "11")
    #expect(tag.ownerInstitution == nil)
}

@Test func `a text of one zero is refused, since it would be read as a place holder`() {
    let content = TagContent(primaryItemIdentifier: "30114", others: [15: "\u{0}"])
    #expect(throws: EncodeError.self) {
        try Part2Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
    }
}

@Test func `a delete character is refused in ISO 28560-3, since its block would be read one byte off`() {
    let content = TagContent(primaryItemIdentifier: "30114", others: [9: "Cat\u{7F}"])
    #expect(throws: EncodeError.self) {
        try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
    }
}
