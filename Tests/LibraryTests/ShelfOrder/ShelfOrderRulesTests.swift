import Library
import Testing

struct ShelfOrderRulesTests {
    private static let rules = [
        ShelfOrderRules(), ShelfOrderRules(prefixes: []), ShelfOrderRules(prefixes: [ShelfPrefix("REF", rank: 1)]),
        ShelfOrderRules(prefixes: [ShelfPrefix("REF", rank: 2)]),
        ShelfOrderRules(prefixes: [ShelfPrefix("REF", rank: 2, filesAlphabetically: true)]),
        ShelfOrderRules(workMark: .beforeSecondCutter), ShelfOrderRules(ignoresCutterX: true),
        ShelfOrderRules(partOrder: [.date]), ShelfOrderRules(partOrder: [.date, .copy]),
        ShelfOrderRules(partOrder: [.copy, .date]), ShelfOrderRules(readsRomanVolumes: false),
        ShelfOrderRules(thematicNumbersAreWhole: false), ShelfOrderRules(sudocLettersFirst: false),
        ShelfOrderRules(localLettersFirst: true), ShelfOrderRules(alphabet: .danish),
        ShelfOrderRules(trustsSystemKey: true),
    ]

    @Test func `each switch tells itself from the others by a number, which stays the same`() {
        let numbers = Self.rules.map(\.fingerprint)
        #expect(Set(numbers).count == Self.rules.count && !numbers.contains(0))
        #expect(Self.rules.map(\.fingerprint) == numbers)
        #expect(ShelfOrderRules().fingerprint == ShelfOrderRules.standard.fingerprint)
    }
}
