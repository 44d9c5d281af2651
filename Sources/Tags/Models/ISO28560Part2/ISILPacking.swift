/// Code 0 on elements 3 and 11: an institution's ISIL in 5-bit letters and 4-bit digits (ISO 28560-2, ISIL annex).
///
/// A latch changes the character set for good, a shift for one character. Text starts in upper case and the last byte
/// is completed with 1 bits.
package enum ISILPacking {
    /// A character set; the order is the order in which a writer looks for a character.
    private enum Alphabet: Hashable {
        case upper, lower, numeric

        var width: Int { self == .numeric ? 4 : 5 }

        /// The letter, digit or mark of a code; `nil` for the codes that change the set.
        func character(_ code: UInt8) -> UInt8? {
            switch (self, code) {
            case (.numeric, 0...9): 0x30 + code
            case (.numeric, 10), (.upper, 0), (.lower, 0): 0x2D
            case (.numeric, 11), (.upper, 27): 0x3A
            case (.lower, 27): 0x2F
            case (.upper, 1...26): 0x40 + code
            case (.lower, 1...26): 0x60 + code
            default: nil
            }
        }

        func code(_ character: UInt8) -> UInt8? {
            switch (self, character) {
            case (.numeric, 0x30...0x39): character - 0x30
            case (.numeric, 0x2D): 10
            case (.numeric, 0x3A): 11
            case (_, 0x2D): 0
            case (.upper, 0x3A), (.lower, 0x2F): 27
            case (.upper, 0x41...0x5A): character - 0x40
            case (.lower, 0x61...0x7A): character - 0x60
            default: nil
            }
        }

        /// What the codes behind the last character do, in the order of the codes.
        var changes: [(to: Alphabet, forGood: Bool)] {
            switch self {
            case .upper: [(.lower, true), (.lower, false), (.numeric, true), (.numeric, false)]
            case .lower: [(.upper, true), (.upper, false), (.numeric, true), (.numeric, false)]
            case .numeric: [(.upper, true), (.upper, false), (.lower, true), (.lower, false)]
            }
        }

        var firstChange: UInt8 { self == .numeric ? 12 : 28 }
    }

    /// Any bytes are some text: every code of every set has a meaning.
    package static func text(_ data: ArraySlice<UInt8>) -> String {
        var reader = BitReader(data)
        var base = Alphabet.upper
        var current = Alphabet.upper
        return String(asciiOfAtMost: data.count * 2) {
            while let code = reader.take(current.width) {
                if let character = current.character(code) {
                    current = base
                    return character
                }
                let change = current.changes[Int(code - current.firstChange)]
                current = change.to
                if change.forGood { base = change.to }
            }
            return nil
        }
    }

    /// `nil` when a character is none of `A`–`Z`, `a`–`z`, `0`–`9`, `/`, `-`, `:`.
    ///
    /// A single character of another set is shifted to when the next one is back in the current set or the text ends;
    /// otherwise the set is latched. This gives the bytes of every ISIL seen on tags and in the standards' examples.
    package static func bytes(_ text: String) -> [UInt8]? {
        let characters = Array(text.utf8)
        var writer = BitWriter(reservingBits: characters.count * 8)
        var current = Alphabet.upper
        for (index, character) in characters.enumerated() {
            if let code = current.code(character) {
                writer.append(code, bits: current.width)
                continue
            }
            guard let target = alphabet(for: character, from: current), let code = target.code(character) else {
                return nil
            }
            let comesBack = index + 1 == characters.count || current.code(characters[index + 1]) != nil
            guard let change = current.changes.firstIndex(where: { $0 == (target, !comesBack) }) else { return nil }
            writer.append(current.firstChange + UInt8(change), bits: current.width)
            writer.append(code, bits: target.width)
            if !comesBack { current = target }
        }
        writer.fill(with: 0xFF)
        return writer.bytes
    }

    private static func alphabet(for character: UInt8, from current: Alphabet) -> Alphabet? {
        [Alphabet.upper, .lower, .numeric].first { $0 != current && $0.code(character) != nil }
    }
}
