/// Bytes of an export as text.
enum PlainText {
    /// The text without surrounding spaces; `nil` when nothing is left.
    ///
    /// Bytes that are no UTF-8 are read as Windows-1252, the usual encoding of exports that are not UTF-8; the caller
    /// is told so once through `wasLatin`.
    static func decoded(_ bytes: ArraySlice<UInt8>, wasLatin: inout Bool) -> String? {
        var slice = bytes
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        while let first = slice.first, isSpace(first) { slice.removeFirst() }
        guard !slice.isEmpty else { return nil }
        if isASCII(slice) { return String(decoding: slice, as: UTF8.self) }
        if let text = String(validating: slice, as: UTF8.self) { return text }
        wasLatin = true
        return windows1252(slice)
    }

    /// Most values are: they need no validation, which looks up its types each time it is called.
    private static func isASCII(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var all: UInt8 = 0
            for byte in bytes { all |= byte }
            return all < 0x80
        }
    }

    /// Every byte as the character it is in Windows-1252; U+FFFD for the five it does not have.
    static func windows1252(_ bytes: ArraySlice<UInt8>) -> String {
        String(String.UnicodeScalarView(bytes.map { windows1252($0) }))
    }

    /// The bytes of a text with A to Z made small.
    static func smallLetters(_ text: String) -> [UInt8] {
        text.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    }

    /// Whether a piece stands anywhere in a text; rows ask this too often for `String.contains`.
    static func contains(_ text: [UInt8], _ piece: [UInt8]) -> Bool {
        guard let first = piece.first, text.count >= piece.count else { return piece.isEmpty }
        for start in 0...text.count - piece.count where text[start] == first {
            var length = 1
            while length < piece.count, text[start + length] == piece[length] { length += 1 }
            if length == piece.count { return true }
        }
        return false
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

    /// Code points of the bytes 80 to 9F in Windows-1252; the rest is Latin-1.
    private static let upper: [UInt16] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]

    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return Unicode.Scalar(upper[Int(byte - 0x80)]) ?? "\u{FFFD}"
    }
}
