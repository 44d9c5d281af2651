import Tags
import Testing
import Wire

struct Part3StyleTests {
    private static let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
    private static var edition2011: Part3Style {
        var style = Part3Style()
        style.movesLongFields = true
        return style
    }

    @Test func `without the rule of 2011 a long identifier is refused`() {
        let content = TagContent(primaryItemIdentifier: "12345678901234567")
        #expect(throws: EncodeError.self) { try Part3Model.encode(content, for: Self.geometry) }
    }

    @Test(arguments: ["12345678901234567", "urn:library:2026:30114012345678", "Æ234567890123456"])
    func `a long identifier stands in the library block and leaves 01 behind`(_ identifier: String) throws {
        let content = TagContent(primaryItemIdentifier: identifier, ownerInstitution: "DK-718500")
        let bytes = try Part3Model.encode(content, for: Self.geometry, style: Self.edition2011)
        #expect(Array(bytes[3..<19]) == [0x01] + [UInt8](repeating: 0, count: 15))
        let tag = LibraryTag(reading: TagMemory(bytes: bytes, blockCount: 28, dsfid: 0x3E))
        #expect(tag.isReliable)
        #expect(tag.primaryItemIdentifier == identifier)
        #expect(tag.ownerInstitution == "DK-718500")
        #expect(tag.element(.alternativeItemIdentifier) == nil)
        #expect(try Part3Model.encode(TagContent(tag), for: Self.geometry, style: Self.edition2011) == bytes)
    }

    @Test(arguments: ["OCLC-ABC123", "DK-7185001234567"])
    func `an owner without room stands in the library block`(_ owner: String) throws {
        let content = TagContent(primaryItemIdentifier: "1000000136", ownerInstitution: owner)
        #expect(throws: EncodeError.self) { try Part3Model.encode(content, for: Self.geometry) }
        let bytes = try Part3Model.encode(content, for: Self.geometry, style: Self.edition2011)
        #expect(bytes[21..<34].allSatisfy { $0 == 0 })
        let tag = Part3Model.decode(TagMemory(bytes: bytes, dsfid: 0x3E))
        #expect(tag.ownerInstitution == owner)
        #expect(tag.primaryItemIdentifier == "1000000136")
    }

    @Test func `what fits is written the same with and without the rule`() throws {
        let content = TagContent(primaryItemIdentifier: "1000000136", ownerInstitution: "DK-718500", others: [17: "A"])
        let plain = try Part3Model.encode(content, for: Self.geometry)
        #expect(try Part3Model.encode(content, for: Self.geometry, style: Self.edition2011) == plain)
    }

    @Test func `a memory that ends with the basic block has no other place`() {
        let content = TagContent(primaryItemIdentifier: "12345678901234567")
        let small = MemoryGeometry(blockSize: 4, blockCount: 8)
        #expect(throws: EncodeError.self) {
            try Part3Model.encode(content, for: small, style: Self.edition2011)
        }
    }

    @Test func `a site may have its long identifiers converted by the rule`() throws {
        let content = TagContent(primaryItemIdentifier: "12345678901234567890", ownerInstitution: "GB-UkOxU")
        let bytes = try Part2Model.encode(content, for: Self.geometry)
        let memory = TagMemory(bytes: bytes, blockCount: 28, dsfid: 0x06)
        var profile = SiteProfile()
        profile.target = .iso28560Part3
        profile.ownerInstitution = "GB-UkOxU"
        guard case .refused(.cannotWrite) = Conversion(of: memory, for: profile) else {
            Issue.record("not refused")
            return
        }
        profile.part3Style = Self.edition2011
        guard case .plan(let plan) = Conversion(of: memory, for: profile) else {
            Issue.record("refused: \(Conversion(of: memory, for: profile))")
            return
        }
        let written = LibraryTag(reading: TagMemory(bytes: plan.result, blockCount: 28, dsfid: 0x3E))
        #expect(written.model == "iso28560-3")
        #expect(written.primaryItemIdentifier == "12345678901234567890")
    }
}
