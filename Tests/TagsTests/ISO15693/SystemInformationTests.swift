import Tags
import Testing
import Wire

private let uid = TagUID(0xE004_0114_B1A3_DD03)

private func parse(_ hex: String, wide: Bool = false) throws -> ISO15693.SystemInformation {
    var reader = ByteReader(try Hex.bytes(hex))
    return try ISO15693.SystemInformation(parsing: &reader, wide: wide)
}

@Suite struct SystemInformationTests {
    /// Two answers as a library's program stored them, without memory size and IC reference (datamodels §2.2).
    @Test(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
    func `recorded answers read and write as listed`() throws {
        let vectors = try SharedVectors.models("iso15693-sysinfo")
        #expect(vectors.count >= 2)
        for vector in vectors {
            var reader = ByteReader(vector.bytes)
            let information = try ISO15693.SystemInformation(parsing: &reader, wide: false)
            #expect(information.uid.description == vector.text("uid"), "\(vector.id)")
            #expect(information.dsfid.map(Hex.string) == vector.text("dsfid"), "\(vector.id)")
            #expect(information.afi.map(Hex.string) == vector.text("afi"), "\(vector.id)")
            #expect(information.problem == nil, "\(vector.id)")
            var writer = ByteWriter()
            information.write(to: &writer, wide: false)
            #expect(writer.bytes == vector.bytes, "\(vector.id)")
        }
    }

    /// Every combination of the four fields of 2B, behind information flags and UID.
    @Test(arguments: 0...15 as ClosedRange<UInt8>)
    func `only flagged fields are there, in their order`(flags: UInt8) throws {
        var hex = Hex.string(flags) + "03DDA3B1140104E0"
        if flags & 1 != 0 { hex += "3E" }
        if flags & 2 != 0 { hex += "07" }
        if flags & 4 != 0 { hex += "1B03" }
        if flags & 8 != 0 { hex += "01" }
        let information = try parse(hex)
        #expect(information.dsfid == (flags & 1 != 0 ? 0x3E : nil))
        #expect(information.afi == (flags & 2 != 0 ? 0x07 : nil))
        #expect(information.geometry == (flags & 4 != 0 ? MemoryGeometry(blockSize: 4, blockCount: 28) : nil))
        #expect(information.icReference == (flags & 8 != 0 ? 0x01 : nil))
        #expect(information.problem == nil)
        var writer = ByteWriter()
        information.write(to: &writer, wide: false)
        #expect(Hex.string(writer.bytes) == hex)
    }

    @Test(arguments: [
        "0F03DDA3B1140104E0", "0F03DDA3B1140104E03E", "0F03DDA3B1140104E03E071B", "0F03DDA3B1140104E03E071B03",
        "8F03DDA3B1140104E03E071B0301", "0F03DDA3B1140104E03E071B030100",
    ])
    func `a claim that does not fit what arrived is a problem, and the UID is kept`(hex: String) throws {
        let information = try parse(hex)
        #expect(information.uid == uid)
        #expect(information.problem != nil)
    }

    @Test(arguments: ["", "0F", "0F03DDA3B11401"])
    func `without a UID there is nothing to keep`(hex: String) {
        #expect(throws: ParseError.self) { try parse(hex) }
    }

    @Test func `the block size has five bits`() throws {
        #expect(try parse("0403DDA3B1140104E0" + "FFFF").geometry == MemoryGeometry(blockSize: 32, blockCount: 256))
    }

    @Test func `a wide answer counts blocks with two bytes`() throws {
        let information = try parse("0403DDA3B1140104E0" + "FF0703", wide: true)
        #expect(information.geometry == MemoryGeometry(blockSize: 4, blockCount: 2048))
        var writer = ByteWriter()
        information.write(to: &writer, wide: true)
        #expect(Hex.string(writer.bytes) == "0403DDA3B1140104E0FF0703")
    }

    @Test func `the list of commands names what a tag knows`() {
        let list = ISO15693.OptionalCommands(codes: [0x20, 0x2C, 0x2A, 0x33, 0x99])
        #expect(list.rawValue == 0x0008_0881)
        #expect(list.knows(0x2C) == true)
        #expect(list.knows(0x21) == false)
        #expect(list.knows(0xA2) == nil)
    }
}
