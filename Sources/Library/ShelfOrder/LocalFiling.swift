/// Files local and alphabetical numbers: words by their letters, numbers by value, punctuation only as a gap.
enum LocalFiling {
    static func file(
        _ cursor: inout CallNumberCursor,
        rules: ShelfOrderRules,
        into key: inout ShelfKeyWriter
    ) throws(UnsortableCallNumber.Reason) {
        guard cursor.skipToToken() else { throw .empty }
        while cursor.skipToToken() {
            let start = cursor.position
            if CallNumberCursor.isDigit(cursor.peek()) {
                key.mark(.number)
                key.number(cursor.digits())
                key.note("number", start..<cursor.position)
            } else {
                key.mark(rules.localLettersFirst ? .wordBeforeNumbers : .word)
                key.letters(cursor.letters())
                key.note("word", start..<cursor.position)
            }
        }
    }
}
