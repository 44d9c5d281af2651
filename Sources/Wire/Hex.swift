/// Bytes as hexadecimal text, upper case.
package enum Hex {
    package static func string(_ bytes: some Sequence<UInt8>, separator: String = "") -> String {
        var text = ""
        for byte in bytes {
            if !text.isEmpty { text += separator }
            text += string(byte)
        }
        return text
    }

    package static func string(_ byte: UInt8) -> String {
        String([digit(byte >> 4), digit(byte & 0x0F)])
    }

    /// Four digits, most significant first.
    package static func string(_ value: UInt16) -> String {
        string(UInt8(truncatingIfNeeded: value >> 8)) + string(UInt8(truncatingIfNeeded: value))
    }

    /// The bytes of `text`; spaces, tabs, line ends, colons and hyphens between digits are skipped.
    ///
    /// Throws with the offset of the first character that is no hexadecimal digit, or when a digit is missing.
    package static func bytes(_ text: some StringProtocol) throws(ParseError) -> [UInt8] {
        var bytes: [UInt8] = []
        var high: UInt8?
        for (offset, character) in text.unicodeScalars.enumerated() {
            guard let value = value(character) else {
                if " \t\r\n:-".unicodeScalars.contains(character) { continue }
                throw .invalid(field: "hex", offset: offset, found: "'\(character)'", wanted: "0-9 or A-F")
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else {
            throw .truncated(field: "hex", offset: text.unicodeScalars.count, wanted: 2, found: 1)
        }
        return bytes
    }

    private static func digit(_ nibble: UInt8) -> Character {
        Character(Unicode.Scalar(nibble < 10 ? 0x30 + nibble : 0x37 + nibble))
    }

    private static func value(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "0"..."9": UInt8(scalar.value - 0x30)
        case "A"..."F": UInt8(scalar.value - 0x37)
        case "a"..."f": UInt8(scalar.value - 0x57)
        default: nil
        }
    }
}
