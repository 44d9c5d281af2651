import Library
import Testing

/// Checks that every list is filed in the order in which it is written, strictly.
private func expectOrder(
    _ numbers: [String],
    _ scheme: CallNumberScheme,
    rules: ShelfOrderRules = .standard,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let keys = try numbers.map { try ShelfKey.filed($0, scheme: scheme, rules: rules).get() }
    for index in keys.indices.dropFirst() {
        #expect(
            keys[index - 1] < keys[index],
            "\(numbers[index - 1]) before \(numbers[index])",
            sourceLocation: sourceLocation
        )
    }
}

@Suite struct ShelfKeyTests {
    @Test func `cutters are decimals and nothing stands before something`() throws {
        try expectOrder(
            ["QA 76", "QA 76 2001", "QA 76 .B2", "QA 76 .B2 1999", "QA 76 .B25", "QA 76 .B3", "QA 76.5", "QA 760"],
            .lcc
        )
    }

    @Test func `a work mark stays with its cutter`() throws {
        try expectOrder(["823 B277", "823 B277 2001", "823 B277e", "823 B277g", "823 B2775", "823 B28"], .ddc)
        try expectOrder(["QA 1 .A101", "QA 1 .A101 A101", "QA 1 .A101m", "QA 1 .A1011"], .lcc)
    }

