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
        let read =
            text.utf8.withContiguousStorageIfAvailable(Reading.init)
            ?? Array(text.utf8).withUnsafeBufferPointer(Reading.init)
        // All that was read is ASCII: as many characters as bytes.
        if !read.isWhole, let character = text.unicodeScalars.dropFirst(read.place).first {
            throw .invalid(field: "hex", offset: read.place, found: "'\(character)'", wanted: "0-9 or A-F")
        }
        guard read.high == nil else { throw .truncated(field: "hex", offset: read.place, wanted: 2, found: 1) }
        return read.bytes
    }

    /// What stands in a text up to its end, or up to what is none of hexadecimal.
    private struct Reading {
        var bytes: [UInt8] = []
        /// A digit whose second one has not come.
        var high: UInt8?
        /// Bytes of text that were read.
        var place = 0
        var isWhole = false

        init(_ text: UnsafeBufferPointer<UInt8>) {
            bytes.reserveCapacity(text.count / 2)
            for character in text {
                if let value = value(character) {
                    if let first = high { bytes.append(first << 4 | value) }
                    high = high == nil ? value : nil
                } else if ![0x20, 0x09, 0x0D, 0x0A, 0x3A, 0x2D].contains(character) {
                    return
                }
                place += 1
            }
            isWhole = true
        }
    }

    /// The ASCII character of a nibble.
    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 0x30 + nibble : 0x37 + nibble
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x41...0x46: character - 0x37
        case 0x61...0x66: character - 0x57
        default: nil
        }
    }
}
