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

@Test func `a tag that would not read when it is written around locked bytes is refused`() throws {
    // Identifier 05001643 and a chain that breaks off in memory of one byte a block; the precursor 01 at byte 31 is
    // locked, so that a second identifier would stand behind the new elements.
    let bytes = try Hex.bytes(
        "E10108303530303136343300 820000 820001A0 E301085334303335323232 36 01A0E30108 5334303335323232"
            + "363631323438313937323500000000007600010000"
    )
    let locks: Set<Int> = [3, 24, 25, 26, 27, 28, 29, 30, 31, 35, 56, 57, 58, 59, 60, 61, 62]
    let memory = TagMemory(bytes: bytes, blockSize: 1, locked: bytes.indices.map(locks.contains), dsfid: 0x6E)
    var profile = SiteProfile()
    profile.furtherOwners = ["S4035222"]
    #expect(Conversion(of: memory, for: profile) == .refused(.unreadableWhenDone))
}

@Test func `no write on the way to another model touches a locked block`() throws {
    // Two null bytes, then an identifier padded by one byte, in memory of one byte a block. To break the old item off,
    // an order wrote block 0 and the block behind the identifier, whatever was locked.
    let bytes = try Hex.bytes("8080E1010830808080804340314A50545D43404C45504130275B808080808080")
    let locks: Set<Int> = [1, 8, 9, 10, 11, 12, 13, 14, 20, 21, 25, 26, 28]
    let memory = TagMemory(bytes: bytes, blockSize: 1, locked: bytes.indices.map(locks.contains), dsfid: 0x06)
    var profile = SiteProfile()
    profile.convertsTagsWithoutOwner = true
    let conversion = Conversion(of: memory, for: profile)
    if case .plan(let plan) = conversion {
        #expect(!plan.writes.contains { locks.contains($0.block) }, "\(plan.writes)")
    } else {
        #expect(conversion == .refused(.noSafeOrder))
    }
}
