/// Files numbers of the Universal Decimal Classification: digits as decimals, auxiliary signs in their own order.
///
/// The points every three digits are only spelling, and so are spaces around the signs that join numbers. Order behind
/// one number, from the scheme's published filing order: `+`, `/`, the number alone, `:`, `::`, `=`, `(0`, `(1` to
/// `(9`, `(=`, `"`, `*`, letters, `.00`, `-0`, `-1` to `-9`, `.0`, apostrophe, further digits.
enum UDCFiling {
    private enum Sign {
        static let plus: UInt8 = 0x10
        static let stroke: UInt8 = 0x11
        static let alone: UInt8 = 0x12
        static let colon: UInt8 = 0x13
        static let equals: UInt8 = 0x14
        static let form: UInt8 = 0x15
        static let place: UInt8 = 0x16
        static let people: UInt8 = 0x17
        static let time: UInt8 = 0x18
        static let asterisk: UInt8 = 0x19
        static let letters: UInt8 = 0x1A
        static let pointOfView: UInt8 = 0x1B
        static let hyphenZero: UInt8 = 0x1C
        static let hyphen: UInt8 = 0x1D
        static let pointZero: UInt8 = 0x1E
        static let apostrophe: UInt8 = 0x1F
        /// Behind a colon, and behind whatever may follow a single one.
        static let secondColon: UInt8 = 0x7E
    }

    static func file(
        _ cursor: inout CallNumberCursor,
        asBound: Bool,
        into key: inout ShelfKeyWriter
    ) throws(UnsortableCallNumber.Reason) {
        cursor.skipSpaces()
        guard CallNumberCursor.isDigit(cursor.peek()) || [0x28, 0x3D, 0x22].contains(cursor.peek()) else {
            throw .noClassNumber
        }
        while !cursor.isAtEnd, !isAtBookMark(cursor) { element(&cursor, into: &key) }
        if asBound, cursor.isAtEnd { return }
        key.raw(Sign.alone)
        bookMark(&cursor, into: &key)
    }

    private static func element(_ cursor: inout CallNumberCursor, into key: inout ShelfKeyWriter) {
        let start = cursor.position
        let byte = cursor.peek()
        let next = cursor.peek(1)
        cursor.position += 1
        switch byte {
        case 0x30...0x39:
            cursor.position -= 1
            key.decimals(cursor.digits())
        case 0x2E where next == 0x30 && cursor.peek(1) == 0x30: key.raw(Sign.pointOfView)
        case 0x2E where next == 0x30: key.raw(Sign.pointZero)
        case 0x2B: key.raw(Sign.plus)
        case 0x2F: key.raw(Sign.stroke)
        case 0x3A where next == 0x3A:
            cursor.position += 1
            key.raw(Sign.colon)
            key.raw(Sign.secondColon)
        case 0x3A: key.raw(Sign.colon)
        case 0x3D: key.raw(Sign.equals)
        case 0x28: key.raw(next == 0x30 ? Sign.form : next == 0x3D ? Sign.people : Sign.place)
        case 0x22: key.raw(Sign.time)
        case 0x2A: key.raw(Sign.asterisk)
        case 0x2D: key.raw(next == 0x30 ? Sign.hyphenZero : Sign.hyphen)
        case 0x27: key.raw(Sign.apostrophe)
        case _ where CallNumberCursor.isLetter(byte):
            cursor.position -= 1
            key.raw(Sign.letters)
            key.letters(cursor.letters())
        default: break
        }
        key.note("UDC", start..<cursor.position)
    }

    /// What stands behind a space: the author's letters, a date, a volume.
    private static func bookMark(_ cursor: inout CallNumberCursor, into key: inout ShelfKeyWriter) {
        while cursor.skipToToken() {
            let start = cursor.position
            if CallNumberCursor.isDigit(cursor.peek()) {
                key.mark(.number)
                key.number(cursor.digits())
            } else {
                key.mark(.word)
                key.letters(cursor.letters())
            }
            key.note("book mark", start..<cursor.position)
        }
    }

    /// A space begins the book mark unless a sign follows, or one that joins stands before it (`59 : 636`).
    private static func isAtBookMark(_ cursor: CallNumberCursor) -> Bool {
        guard cursor.peek() == 0x20 else { return false }
        var before = -1
        while cursor.peek(before) == 0x20 { before -= 1 }
        var ahead = cursor
        ahead.skipSpaces()
        return !isSign(ahead.peek()) && !joins(cursor.peek(before))
    }

    private static func joins(_ byte: UInt8) -> Bool { [0x2B, 0x2F, 0x3A, 0x3D, 0x2A].contains(byte) }

    private static func isSign(_ byte: UInt8) -> Bool {
        [0x2B, 0x2F, 0x3A, 0x3D, 0x28, 0x22, 0x2A].contains(byte)
    }
}
