import Library
import Testing

/// Check digits of published examples: ISO/IEC 7812-1 annex B (7992739871 3), GS1 (629104150021 3), ISBN 978030640615
/// 7, "CODE 39" in Code 39 (12 + 24 + 13 + 14 + 38 + 3 + 9 = 113, modulo 43 is 27: R), and a library label of fourteen
/// digits.
@Test(
    arguments: [
        (CheckDigit.luhn, "79927398713"), (.luhn, "30100000000002"), (.ean, "6291041500213"), (.ean, "9780306406157"),
        (.mod43, "CODE 39R"),
    ]
)
func `a right check digit is no flaw and every other one is told with the right one`(
    _ digit: CheckDigit,
    _ barcode: String
) throws {
    let rules = BarcodeRules(checkDigit: digit)
    #expect(rules.flaw(of: barcode) == nil)
    let right = try #require(barcode.last)
    for wrong in "0123456789" where wrong != right {
        let flaw = rules.flaw(of: "\(barcode.dropLast())\(wrong)")
        #expect(flaw == "found barcode \(barcode.dropLast())\(wrong) with check digit \(wrong), wanted \(right)")
    }
}

@Test func `a barcode of other characters than its check digit knows is a flaw`() {
    #expect(BarcodeRules(checkDigit: .luhn).flaw(of: "30A0")?.contains("wanted digits") == true)
    #expect(BarcodeRules(checkDigit: .mod43).flaw(of: "ä1")?.contains("Code 39") == true)
    #expect(BarcodeRules(checkDigit: .ean).flaw(of: "7") != nil)
}

@Test func `prefixes and lengths are told with what was wanted`() {
    let rules = BarcodeRules(prefixes: ["30", "LIB"], lengths: [6, 8])
    #expect(rules.flaw(of: "301234") == nil)
    #expect(rules.flaw(of: "LIB12345") == nil)
    #expect(rules.flaw(of: "3012345") == "found barcode 3012345 of 7 characters, wanted 6 or 8")
    #expect(rules.flaw(of: "401234") == "found barcode 401234, wanted one that begins with 30 or LIB")
    #expect(BarcodeRules.none.flaw(of: "anything") == nil)
}
