/// Files numbers of the Superintendent of Documents (United States government): agency, series, colon, document.
///
/// Parts are told apart by space, point, slash and hyphen. Behind the colon years stand first, then letters, then
/// numbers, each by value; a year in its short spelling (991) counts as 1991.
enum SuDocFiling {
    private enum Mark {
        static let colon: UInt8 = 0x18
        static let slash: UInt8 = 0x1A
        static let year: UInt8 = 0x20
        static let lettersFirst: UInt8 = 0x22
        static let number: UInt8 = 0x24
        static let lettersLast: UInt8 = 0x26
    }

    static func file(
        _ cursor: inout CallNumberCursor,
        rules: ShelfOrderRules,
        asBound: Bool,
        into key: inout ShelfKeyWriter
    ) throws(UnsortableCallNumber.Reason) {
        cursor.skipSpaces()
        guard CallNumberCursor.isLetter(cursor.peek()) else { throw .noClass }
        var sawNumber = false
        var behindColon = false
        var opensPart = false
        while !cursor.isAtEnd {
            let byte = cursor.peek()
            if CallNumberCursor.isDigit(byte) {
                number(&cursor, mayBeYear: behindColon && opensPart, into: &key)
                sawNumber = true
                opensPart = false
            } else if CallNumberCursor.isLetter(byte) {
                letters(&cursor, rules: rules, into: &key)
                opensPart = false
            } else {
                cursor.position += 1
                if byte == 0x3A || byte == 0x2F {
                    key.raw(byte == 0x3A ? Mark.colon : Mark.slash)
                    key.note(byte == 0x3A ? "document begins" : "next part", cursor.position - 1..<cursor.position)
                    behindColon = behindColon || byte == 0x3A
                    opensPart = true
                } else if byte != 0x20 {
                    opensPart = false
                }
            }
        }
        guard sawNumber || asBound else { throw .noClassNumber }
    }

    private static func number(_ cursor: inout CallNumberCursor, mayBeYear: Bool, into key: inout ShelfKeyWriter) {
        let digits = cursor.digits()
        let value = digits.count <= 4 ? digits.reduce(0) { $0 * 10 + Int(cursor.text[$1] & 0x0F) } : 0
        switch (mayBeYear, digits.count) {
        case (true, 3) where value >= 850:
            key.raw(Mark.year)
            key.number(1000 + value)
            key.note("year \(1000 + value)", digits)
        case (true, 4) where (1776...2099).contains(value):
            key.raw(Mark.year)
            key.number(value)
            key.note("year", digits)
        default:
            key.raw(Mark.number)
            key.number(digits)
            key.note("number", digits)
        }
    }

    /// A run of letters; points between letters are only spelling (`U.K.`, `S.HRG.`).
    private static func letters(
        _ cursor: inout CallNumberCursor,
        rules: ShelfOrderRules,
        into key: inout ShelfKeyWriter
    ) {
        let start = cursor.position
        key.raw(rules.sudocLettersFirst ? Mark.lettersFirst : Mark.lettersLast)
        key.letters(cursor.letters())
        while cursor.peek() == 0x2E, CallNumberCursor.isLetter(cursor.peek(1)) {
            cursor.position += 1
            key.letters(cursor.letters())
        }
        key.note("letters", start..<cursor.position)
    }
}