    @Test func `volumes, parts and copies count as numbers whatever their spelling`() throws {
        try expectOrder(["QA 1 .A1 v.2", "QA 1 .A1 vol. 3 no. 2", "QA 1 .A1 Vol 3 nr 10", "QA 1 .A1 v.12"], .lcc)
        try expectOrder(["QA 1 .A1", "QA 1 .A1 c.1", "QA 1 .A1 copy 2", "QA 1 .A1 c. 10"], .lcc)
        #expect(
            ShelfKey(callNumber: "QA 1 .A1 vol. 3", scheme: .lcc) == ShelfKey(callNumber: "QA1.A1 v3", scheme: .lcc)
        )
    }

    /// Cutter letters and digits as in ils §5.2.
    @Test func `a first cutter behind its point is one in small letters as well`() throws {
        for (small, capital) in [("QA 76 .c65 1990", "QA 76 .C65 1990"), ("QA76.9.v5", "QA 76.9 .V5")] {
            let key = try ShelfKey.filed(small, scheme: .lcc).get()
            let wanted = try ShelfKey.filed(capital, scheme: .lcc).get()
            #expect(key == wanted, "\(small)")
        }
        try expectOrder(["QA 76 v.2.c1", "QA 76 v.2.c2", "QA 76 v.2 .A1", "QA 76 .A1 v2", "QA 76 .A1 v10"], .lcc)
    }

    /// Volume and copy behind the last cutter, as in ils §5.2.
    @Test func `a volume needs no space before it`() throws {
        for (close, apart) in [(".A1v.2", ".A1 v.2"), (".A1no. 10", ".A1 no.10"), (".A1 B2c.3", ".A1 B2 c.3")] {
            let key = try ShelfKey.filed("QA 1 " + close, scheme: .lcc).get()
            let wanted = try ShelfKey.filed("QA 1 " + apart, scheme: .lcc).get()
            #expect(key == wanted, "\(close)")
        }
        // A point that ends the number, or stands before a cutter, leaves a work mark what it is.
        try expectOrder(["QA 1 .A1 v.2", "QA 1 .A1c.", "QA 1 .A1v.", "QA 1 .A1v.B2", "QA 1 .A2"], .lcc)
    }

    @Test func `roman volumes are numbers unless the site says otherwise`() throws {
        let list = ["QA 1 .A1 v.I", "QA 1 .A1 v.II", "QA 1 .A1 v.IV", "QA 1 .A1 v.9", "QA 1 .A1 v.X"]
        try expectOrder(list, .lcc)
        let asWords = ShelfOrderRules(readsRomanVolumes: false)
        try expectOrder(["QA 1 .A1 v.9", "QA 1 .A1 v.IV", "QA 1 .A1 v.X"], .lcc, rules: asWords)
        // IIII is no regular spelling and stays a word.
        try expectOrder(["QA 1 .A1 v.9", "QA 1 .A1 v.IIII"], .lcc)
    }

    @Test func `a site orders copies, volumes and dates as it likes`() throws {
        let volumesFirst = ShelfOrderRules(partOrder: [.volume, .copy, .date])
        try expectOrder(["QA 1 .A1 v.2", "QA 1 .A1 c.1", "QA 1 .A1 1999"], .lcc, rules: volumesFirst)
        try expectOrder(["QA 1 .A1 1999", "QA 1 .A1 c.1", "QA 1 .A1 v.2"], .lcc)
    }

    @Test func `the x of a local cutter is ignored where the site says so`() {
        let ignoring = ShelfOrderRules(ignoresCutterX: true)
        #expect(
            ShelfKey(callNumber: "R 185 .B52x", scheme: .lcc, rules: ignoring)
                == ShelfKey(callNumber: "R 185 .B52", scheme: .lcc, rules: ignoring)
        )
        #expect(
            ShelfKey(callNumber: "R 185 .B52x", scheme: .lcc) != ShelfKey(callNumber: "R 185 .B52", scheme: .lcc)
        )
    }

    @Test func `thematic numbers are whole or decimal`() throws {
        try expectOrder(["M 5 .M9 K.9", "M 5 .M9 K.240", "M 5 .M9 op.3"], .lcc)
        let decimal = ShelfOrderRules(thematicNumbersAreWhole: false)
        try expectOrder(["M 5 .M9 K.240", "M 5 .M9 K.9"], .lcc, rules: decimal)
    }

    @Test func `prefixes are places with a rank`() throws {
        try expectOrder(["QA 76", "Z 9", "Oversize QA 76", "R QA 76", "REF A 1"], .lcc)
        let rules = ShelfOrderRules(prefixes: [ShelfPrefix("REF", rank: -1), ShelfPrefix("FOLIO", rank: 0)])
        try expectOrder(["REF 900", "Folio 100", "101", "FOLIO 102"], .ddc, rules: rules)
        // R before digits is the LCC class R, medicine.
        try expectOrder(["QA 76", "R 1", "S 1"], .lcc)
    }

    /// Koha divides Dewey numbers at spaces, points and slashes alike (ils §5.1); prefixes are places (§5.2).
    @Test(
        arguments: [
            ("YR/DVD/800.1", "YR DVD 800.1", .ddc), ("REF/ QA 76", "REF QA 76", .lcc), ("J/FIC/ROW", "J FIC ROW", .ddc),
            ("[Fic] ROW", "Fic ROW", .ddc), ("(REF) QA 76", "REF QA 76", .lcc), ("DVD [823.9]", "DVD 823.9", .ddc),
        ] as [(String, String, CallNumberScheme)]
    )
    func `a prefix is one behind a slash and in brackets`(
        _ told: String,
        _ spaced: String,
        _ scheme: CallNumberScheme
    ) throws {
        let key = try ShelfKey.filed(told, scheme: scheme).get()
        let wanted = try ShelfKey.filed(spaced, scheme: scheme).get()
        #expect(key == wanted)
    }

    @Test func `brackets around what is no prefix are no gap`() {
        #expect(ShelfKey(callNumber: "[823] ROW", scheme: .ddc) == nil)
        #expect(ShelfKey(callNumber: "(ABC) QA 76", scheme: .lcc) == nil)
        #expect(ShelfKey(callNumber: "REF (410)", scheme: .udc) != ShelfKey(callNumber: "REF 410", scheme: .udc))
    }

    @Test func `fiction without a number is filed by its letters behind its prefix`() throws {
        try expectOrder(["FIC ADA", "FIC Row", "Fic ROWE"], .ddc)
        #expect(throws: UnsortableCallNumber.self) { try ShelfKey.filed("ROW", scheme: .ddc).get() }
    }

    @Test func `dewey decimals are decimals and cut marks are not filed`() throws {
        try expectOrder(["5 SMI", "92 A1", "451", "451.01", "451.1", "823.09 A", "823.912 A", "823.92"], .ddc)
        let plain = ShelfKey(callNumber: "823.912 ROW", scheme: .ddc)
        #expect(ShelfKey(callNumber: "823/.912 ROW", scheme: .ddc) == plain)
        #expect(ShelfKey(callNumber: "823.9/12 ROW", scheme: .ddc) == plain)
        #expect(ShelfKey(callNumber: "823.9'12 row", scheme: .ddc) == plain)
        // As in LCC, a space before the decimals is only spelling (ils §5.2).
        #expect(ShelfKey(callNumber: "823 .912 ROW", scheme: .ddc) == plain)
    }

    /// Prefixes and marks as in ils §5.2; Voltaire, Tomlinson and one letter alone are on many shelves.
    @Test func `an author's mark in dewey is one though it spells the word for a volume or copy`() throws {
        try expectOrder(["843 ABA", "843 VIA", "843 VOL", "843 VOL 1999", "843 VOL v.2", "843 VOM", "843 ZOL"], .ddc)
        try expectOrder(["823 B", "823 C", "823 C 2001", "823 CA", "823 K", "823 T.", "823 V", "823 W"], .ddc)
        // A number that may be a volume's decides.
        try expectOrder(["030", "030 v.I", "030 vol. 2", "030 VOL IX", "030 V 10", "030 A"], .ddc)
        try expectOrder(["843 VIA", "843 VOL C", "843 VOL M", "843 VOM"], .ddc)
        try expectOrder(["030 1999", "030 no. 1999", "030 no. 2000", "030 A"], .ddc)
    }

    @Test func `national library of medicine numbers are filed like those of congress`() throws {
        try expectOrder(["QS 4 G7", "QV 38 B5", "QZ 50", "W 1 JO95", "WG 120 H43 2001", "WG 1200", "WZ 100 N5"], .nlm)
    }

    @Test func `years stand first behind the colon of a documents number, also in their short spelling`() throws {
        try expectOrder(
            [
                "I 29.21:M 75/2/996", "I 29.21:M 75/2/1998", "I 29.21:M 75/2/2019", "I 29.21:M 75/2/K",
                "I 29.21:M 75/2/10",
            ],
            .sudoc
        )
        let numbersFirst = ShelfOrderRules(sudocLettersFirst: false)
        try expectOrder(["A 1.2:10", "A 1.2:B"], .sudoc, rules: numbersFirst)
        try expectOrder(["A 1.2:B", "A 1.2:10"], .sudoc)
    }

    @Test func `signs of universal decimal numbers have their own order`() throws {
        try expectOrder(
            [
                "59+636", "59/599", "59", "59:636", "59:9", "59::636", "59=111", "59(021)", "59(410)", "59(=1)",
                "59\"19\"", "59A", "59-05", "59-1", "591", "591.1", "592", "6",
            ],
            .udc
        )
        #expect(ShelfKey(callNumber: "621.39", scheme: .udc) == ShelfKey(callNumber: "6213.9", scheme: .udc))
    }

    /// Auxiliary signs as in ils §5.2.
    @Test func `spaces around a sign that joins universal decimal numbers are only spelling`() throws {
        let spellings = [("59 : 636", "59:636"), ("59+ 6", "59+6"), ("59  / 599", "59/599"), ("59 = 111", "59=111")]
        for (spaced, plain) in spellings {
            let key = try ShelfKey.filed(spaced, scheme: .udc).get()
            let wanted = try ShelfKey.filed(plain, scheme: .udc).get()
            #expect(key == wanted, "\(spaced)")
        }
        // A book mark behind a space stays one.
        try expectOrder(["59", "59 636", "59 MUL", "59 : 636", "59 : 636 ABC", "59 : 9", "59(410) MUL"], .udc)
    }

    /// Auxiliary signs and cut marks as in ils §5.2.
    @Test(
        arguments: [
            ("59\u{201C}19\u{201D}", "59\"19\"", .udc), ("547\u{2019}13", "547'13", .udc),
            ("59\u{2212}05", "59-05", .udc), ("823\u{2019}.912", "823.912", .ddc),
            ("L\u{2019}\u{CE}le 3", "L'Ile 3", .local),
        ] as [(String, String, CallNumberScheme)]
    )
    func `signs as a word processor sets them are those of the keyboard`(
        _ set: String,
        _ typed: String,
        _ scheme: CallNumberScheme
    ) throws {
        let key = try ShelfKey.filed(set, scheme: scheme).get()
        let wanted = try ShelfKey.filed(typed, scheme: scheme).get()
        #expect(key == wanted)
    }

    @Test func `words stand behind numbers in local numbers, or before them where the site says so`() throws {
        try expectOrder(["BIO", "BIO 7", "BIO 10", "BIO ABC", "BIOX"], .local)
        let lettersFirst = ShelfOrderRules(localLettersFirst: true)
        try expectOrder(["BIO", "BIO ABC", "BIO 7", "BIO 10", "BIOX"], .local, rules: lettersFirst)
    }

    @Test func `local numbers are words and whole numbers, case and accents aside`() throws {
        try expectOrder(["Krimi 2", "KRIMI 10", "Krimi Müller", "krimi Muller 2", "Lyrik"], .local)
        #expect(ShelfKey(callNumber: "Éluard", scheme: .local) == ShelfKey(callNumber: "eluard", scheme: .local))
    }

    @Test(
        arguments: [
            (.accentsIgnored, ["Ångström", "Anka", "Ö", "P", "Z"]),
            (.swedish, ["Anka", "P", "Z", "Ångström", "Ärla", "Ö"]),
            (.danish, ["Anka", "P", "Z", "Ærø", "Øl", "Ål"]),
            (.germanUmlauts, ["Müde", "Mufti"]),
        ] as [(FilingAlphabet, [String])]
    )
    func `letters beyond z stand where the language wants them`(_ alphabet: FilingAlphabet, _ list: [String]) throws {
        try expectOrder(list.sorted { _, _ in false }, .local, rules: ShelfOrderRules(alphabet: alphabet))
        // The same letters written with a combining accent (a + U+030A) are the same letters.
        let composed = ShelfKey(callNumber: "\u{E5}", scheme: .local, rules: ShelfOrderRules(alphabet: alphabet))
        let combining = ShelfKey(callNumber: "a\u{30A}", scheme: .local, rules: ShelfOrderRules(alphabet: alphabet))
        #expect(composed == combining)
    }

    @Test(
        arguments: [
            ("", .lcc, .empty), (" . ", .ddc, .empty), ("12234", .lcc, .noClass), ("microform", .lcc, .noClass),
            ("IB 5", .lcc, .unknownClass("IB")), ("AB this is no number", .lcc, .noClassNumber),
            ("AB 12345", .lcc, .classNumberTooLong(digits: 5)), ("ROW 823", .ddc, .noClassNumber),
            ("12345.6", .ddc, .classNumberTooLong(digits: 5)), ("Y : X", .sudoc, .noClassNumber),
            ("29.21:5", .sudoc, .noClass), ("SMI", .udc, .noClassNumber),
            (String(repeating: "9", count: 1001), .local, .tooLong(limit: 1000)),
        ] as [(String, CallNumberScheme, UnsortableCallNumber.Reason)]
    )
    func `an unsortable number says why`(
        _ number: String,
        _ scheme: CallNumberScheme,
        _ reason: UnsortableCallNumber.Reason
    ) {
        let refusal = UnsortableCallNumber(callNumber: number, scheme: scheme, reason: reason)
        #expect(ShelfKey.filed(number, scheme: scheme) == .failure(refusal))
        #expect(ShelfKey(callNumber: number, scheme: scheme) == nil)
        #expect("\(refusal)".hasPrefix("call number \""))
    }

    @Test func `an explanation says what every part was taken for and its bytes are the key`() throws {
        let parts = try ShelfKey.explanation(of: "REF QA 76.73 .S95 A65m 2019 v.2", scheme: .lcc).get()
        #expect(
            parts.map { "\($0.text): \($0.meaning)" } == [
                "REF: prefix, rank 28", "QA: class", "76: class number", "73: class number, decimals",
                "S95: cutter, digits as decimals", "A65: cutter, digits as decimals", "m: work mark",
                "2019: date, edition or other number", "v: volume", "2: number",
            ]
        )
        let key = try ShelfKey.filed("REF QA 76.73 .S95 A65m 2019 v.2", scheme: .lcc).get()
        #expect(parts.flatMap(\.bytes) == key.bytes)
    }

    @Test func `volume and copy of an item are filed behind its number, once`() throws {
        var item = Item(barcode: "1", callNumber: "QA 1 .A1", scheme: .lcc, enumeration: "v.2", copyNumber: "1")
        #expect(try item.shelfKey().get() == ShelfKey(callNumber: "QA 1 .A1 v.2 c.1", scheme: .lcc))
        item.callNumber = "QA 1 .A1 v.2"
        #expect(try item.shelfKey().get() == ShelfKey(callNumber: "QA 1 .A1 v.2 c.1", scheme: .lcc))
        item.callNumber = nil
        #expect(throws: UnsortableCallNumber.self) { try item.shelfKey().get() }
    }

    @Test(arguments: [
        ("QA 1 .B3 1992", "2", "QA 1 .B3 1992 2"), ("QA 1 .B3", "3", "QA 1 .B3 3"), ("QA 76.2", "2", "QA 76.2 2"),
        ("QA 1 .B3 v.2", "2", "QA 1 .B3 v.2"), ("QA 1 .B3 1992", "1992", "QA 1 .B3 1992"),
        ("QA 1 .B3 (2)", "(2)", "QA 1 .B3 (2)"), ("QA 1 .B3\tv.2", "v.2", "QA 1 .B3 v.2"),
    ])
    func `a volume is filed unless it stands there as a word of its own`(
        _ callNumber: String,
        _ volume: String,
        _ whole: String
    ) throws {
        let key = try ShelfKey.filed(callNumber, enumeration: volume, scheme: .lcc).get()
        let wanted = try ShelfKey.filed(whole, scheme: .lcc).get()
        #expect(key == wanted)
    }

    @Test func `a trusted system key decides where there is one`() throws {
        let rules = ShelfOrderRules(trustsSystemKey: true)
        let item = Item(barcode: "1", callNumber: "QA 76", scheme: .lcc, systemSortKey: "QA0076")
        #expect(try item.shelfKey(rules: rules).get() == ShelfKey(systemSortKey: "QA0076"))
        #expect(try item.shelfKey().get() == ShelfKey(callNumber: "QA 76", scheme: .lcc))
        let without = Item(barcode: "2", callNumber: "QA 76", scheme: .lcc)
        #expect(try without.shelfKey(rules: rules).get() == ShelfKey(callNumber: "QA 76", scheme: .lcc))
    }
}
