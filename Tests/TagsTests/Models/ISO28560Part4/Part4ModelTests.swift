import Tags
import Testing
import Wire

struct Part4ModelTests {
    @Test func `the identifier bank of a real UHF tag reads whole`() throws {
        // Chinese national library, AFI 07; the last word is an old one (DigitalPlatform/dp2, UnitTestRFID).
        var reader = ByteReader(try Hex.bytes("A362 3D07 150CC6B7C697ADB45964B3CFC1C1 23EF"))
        let bank = try IdentifierBank(parsing: &reader)
        #expect(reader.remaining == 2)
        #expect(bank.wordCount == 7)
        #expect(bank.hasUserMemory)
        #expect(!bank.hasExtendedControl)
        #expect(bank.afi == 0x07)
        #expect(bank.checksum == bank.computedChecksum)
        let tag = Part4Model.decode(bank)
        #expect(tag.ownerInstitution == "CN-110108-1-NLC")
        #expect(tag.primaryItemIdentifier == "001")
        #expect(tag.isReliable)
        #expect(Hex.string(bank.bytes) == "A3623D07150CC6B7C697ADB45964B3CFC1C1")
    }

    @Test func `the example's two banks read together`() throws {
        var reader = ByteReader(try Hex.bytes("45C2 141CC04FC70BADB5C6E2DA1DED4DD319"))
        let bank = try IdentifierBank(parsingWithoutChecksum: &reader)
        let user = try Hex.bytes("06 0201D0 140204B3 4607441CB6E2E335D6 5308AB4D6C9DD556CDEB 00")
        let tag = Part4Model.decode(bank, userBank: user)
        #expect(tag.ownerInstitution == "CH-000134-1")
        #expect(tag.primaryItemIdentifier == "12345678.31")
        #expect(tag.setInformation == SetInformation(total: 12, ordinal: 3))
        #expect(tag.element(.shelfLocation)?.value == "QA268.L55")
        #expect(tag.element(.ownerInstitution)?.value == "US-InU-Mu")
        #expect(tag.element(.shelfLocation)?.offset == 8)
    }

    @Test func `a flipped bit and a GS1 number are no good reads`() throws {
        var bytes = try Hex.bytes("A3623D07150CC6B7C697ADB45964B3CFC1C1")
        bytes[6] ^= 0x01
        var reader = ByteReader(bytes)
        #expect(!Part4Model.decode(try IdentifierBank(parsing: &reader)).isReliable)
        var retail = ByteReader(try Hex.bytes("3000 30340000000000000000000A"))
        let bank = try IdentifierBank(parsingWithoutChecksum: &retail)
        #expect(Part4Model.decode(bank).recognition.confidence == .no)
    }

    @Test func `any banks are answered`() {
        var random = SeededGenerator(seed: 4)
        var answered = 0
        for round in 0..<3000 {
            let bytes = random.bytes(round % 40)
            var reader = ByteReader(bytes)
            guard let bank = try? IdentifierBank(parsing: &reader) else { continue }
            let tag = Part4Model.decode(bank, userBank: random.isTrue(onceIn: 2) ? [0x06] + bytes : bytes)
            #expect(tag.model == "iso28560-4")
            answered += 1
        }
        #expect(answered > 500)
    }

    @Test(
        arguments: [
            ("141C", "CH-"), ("C04F", "000"), ("D319", "31"), ("10E2FB2102DDDF7C4E00", "B.A12312345678"),
            ("FBF61A249B1F10A06C96AFF2", "123456789012345678901234"),
            ("FBB5056BC75E2D630FFFFF", "99999999999999999999"),
            ("FB2102DDDF7C4E", "12312345678"), ("FB000000000A", "000000010"), ("FC61", "a"), ("FDC3B8", "ø"), ("", ""),
        ])
    func `packed text reads with its escapes`(_ hex: String, _ text: String) throws {
        #expect(URNCode40.text(try Hex.bytes(hex)[...]) == text)
    }

    @Test(arguments: ["FB", "FB21", "FB2102", "FB0F00", "FC", "FDC3", "FEE282", "FF00", "FDC328", "14", "FA01"])
    func `escapes that are cut off or hold no character are refused`(_ hex: String) throws {
        #expect(URNCode40.text(try Hex.bytes(hex)[...]) == nil)
    }

    @Test(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
    func `every recorded bank and text reads as listed`() throws {
        for vector in try SharedVectors.models("urn-code40") {
            #expect(URNCode40.text(vector.bytes[...]) == vector.text("text"))
        }
        for vector in try SharedVectors.models("iso28560-4-mb01") {
            var reader = ByteReader(vector.bytes)
            let bank =
                try vector.fields["crc"] == nil
                ? IdentifierBank(parsingWithoutChecksum: &reader) : IdentifierBank(parsing: &reader)
            #expect(bank.text == vector.text("uii"))
            #expect(bank.wordCount == vector.number("words"))
            #expect(bank.afi == vector.afi)
        }
        for vector in try SharedVectors.models("iso28560-4-mb11") {
            let bank = IdentifierBank(protocolControl: 0x0100, identifier: [])
            let tag = Part4Model.decode(bank, userBank: vector.bytes)
            #expect(tag.element(.setInformation)?.value == vector.text("setInformation"))
            #expect(tag.element(.shelfLocation)?.value == vector.text("shelfLocation"))
            #expect(tag.element(.ownerInstitution)?.value == vector.text("ownerInstitution"))
        }
    }
}
