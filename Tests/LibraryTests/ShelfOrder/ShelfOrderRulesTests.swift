import Testing

@testable import Library

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

    /// Holdings that were filed by an earlier revision are filed anew; with the same number they would be mixed.
    @Test func `whoever changes how numbers are filed counts the revision up`() {
        let numbers: [CallNumberScheme: [String]] = [
            .lcc: [
                "QA 76.73 .S95 T48 2014 v.2 c.3", "KF 4550 .A2 1990b", "QA 76 .c65", "M 1500 op. 27 no.2", "[Fic] ROW",
            ],
            .ddc: [
                "823.912 TOL", "823 .912", "843 VOL", "005.133 K46p 2nd ed.", "REF 031 WOR v.12", "YR/DVD/800.1",
            ],
            .nlm: ["WG 120 H534 2008", "W1 AM4572"],
            .sudoc: ["A 1.10:998", "Y 4.J 89/1:99-12", "HE 20.3038:P 94/996"],
            .udc: ["59 : 636", "94(489)\"19\"", "621.3::537", "53-028.22=113.5"],
            .local: ["Zz 12 Andersen", "DVD 0042", "Ærø 7"],
        ]
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for scheme in CallNumberScheme.allCases {
            for number in numbers[scheme] ?? [] {
                let key = ShelfKey(callNumber: number, scheme: scheme)
                for byte in (key?.bytes ?? []) + [0] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            }
        }
        #expect(
            [ShelfOrderRules.revision: String(hash, radix: 16)] == [2: "6ee172f5ce66366b"],
            "these are other keys: count ShelfOrderRules.revision up, and write down what is found here"
        )
    }
}
