/// The owner institution as ISO 28560-3 keeps it: the ISIL without the hyphen behind its two-letter country.
package enum OwnerField {
    /// The ISIL in the field, or its text as it is where it does not start with two capitals; `nil` when it is empty.
    ///
    /// A country that stands there twice (`DEDE-705`, seen in Germany) is taken once.
    package static func isil(_ field: ArraySlice<UInt8>) -> String? {
        var code = field.prefix { $0 != 0 }
        guard !code.isEmpty else { return nil }
        if repeatsCountry(code) { code = code.dropFirst(2) }
        guard startsWithCountry(code), code.count == 2 || code[code.startIndex + 2] != 0x2D else {
            return BasicBlockText.string(code)
        }
        guard code.allSatisfy({ $0 < 0x80 }) else {
            return BasicBlockText.string(code.prefix(2)) + "-" + BasicBlockText.string(code.dropFirst(2))
        }
        var rest = code
        var hasHyphen = false
        return String(asciiOfAtMost: code.count + 1) {
            // The hyphen stands where the country's two letters have been taken.
            guard rest.count == code.count - 2, !hasHyphen else { return rest.popFirst() }
            hasHyphen = true
            return 0x2D
        }
    }

    /// The bytes of the field, not filled up yet; `nil` when `isil` would not be read back as it is.
    package static func bytes(_ isil: String) -> ArraySlice<UInt8>? {
        var code = Array(isil.utf8)[...]
        guard startsWithCountry(code), code.dropFirst(2).first == 0x2D, code.count > 3 else { return nil }
        code.remove(at: code.startIndex + 2)
        return Self.isil(code) == isil ? code : nil
    }

    /// Whether the text is built like an ISIL: a prefix of one to four letters, a hyphen, at most 16 characters in all
    /// (ISO 15511).
    static func isISIL(_ text: String) -> Bool {
        let code = Array(text.utf8)
        let prefix = code.prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
        return (1...4).contains(prefix.count) && code.dropFirst(prefix.count).first == 0x2D
            && (prefix.count + 2...16).contains(code.count)
    }

    private static func startsWithCountry(_ code: ArraySlice<UInt8>) -> Bool {
        guard code.count >= 2 else { return false }
        let capitals: ClosedRange<UInt8> = 0x41...0x5A
        return capitals.contains(code[code.startIndex]) && capitals.contains(code[code.startIndex + 1])
    }

    static func repeatsCountry(_ code: ArraySlice<UInt8>) -> Bool {
        guard startsWithCountry(code), code.count > 4 else { return false }
        let start = code.startIndex
        let next = code[start + 4]
        return code[start] == code[start + 2] && code[start + 1] == code[start + 3]
            && (next == 0x2D || (0x30...0x39).contains(next))
    }
}

/// Text of ISO 28560-3 fields.
enum BasicBlockText {
    /// UTF-8; bytes that are none are read as ISO 8859-1, which old systems wrote.
    static func string(_ bytes: ArraySlice<UInt8>) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        return String(validating: bytes, as: UTF8.self) ?? Compaction.octets.text(bytes) ?? ""
    }
}
