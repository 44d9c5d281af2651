/// Bytes as hexadecimal text, upper case.
package enum Hex {
    /// Two digits for each byte, in the order of the bytes, with `separator` between them: `E0 04`.
    package static func string(_ bytes: some Sequence<UInt8>, separator: String = "") -> String {
        let separator = Array(separator.utf8)
        return bytes.withContiguousStorageIfAvailable { string($0, separator) }
            ?? Array(bytes).withUnsafeBufferPointer { string($0, separator) }
    }

    private static func string(_ bytes: UnsafeBufferPointer<UInt8>, _ separator: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * (2 + separator.count)) { text in
            var count = 0
            for byte in bytes {
                if count > 0 {
                    for character in separator {
                        text[count] = character
                        count += 1
                    }
                }
                text[count] = digit(byte >> 4)
                text[count + 1] = digit(byte & 0x0F)
                count += 2
            }
            return count
        }
    }

    /// Two digits: `0A`.
    package static func string(_ byte: UInt8) -> String {
        String(unsafeUninitializedCapacity: 2) { text in
            text[0] = digit(byte >> 4)
            text[1] = digit(byte & 0x0F)
            return 2
        }
    }

    /// Four digits, most significant first.
    package static func string(_ value: UInt16) -> String {
        String(unsafeUninitializedCapacity: 4) { text in
            for place in 0..<4 { text[place] = digit(UInt8(truncatingIfNeeded: value >> (12 - 4 * place)) & 0x0F) }
            return 4
        }
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

    /// The ASCII character of a nibble.
    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 0x30 + nibble : 0x37 + nibble
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
