import Tags
import Testing
import Wire

struct CompactionTests {
    @Test(
        arguments: [
            // ISO 28560-2 example, real tags of Finland and China, and the limits of each packing
            ("123456789012", Compaction.integer, "1CBE991A14"),
            ("1203", .integer, "04B3"),
            ("10", .integer, "0A"),
            ("28522030300023", .integer, "19F0CD7BFB77"),
            ("9999999999999999999", .integer, "8AC7230489E7FFFF"),
            ("10000000000000000000", .numeric, "10000000000000000000"),
            ("07800116607", .numeric, "07800116607F"),
            ("00", .numeric, "00"),
            ("JPN", .fiveBit, "541C"),
            ("]^_", .fiveBit, "EFBE"),
            ("QA268.L55", .sixBit, "441CB6E2E335D6"),
            ("ABC1234", .sixBit, "0420F1CB3D20"),
            ("611N00576578", .sixBit, "DB1C4EC30D77DB5DF8"),
            ("lvask123100760", .sevenBit, "D9DB0F3D6C593362C18376CC3F"),
            ("U664.121/N590/line3", .sevenBit, "AAD9B345CC59315F39AB960BF669DD959F"),
            ("Hjørring", .octets, "486AF87272696E67"),
            ("BA", .octets, "4241"),
            ("x", .octets, "78"),
            ("Žluť", .utf8, "C5BD6C75C5A5"),
        ])
    func `a writer takes the first packing that fits`(_ text: String, _ compaction: Compaction, _ hex: String) throws {
        let packed = Compaction.automatic(text)
        #expect(packed.compaction == compaction)
        #expect(Hex.string(packed.bytes) == hex)
        #expect(compaction.text(packed.bytes[...]) == text)
    }

    @Test(
        arguments: [
            ("1", Compaction.integer), ("0123", .integer), ("12345678901234567890", .integer), ("12a4", .integer),
            ("1", .numeric), ("12-4", .numeric), ("AB", .fiveBit), ("AB@", .fiveBit), ("abc", .fiveBit),
            ("ABC", .sixBit), ("ABC ", .sixBit), ("abcd", .sixBit), ("abcdefg", .sevenBit),
            ("abcdefg\u{7F}", .sevenBit), ("abcdefgé", .sevenBit), ("ž", .octets), ("x", .applicationDefined),
        ])
    func `text that breaks the input rule is not packed`(_ text: String, _ compaction: Compaction) {
        #expect(compaction.bytes(text) == nil)
    }

    @Test(
        arguments: [
            // leading zero byte, one digit, below the minimum lengths: all seen on tags
            ("00000AA8AE", Compaction.integer, "698542"), ("00", .integer, "0"), ("1040", .fiveBit, "BA"),
            ("99A713063F", .sevenBit, "Lib01"), ("", .octets, ""), ("00", .octets, "\u{0}"), ("E9", .octets, "é"),
            ("1203", .applicationDefined, "1203"), ("1F", .numeric, "1"),
        ])
    func `a reader takes more than a writer makes`(_ hex: String, _ compaction: Compaction, _ text: String) throws {
        #expect(compaction.text(try Hex.bytes(hex)[...]) == text)
    }

    @Test(
        arguments: [
            ("", Compaction.integer), ("010000000000000000", .integer), ("1A23", .numeric), ("FF", .numeric),
            ("", .numeric),
            ("C328", .utf8), ("80", .utf8),
        ])
    func `corrupt bytes have no text`(_ hex: String, _ compaction: Compaction) throws {
        #expect(compaction.text(try Hex.bytes(hex)[...]) == nil)
    }

    @Test func `what any packing takes it gives back`() {
        var random = SeededGenerator(seed: 5)
        let alphabets = ["0123456789", "ABCXYZ[]^_", "ABC 123.-/?", "abc ABC 123~", "aé ÿ", "ažů漢"]
        for round in 0..<3000 {
            let text = random.text(alphabets[round % alphabets.count], 1...40)
            for compaction in Compaction.allCases {
                guard let bytes = compaction.bytes(text) else { continue }
                #expect(compaction.text(bytes[...]) == text, "\(compaction)")
            }
        }
    }

    @Test func `any bytes in any packing are answered`() {
        var random = SeededGenerator(seed: 6)
        var texts = 0
        for round in 0..<3000 {
            let bytes = random.bytes(round % 33)
            for compaction in Compaction.allCases where compaction.text(bytes[...]) != nil { texts += 1 }
        }
        #expect(texts > 3000)
    }
}
