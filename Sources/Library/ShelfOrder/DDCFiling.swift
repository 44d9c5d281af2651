/// Files Dewey numbers: a whole number, decimals, the author's mark or cutter, work mark, date, volume.
///
/// A slash or apostrophe between digits marks where a long number may be cut and is not filed (`823/.912`), nor is a
/// space before the point (`823 .912`).
enum DDCFiling {
    static func file(
        _ cursor: inout CallNumberCursor,
        rules: ShelfOrderRules,
        into key: inout ShelfKeyWriter
    ) throws(UnsortableCallNumber.Reason) {
        cursor.skipSpaces()
        let whole = cursor.digits()
        guard !whole.isEmpty else { throw .noClassNumber }
        let length = whole.drop { cursor.text[$0] == 0x30 }.count
        guard length <= 4 else { throw .classNumberTooLong(digits: length) }
        key.number(whole)
        key.note("class number", whole)
        decimals(&cursor, into: &key)
        let firstLetter = cursor.text[cursor.position...].first { CallNumberCursor.isLetter($0) }
        var tail = CallNumberTail(
            cursor,
            rules: rules,
            expectsAuthorMark: true,
            smallLettersMatter: !CallNumberCursor.isSmall(firstLetter ?? 0)
        )
        tail.file(into: &key)
    }

    private static func decimals(_ cursor: inout CallNumberCursor, into key: inout ShelfKeyWriter) {
        let start = cursor.position
        cursor.skipSpaces()
        let point = cursor.position
        if isMark(cursor.peek()), cursor.peek(1) == 0x2E { cursor.position += 1 }
        guard cursor.peek() == 0x2E, CallNumberCursor.isDigit(cursor.peek(1)) else {
            cursor.position = start
            return
        }
        cursor.position += 1
        key.decimals(cursor.digits())
        while isMark(cursor.peek()), CallNumberCursor.isDigit(cursor.peek(1)) {
            cursor.position += 1
            key.decimals(cursor.digits())
        }
        key.note("decimals", point..<cursor.position)
    }

    private static func isMark(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x27 }
}
