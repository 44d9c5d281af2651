import Tags
import Testing

@testable import Command

@Suite struct TagPageTests {
    @Test func `the summary says what the tag is and whether a gate would sound`() {
        #expect(
            TagPage(explanation: .annexD, palette: Palette(isOn: false)).summary == [
                "model     iso28560-2 (certain: chain of 5 elements parses to its end)",
                "item      123456789012",
                "owner     US-InU-Mu",
                "set       part 3 of 12",
                "security  armed (AFI 07)",
                "DSFID     06",
            ]
        )
    }

    @Test func `a wrong checksum is told with both values`() {
        var explanation = TagExplanation.annexD
        explanation.tag.checksum = TagChecksum(
            kind: "crc16",
            stored: 0xCFC4,
            computed: 0xEE1A,
            isLowByteFirst: true
        )
        explanation.tag.problems = ["CRC is wrong"]
        let lines = TagPage(explanation: explanation, palette: Palette(isOn: false)).summary
        #expect(lines.suffix(2) == ["checksum  crc16 stored C4CF, computed 1AEE: wrong", "problem   CRC is wrong"])
    }

    @Test func `the first blocks of a tag say which ones tell the item`() {
        // A chain of 698542, which could as well be the beginning of a basic block (DigitalPlatform/dp2).
        let few = TagExplanation(TagMemory(bytes: [0x11, 0x03, 0x0A, 0xA8, 0xAE]))
        let lines = TagPage(explanation: few, palette: Palette(isOn: false)).summary
        #expect(lines.contains("read on   blocks 1 to 8 as well, to be sure of the item"))
        #expect(!TagPage(explanation: .annexD, palette: Palette(isOn: false)).summary.contains { $0.hasPrefix("read") })
    }

    @Test func `a tag whose AFI was not read states nothing`() {
        let lines = TagPage(explanation: .blank, palette: Palette(isOn: false)).summary
        #expect(lines.contains("security  not stated (AFI not read)"))
        #expect(lines.contains("item      no item number"))
    }
}
