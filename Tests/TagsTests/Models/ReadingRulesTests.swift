import Tags
import Testing
import Wire

@Suite struct ReadingRulesTests {
    private static var noTurning: ReadingRules {
        var rules = ReadingRules()
        rules.turnsBlocks = false
        return rules
    }

    private static var rawDirectories: ReadingRules {
        var rules = ReadingRules()
        rules.directory = .raw
        return rules
    }

    @Test func `a tag with reversed blocks is known unless the site turns that off`() throws {
        let real = try #require(RealTag.all.first { $0.name == "every block reversed" })
        let usual = LibraryTag(reading: real.memory)
        #expect(usual.blockOrder == .reversed)
        #expect(usual.isReliable)
        let strict = LibraryTag(reading: real.memory, by: Self.noTurning)
        #expect(!strict.isReliable)
        #expect(strict.recognition.confidence == .no)
        #expect(strict.memory.bytes == real.memory.bytes)
        #expect(strict.problems.last == "iso28560-3 when the bytes of each block are reversed, which is not read here")
    }

    @Test(arguments: RealTag.all.filter { $0.name != "every block reversed" })
    func `every other tag reads the same with every rule`(_ real: RealTag) {
        #expect(LibraryTag(reading: real.memory, by: Self.noTurning) == LibraryTag(reading: real.memory))
        #expect(LibraryTag(reading: real.memory, by: Self.rawDirectories) == LibraryTag(reading: real.memory))
    }

    @Test func `a tag that announces a directory is read from byte 0 or not at all`() throws {
        let real = try #require(RealTag.all.first { $0.model == "iso28560-2" })
        var memory = real.memory
        memory.dsfid = 0x46
        #expect(LibraryTag(reading: memory).primaryItemIdentifier == real.identifier)
        let raw = LibraryTag(reading: memory, by: Self.rawDirectories)
        #expect(raw.model == "raw")
        #expect(raw.primaryItemIdentifier == nil)
        #expect(raw.recognition == Recognition(.no, because: "DSFID 46 announces a directory, which is not read here"))
    }

    @Test func `a site converts only what its rules let it read`() throws {
        let real = try #require(RealTag.all.first { $0.name == "every block reversed" })
        var profile = SiteProfile()
        profile.ownerInstitution = "DE-705"
        guard case .plan = Conversion(of: real.memory, for: profile) else {
            Issue.record("\(Conversion(of: real.memory, for: profile))")
            return
        }
        profile.reading = Self.noTurning
        guard case .refused(.notRecognised) = Conversion(of: real.memory, for: profile) else {
            Issue.record("not refused")
            return
        }
    }
}
