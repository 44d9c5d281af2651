/// How letters beyond A to Z are filed.
package enum FilingAlphabet: String, Hashable, Sendable, CaseIterable {
    /// é as e, ö as o, ø as o, ß as ss: English, French, Spanish, and German in everyday use.
    case accentsIgnored = "accents ignored"
    /// ä as ae, ö as oe, ü as ue: German telephone order.
    case germanUmlauts = "german umlauts"
    /// å ä ö behind z, ü as y: Swedish and Finnish.
    case swedish
    /// æ ø å behind z, ä and ö with æ and ø: Danish and Norwegian.
    case danish

    /// The text as filing letters: A to Z for what the alphabet folds, other scripts in capitals, and the bytes F8 to
    /// FA, which no UTF-8 text contains, for letters behind z.
    func folded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 4)
        for scalar in text.unicodeScalars {
            if scalar.value < 0x80 {
                bytes.append(UInt8(scalar.value))
            } else if (0x300...0x36F).contains(scalar.value) {
                combine(scalar.value, into: &bytes)
            } else if let sign = Self.plainSign(scalar) {
                bytes.append(sign)
            } else if scalar.properties.isWhitespace || scalar.properties.generalCategory == .dashPunctuation {
                bytes.append(scalar.properties.isWhitespace ? 0x20 : 0x2D)
            } else if let own = special(scalar) ?? LatinLetter.base(of: scalar) {
                bytes.append(contentsOf: own)
            } else if scalar.properties.isAlphabetic {
                bytes.append(contentsOf: scalar.properties.uppercaseMapping.utf8)
            }
        }
        return bytes
    }

    /// The sign of ASCII that a word processor has made another of: apostrophes, quotes, minus, slash.
    private static func plainSign(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "\u{2018}", "\u{2019}", "\u{2BC}", "\u{2032}": 0x27
        case "\u{201C}", "\u{201D}", "\u{201E}", "\u{2033}", "\u{AB}", "\u{BB}": 0x22
        case "\u{2212}": 0x2D
        case "\u{2044}", "\u{2215}": 0x2F
        default: nil
        }
    }

    /// A combining accent behind a plain letter: it counts only where the pair is a letter of its own.
    private func combine(_ accent: UInt32, into bytes: inout [UInt8]) {
        guard let base = bytes.last, let pair = LatinLetter.composed(base, accent), let own = special(pair) else {
            return
        }
        bytes.removeLast()
        bytes.append(contentsOf: own)
    }

    private func special(_ scalar: Unicode.Scalar) -> [UInt8]? {
        switch (self, scalar) {
        case (.germanUmlauts, "ä"), (.germanUmlauts, "Ä"): [0x41, 0x45]
        case (.germanUmlauts, "ö"), (.germanUmlauts, "Ö"): [0x4F, 0x45]
        case (.germanUmlauts, "ü"), (.germanUmlauts, "Ü"): [0x55, 0x45]
        case (.swedish, "å"), (.swedish, "Å"): [0xF8]
        case (.swedish, "ä"), (.swedish, "Ä"), (.swedish, "æ"), (.swedish, "Æ"): [0xF9]
        case (.swedish, "ö"), (.swedish, "Ö"), (.swedish, "ø"), (.swedish, "Ø"): [0xFA]
        case (.danish, "æ"), (.danish, "Æ"), (.danish, "ä"), (.danish, "Ä"): [0xF8]
        case (.danish, "ø"), (.danish, "Ø"), (.danish, "ö"), (.danish, "Ö"): [0xF9]
        case (.danish, "å"), (.danish, "Å"): [0xFA]
        case (.swedish, "ü"), (.swedish, "Ü"), (.danish, "ü"), (.danish, "Ü"): [0x59]
        default: nil
        }
    }
}
