/// A word before the class number that is a place in disguise (REF, Oversize, DVD), and where that place stands.
package struct ShelfPrefix: Hashable, Sendable {
    /// The word in capital letters A to Z, at most 20.
    package var word: String
    /// 0 files among the numbers without prefix, below 0 before all of them, above 0 behind: -50 to 50.
    package var rank: Int
    /// Whether what follows without a class number is filed by its letters: `FIC ROW`.
    package var filesAlphabetically: Bool
    /// The word as the filing compares it.
    let letters: [UInt8]

    /// The rank is brought into -50 to 50; upper and lower case of the word are the same.
    package init(_ word: String, rank: Int, filesAlphabetically: Bool = false) {
        self.word = word
        self.rank = max(-50, min(50, rank))
        self.filesAlphabetically = filesAlphabetically
        letters = word.utf8.map(CallNumberCursor.capital)
    }

    /// What the sort key begins with for a rank; the rank of a number without prefix is 0.
    static func rankByte(_ rank: Int) -> UInt8 {
        UInt8(clamping: 0x60 + rank)
    }

    /// Prefixes seen in many libraries, each filed as a block of its own behind the plain numbers.
    package static let common: [ShelfPrefix] =
        alphabetical.enumerated().map { ShelfPrefix($1, rank: $0 + 1, filesAlphabetically: true) }
        + places.enumerated().map { ShelfPrefix($1, rank: alphabetical.count + $0 + 1) }

    private static let alphabetical = ["BIO", "BIOGRAPHY", "EASY", "FIC", "FICTION", "GRAPHIC", "MYSTERY", "SF"]
    private static let places = [
        "ATLAS", "AV", "CD", "CDROM", "DVD", "FICHE", "FILM", "FOLIO", "J", "JUV", "LP", "MAP", "MICROFICHE",
        "MICROFILM", "OVERSIZE", "PER", "QUARTO", "R", "RARE", "REF", "REFERENCE", "SPEC", "THESIS", "VHS", "VIDEO",
        "YA", "YR",
    ]
}

extension ShelfPrefix {
    /// Files the prefixes at the beginning of a number, each by its rank, and then the rank of none.
    ///
    /// A space, a point or a slash stands behind a prefix, as in Koha's own order (`YR/DVD/800.1`, ils §5.1), and
    /// brackets may stand around it (`[Fic] ROW`, as the Library of Congress prints it) unless they mean something.
    /// LCC, NLM and SuDoc numbers begin with letters themselves: there one or two letters are a prefix only before more
    /// letters (`R QA 76`, but not `R 241`). Local numbers have no prefixes: all of their words are the number.
    /// Returns whether what follows is to be filed by its letters.
    static func file(
        _ cursor: inout CallNumberCursor,
        scheme: CallNumberScheme,
        rules: ShelfOrderRules,
        into key: inout ShelfKeyWriter
    ) -> Bool {
        var last: ShelfPrefix?
        while scheme != .local {
            let start = cursor
            skipGap(&cursor, scheme: scheme)
            let word = cursor.letters()
            skipGap(&cursor, scheme: scheme)
            guard !word.isEmpty, mayBePrefix(word, before: cursor.peek(), scheme: scheme),
                let prefix = rules.prefixes.first(where: { $0.matches(cursor.text[word]) })
            else {
                cursor = start
                break
            }
            if prefix.rank != 0 { key.raw(rankByte(prefix.rank)) }
            key.note("prefix, rank \(prefix.rank)", word)
            last = prefix
        }
        key.raw(rankByte(0))
        return last?.filesAlphabetically == true && !CallNumberCursor.isDigit(cursor.peek())
    }

    private static func skipGap(_ cursor: inout CallNumberCursor, scheme: CallNumberScheme) {
        while isGap(cursor.peek(), scheme) { cursor.position += 1 }
    }

    /// What stands between prefixes and number; of UDC a parenthesis is a sign.
    private static func isGap(_ byte: UInt8, _ scheme: CallNumberScheme) -> Bool {
        switch byte {
        case 0x20, 0x2E, 0x2F: true
        case 0x28, 0x29, 0x5B, 0x5D: scheme != .udc
        default: false
        }
    }

    private static func mayBePrefix(_ word: Range<Int>, before next: UInt8, scheme: CallNumberScheme) -> Bool {
        switch scheme {
        case .ddc, .udc: true
        case .local: false
        case .lcc, .nlm, .sudoc: word.count >= 3 || CallNumberCursor.isLetter(next)
        }
    }

    private func matches(_ word: ArraySlice<UInt8>) -> Bool {
        letters.count == word.count && zip(letters, word).allSatisfy { $0 == CallNumberCursor.capital($1) }
    }
}
