import Library
import Testing

@testable import Daemon

struct SweepConfigurationTests {
    private static func read(_ text: String) throws(ConfigurationError) -> Configuration.SweepSettings {
        try ConfigurationFile.parse(text, file: "test").sweep
    }

    @Test func `what is left out asks for one good pass and four parts in five of certainty`() throws {
        let rules = SweepRules(try Self.read(""), security: SecurityPolicy())
        #expect(rules.certainty == 0.8 && rules.coverage.passes == 1 && rules.coverage.reach == 10)
    }

    @Test func `a site decides how sweeps are judged and which tags mark shelves`() throws {
        let settings = try Self.read(
            """
            [sweep]
            passes = 2
            certainty = 0
            [sweep.severity]
            "not for loan" = "note"
            missing = "look"
            [[shelf]]
            barcode = "SHELF-12"
            name = "Bay 12"
            from = "QA 76"
            """
        )
        let rules = SweepRules(settings, security: SecurityPolicy())
        #expect(rules.certainty == nil && rules.coverage.passes == 2)
        #expect(rules.severity(of: .notForLoan) == .note && rules.severity(of: .missing) == .look)
        #expect(rules.shelfMarks.map(\.name) == ["Bay 12"])
        #expect(rules.shelfMarks.first?.from == ShelfKey(callNumber: "QA 76", scheme: .lcc))
    }

    @Test func `a shelf begins where the site's own switches file its first number`() throws {
        let settings = try Self.read(
            """
            [[shelf-order.prefix]]
            word = "REF"
            rank = -5
            [[shelf]]
            barcode = "SHELF-1"
            name = "Reference"
            from = "REF QA 76"
            """
        )
        let rules = ShelfOrderRules(prefixes: [ShelfPrefix("REF", rank: -5)])
        let key = ShelfKey(callNumber: "REF QA 76", scheme: .lcc, rules: rules)
        #expect(key != nil && settings.shelves.first?.from == key)
    }

    @Test(arguments: [
        "[sweep]\npasses = 0", "[sweep]\ncertainty = 101", "[sweep.severity]\nmissing = \"loud\"",
        "[sweep.severity]\nlost = \"act\"", "[[shelf]]\nname = \"Bay\"\nfrom = \"QA 76\"",
        "[[shelf]]\nbarcode = \"S\"\nname = \"Bay\"\nfrom = \"???\"",
        "[shelf-order]\ntrust-ils-key = true\n[[shelf]]\nbarcode = \"S\"\nname = \"Bay\"\nfrom = \"QA 76\"",
    ])
    func `a mistake is told with its line`(_ text: String) {
        #expect(throws: ConfigurationError.self) { try Self.read(text) }
    }
}
