/// Files Library of Congress numbers and, as they are built alike, those of the National Library of Medicine.
///
/// One to three class letters, a class number of one to four digits with decimals, then cutters, dates and volumes.
/// LCC has no classes I, O, X and Y; W and QS to QZ are the NLM's, which many collections file in one row with LCC.
enum LCCFiling {
    static func file(
        _ cursor: inout CallNumberCursor,
        rules: ShelfOrderRules,
        asBound: Bool,
        into key: inout ShelfKeyWriter
    ) throws(UnsortableCallNumber.Reason) {
        cursor.skipSpaces()
        let letters = cursor.letters()
        guard !letters.isEmpty, letters.count <= 3 else { throw .noClass }
        let initial = CallNumberCursor.capital(cursor.text[letters.lowerBound])
        // I, O, X, Y and whatever is no letter A to Z.
        guard initial < 0x80, ![0x49, 0x4F, 0x58, 0x59].contains(initial) else {
            throw .unknownClass(String(decoding: cursor.text[letters], as: UTF8.self))
        }
        key.letters(letters)
        key.note("class", letters)
        cursor.skipSpaces()
        if asBound, cursor.isAtEnd { return }
        try classNumber(&cursor, into: &key)
        var tail = CallNumberTail(
            cursor,
            rules: rules,
            expectsAuthorMark: false,
            smallLettersMatter: !CallNumberCursor.isSmall(cursor.text[letters.lowerBound])
        )
        tail.file(into: &key)
    }

    private static func classNumber(
        _ cursor: inout CallNumberCursor,
        into key: inout ShelfKeyWriter
    ) throws(UnsortableCallNumber.Reason) {
        let whole = cursor.digits()
        guard !whole.isEmpty else { throw .noClassNumber }
        guard whole.count <= 4 else { throw .classNumberTooLong(digits: whole.count) }
        key.number(whole)
        key.note("class number", whole)
        decimals(&cursor, into: &key)
    }

    /// Decimals behind the class number, also after a space (`QA 76 .73`); `.15th` is an edition instead.
    static func decimals(_ cursor: inout CallNumberCursor, into key: inout ShelfKeyWriter) {
        let start = cursor.position
        cursor.skipSpaces()
        guard cursor.peek() == 0x2E, CallNumberCursor.isDigit(cursor.peek(1)) else {
            cursor.position = start
            return
        }
        cursor.position += 1
        let digits = cursor.digits()
        guard !CallNumberCursor.isLetter(cursor.peek()) || CallNumberCursor.isDigit(cursor.peek(1)) else {
            cursor.position = start
            return
        }
        key.decimals(digits)
        key.note("class number, decimals", digits)
    }
}
