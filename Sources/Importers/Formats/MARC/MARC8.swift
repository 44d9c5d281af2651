/// Text in MARC-8, the character set of older MARC 21 records.
///
/// Read are ASCII, ANSEL (extended Latin), Greek symbols, subscripts and superscripts, basic Hebrew and basic Cyrillic;
/// characters of other sets become U+FFFD each. Source: MARC 21 Specifications, character sets, part 2.
enum MARC8 {
    /// A character set that an escape sequence puts into the lower or upper half.
    private enum Set {
        case ascii, ansel, greekSymbols, subscripts, superscripts, hebrew, cyrillic
        case unknown(bytesEach: Int)
    }

    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var accents: [Unicode.Scalar] = []
        var lower = Set.ascii
        var upper = Set.ansel
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            if byte == 0x1B {
                position = escape(bytes, from: position, &lower, &upper)
                continue
            }
            let set = byte < 0x80 ? lower : upper
            if case .unknown(let width) = set, byte > 0x20 {
                position += max(1, width)
                text.append("\u{FFFD}")
                continue
            }
            position += 1
            let scalar = scalar(byte, set)
            if scalar.properties.generalCategory == .nonspacingMark {
                accents.append(scalar)
                continue
            }
            text.append(scalar)
            // In MARC-8 accents stand before their letter, in Unicode behind it.
            text.append(contentsOf: accents)
            accents.removeAll(keepingCapacity: true)
        }
        text.append(contentsOf: accents)
        return String(text)
    }

    /// Reads an escape sequence and returns the place behind it.
    private static func escape(_ bytes: ArraySlice<UInt8>, from start: Int, _ lower: inout Set, _ upper: inout Set)
        -> Int
    {
        var place = start + 1
        var isUpper = false
        var width = 1
        while place < bytes.endIndex {
            switch bytes[place] {
            case 0x28, 0x2C: isUpper = false
            case 0x29, 0x2D: isUpper = true
            case 0x24: width = 3
            case 0x21: break
            default:
                let set = named(bytes[place], width)
                if isUpper { upper = set } else { lower = set }
                return place + 1
            }
            place += 1
        }
        return place
    }

    private static func named(_ final: UInt8, _ width: Int) -> Set {
        switch final {
        case 0x42, 0x73: .ascii
        case 0x45: .ansel
        case 0x67: .greekSymbols
        case 0x62: .subscripts
        case 0x70: .superscripts
        case 0x32: .hebrew
        case 0x4E: .cyrillic
        default: .unknown(bytesEach: width)
        }
    }

    private static func scalar(_ byte: UInt8, _ set: Set) -> Unicode.Scalar {
        let low = byte & 0x7F
        guard low > 0x20 else { return Unicode.Scalar(low) }
        switch set {
        case .ascii: return Unicode.Scalar(low)
        case .ansel: return ansel[low | 0x80] ?? (byte < 0x80 ? Unicode.Scalar(byte) : "\u{FFFD}")
        case .greekSymbols: return [0x61: "α", 0x62: "β", 0x63: "γ"][low] ?? "\u{FFFD}"
        case .subscripts: return script(low, zero: 0x2080, parentheses: 0x208D)
        case .superscripts:
            return [0x31: "¹", 0x32: "²", 0x33: "³"][low] ?? script(low, zero: 0x2070, parentheses: 0x207D)
        case .hebrew:
            guard (0x60...0x7A).contains(low) else { return Unicode.Scalar(low) }
            return Unicode.Scalar(0x5D0 + UInt32(low - 0x60)) ?? "\u{FFFD}"
        case .cyrillic: return low < 0x40 ? Unicode.Scalar(low) : cyrillic[Int(low) - 0x40]
        case .unknown: return "\u{FFFD}"
        }
    }

    private static func script(_ low: UInt8, zero: UInt32, parentheses: UInt32) -> Unicode.Scalar {
        switch low {
        case 0x30...0x39: Unicode.Scalar(zero + UInt32(low - 0x30)) ?? "\u{FFFD}"
        case 0x2B: Unicode.Scalar(zero + 10) ?? "\u{FFFD}"
        case 0x2D: Unicode.Scalar(zero + 11) ?? "\u{FFFD}"
        case 0x28: Unicode.Scalar(parentheses) ?? "\u{FFFD}"
        case 0x29: Unicode.Scalar(parentheses + 1) ?? "\u{FFFD}"
        default: "\u{FFFD}"
        }
    }

    /// Basic Cyrillic 40 to 7F: small letters, then capitals, in the order of KOI.
    private static let cyrillic = Array(
        "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ".unicodeScalars
    )

    /// ANSEL: letters and signs, and from E0 the accents that stand before their letter.
    private static let ansel: [UInt8: Unicode.Scalar] = [
        0xA1: "Ł", 0xA2: "Ø", 0xA3: "Đ", 0xA4: "Þ", 0xA5: "Æ", 0xA6: "Œ", 0xA7: "\u{2B9}", 0xA8: "·", 0xA9: "♭",
        0xAA: "®", 0xAB: "±", 0xAC: "Ơ", 0xAD: "Ư", 0xAE: "\u{2BC}", 0xB0: "\u{2BB}", 0xB1: "ł", 0xB2: "ø", 0xB3: "đ",
        0xB4: "þ", 0xB5: "æ", 0xB6: "œ", 0xB7: "\u{2BA}", 0xB8: "ı", 0xB9: "£", 0xBA: "ð", 0xBC: "ơ", 0xBD: "ư",
        0xC0: "°", 0xC1: "ℓ", 0xC2: "℗", 0xC3: "©", 0xC4: "♯", 0xC5: "¿", 0xC6: "¡", 0xC7: "ß", 0xC8: "€",
        0xE0: "\u{309}", 0xE1: "\u{300}", 0xE2: "\u{301}", 0xE3: "\u{302}", 0xE4: "\u{303}", 0xE5: "\u{304}",
        0xE6: "\u{306}", 0xE7: "\u{307}", 0xE8: "\u{308}", 0xE9: "\u{30C}", 0xEA: "\u{30A}", 0xEB: "\u{FE20}",
        0xEC: "\u{FE21}", 0xED: "\u{315}", 0xEE: "\u{30B}", 0xEF: "\u{310}", 0xF0: "\u{327}", 0xF1: "\u{328}",
        0xF2: "\u{323}", 0xF3: "\u{324}", 0xF4: "\u{325}", 0xF5: "\u{333}", 0xF6: "\u{332}", 0xF7: "\u{326}",
        0xF8: "\u{31C}", 0xF9: "\u{32E}", 0xFA: "\u{FE22}", 0xFB: "\u{FE23}", 0xFE: "\u{313}",
    ]
}
