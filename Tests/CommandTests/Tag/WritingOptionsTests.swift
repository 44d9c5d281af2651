import ArgumentParser
import Tags
import Testing
import Wire

@testable import Command

@Suite struct WritingOptionsTests {
    private func habits(_ words: [String]) throws -> SiteProfile {
        let command = try TagEncodeCommand.parse(words)
        return command.writing.habits
    }

    @Test func `nothing said is what most libraries want`() throws {
        #expect(try habits([]) == SiteProfile())
    }

    @Test func `every option reaches the profile`() throws {
        let found = try habits([
            "--long-fields", "--pad-byte", "80", "--utf8", "--utf8-title", "--octet-codes", "--keep-order", "--reserve",
            "4",
        ])
        #expect(found.part3Style.movesLongFields)
        #expect(found.style.padByte == 0x80)
        #expect(found.style.prefersUTF8 && found.style.forcesUTF8OnTitle && found.style.keepsOrder)
        #expect(found.style.codeCompaction == .octets)
        #expect(found.style.contentParameterReserve == 4)
    }

    @Test func `a reserve that is none ends with status 2`() async {
        #expect(await Pressmark.run(["tag", "encode", "--reserve", "9"]).code == 2)
        #expect(await Pressmark.run(["tag", "encode", "--pad-byte", "800"]).code == 2)
    }

    @Test func `a long number is refused without the rule of 2011 and encoded with it`() throws {
        let model = try #require(AllModels.inOrder.first { $0.name == "iso28560-3" })
        let blank = TagMemory(bytes: Array(repeating: 0, count: 112), blockCount: 28)
        let content = TagContent(primaryItemIdentifier: "12345678901234567", ownerInstitution: "DK-718500")
        var encoder = TagEncoder(model: model, memory: blank, isNew: true)
        #expect(throws: Complaint.self) { try encoder.encode(content) }
        encoder.habits = try habits(["--long-fields"])
        let encoding = try encoder.encode(content)
        let explained = TagExplanation(TagMemory(bytes: encoding.plan.result, blockCount: 28, dsfid: encoding.dsfid))
        #expect(explained.tag.isReliable)
        #expect(explained.tag.primaryItemIdentifier == "12345678901234567")
    }
}
