import Tags
import Testing

@testable import Command

@Suite struct HexViewTests {
    @Test func `each byte is marked with its field`() {
        #expect(
            HexView(explanation: .annexD, palette: Palette(isOn: false)).lines == [
                "block  bytes        field",
                "   0L  91 00 05 1C  aaaa  a  1 primaryItemIdentifier = 123456789012 (integer), locked",
                "   1L  BE 99 1A 14  aaaa",
                "   2   02 01 D0 14  bbbc  b  2 contentParameter = D0",
                "                          c  4 setInformation = 1203 (integer)",
                "   3   02 04 B3 46  cccd  d  6 shelfLocation = QA268.L55 (6-bit)",
                "   4   07 44 1C B6  dddd",
                "   5   E2 E3 35 D6  dddd",
                "   6L  83 02 07 AC  eeee  e  3 ownerInstitution = US-InU-Mu, locked",
                "   7L  C0 9E BA A0  eeee",
                "   8L  6F 6B 00 00  eeee",
                "9-11   00 in 3 blocks",
            ]
        )
    }

    @Test func `colour goes over text that reads the same without it`() {
        let coloured = HexView(explanation: .annexD, palette: Palette(isOn: true)).lines
        let plain = HexView(explanation: .annexD, palette: Palette(isOn: false)).lines
        #expect(coloured != plain)
        #expect(coloured.map { $0.replacing(/\u{1B}\[\d+m/, with: "") } == plain)
    }

    @Test func `a last block that was read in part is drawn in part`() {
        let memory = TagMemory(bytes: [0x91, 0x00, 0x05, 0x1C, 0xBE], blockCount: 28)
        let tag = LibraryTag(model: "raw", recognition: Recognition(.no, because: "cut off"))
        let lines = HexView(explanation: TagExplanation(memory: memory, tag: tag), palette: Palette(isOn: false)).lines
        #expect(
            lines == [
                "block  bytes        field",
                "   0   91 00 05 1C  ....",
                "   1   BE           .",
                "blocks 1 to 27 were not read",
            ]
        )
    }

    @Test(arguments: [(-4, 2), (0, Int.max), (30, 90), (Int.max, 1), (5, -1)])
    func `an element outside the memory does no harm`(_ offset: Int, _ length: Int) {
        let memory = TagMemory(bytes: [UInt8](repeating: 0x55, count: 32))
        let element = TagElement(oid: 1, name: "odd", value: "", valueRange: 0..<0, offset: offset, length: length)
        let tag = LibraryTag(model: "raw", recognition: Recognition(.no, because: "made up"), elements: [element])
        let lines = HexView(explanation: TagExplanation(memory: memory, tag: tag), palette: Palette(isOn: false)).lines
        #expect(lines.count == 9)
    }
}
