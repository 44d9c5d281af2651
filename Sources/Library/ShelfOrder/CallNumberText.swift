/// A call number as text, before it is filed.
enum CallNumberText {
    /// The bytes that are filed: plain letters, and nothing else done when the text is ASCII.
    static func folded(_ text: String, alphabet: FilingAlphabet) -> [UInt8] {
        let bytes = Array(text.utf8)
        return bytes.allSatisfy { $0 < 0x80 && $0 >= 0x20 } ? bytes : alphabet.folded(withoutControls(text))
    }

    /// The number with its volume and copy, as it would stand on the spine.
    static func whole(_ callNumber: String, enumeration: String?, copyNumber: String?) -> String {
        var whole = callNumber
        if let enumeration, !enumeration.isEmpty, !ends(callNumber, with: enumeration) { whole += " " + enumeration }
        if let copyNumber, !copyNumber.isEmpty {
            whole += copyNumber.utf8.allSatisfy(CallNumberCursor.isDigit) ? " c." + copyNumber : " " + copyNumber
        }
        return whole
    }

    /// Whether a call number ends with the enumeration as words of their own: `.B3 v.2` ends with volume `2`, and
    /// neither `.B3 1992`, `.B2` nor `76.2` does.
    private static func ends(_ callNumber: String, with enumeration: String) -> Bool {
        guard callNumber.hasSuffix(enumeration) else { return false }
        let before = callNumber.dropLast(enumeration.count)
        guard let first = enumeration.first, first.isLetter || first.isNumber else { return true }
        guard let last = before.last else { return true }
        if last == "." { return before.dropLast().last?.isLetter == true }
        return last.isWhitespace
    }

    /// Line breaks and tabs of a spine label as spaces.
    private static func withoutControls(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}
