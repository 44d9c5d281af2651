import Tags
import Testing

@testable import Daemon

private func profile(_ lines: String) throws -> SiteProfile {
    try ConfigurationFile.parse("[tags]\n" + lines, file: "pressmark.toml").tags
}

private func mistakes(_ lines: String) -> [String] {
    ConfigurationMistake.all(in: "[tags]\n" + lines).map(\.description)
}

@Suite struct TagsConfigurationTests {
    @Test func `nothing said is what most libraries want`() throws {
        #expect(try profile("") == SiteProfile())
        #expect(try ConfigurationFile.parse("", file: "pressmark.toml").tags == SiteProfile())
    }

    @Test func `every choice reaches the profile`() throws {
        let found = try profile(
            """
            elements = ["ownerInstitution", "title"]
            lock = ["primaryItemIdentifier"]
            long-fields = "library block"
            wrong-checksum = "convert"
            reversed-blocks = "turn"
            directory = "raw"
            pad-byte = 0x80
            text = "utf-8"
            title = "utf-8"
            codes = "octets"
            order = "as found"
            content-parameter-reserve = 4
            """
        )
        #expect(found.elements == [.primaryItemIdentifier, .ownerInstitution, .title])
        #expect(found.lockedElements == [.primaryItemIdentifier])
        #expect(found.part3Style.movesLongFields)
        #expect(found.acceptsWrongChecksums)
        #expect(found.reading.turnsBlocks && !found.keepsReversedBlocks)
        #expect(found.reading.directory == .raw)
        #expect(found.style.padByte == 0x80)
        #expect(found.style.prefersUTF8 && found.style.forcesUTF8OnTitle)
        #expect(found.style.codeCompaction == .octets)
        #expect(found.style.keepsOrder)
        #expect(found.style.contentParameterReserve == 4)
    }

    @Test func `tags with reversed blocks can be left unknown`() throws {
        let found = try profile("reversed-blocks = \"off\"")
        #expect(!found.reading.turnsBlocks)
        #expect(!found.keepsReversedBlocks)
    }

    @Test func `the other words of each choice are the defaults`() throws {
        let spoken = try profile(
            """
            long-fields = "refuse"
            wrong-checksum = "refuse"
            reversed-blocks = "keep"
            directory = "elements"
            text = "iso 8859-1"
            title = "shortest"
            codes = "application-defined"
            order = "by number"
            """
        )
        #expect(spoken == SiteProfile())
    }

    @Test(arguments: [
        ("pad-byte = 256", "line 2: tags.pad-byte: found 256, wanted a whole number from 0 to 255"),
        ("directory = \"ignore\"", "line 2: tags.directory: found \"ignore\", wanted one of \"elements\", \"raw\""),
        ("reserve = 1", "line 2: tags.reserve: found an unknown key, wanted one of"),
        ("lock = [\"contentParameter\"]", "line 2: tags.lock: found \"contentParameter\", wanted one of primaryItem"),
        ("elements = [\"prize\"]", "line 2: tags.elements: found \"prize\", wanted one of primaryItemIdentifier, "),
    ])
    func `a mistake is named with what is allowed`(lines: String, wanted: String) {
        let found = mistakes(lines)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(wanted) == true, "\(found)")
    }
}
