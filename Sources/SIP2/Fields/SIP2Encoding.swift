/// How a library system writes text into its messages; a setting, since no message names it.
package enum SIP2Encoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case latin1 = "iso-8859-1"
    case codePage850 = "cp850"

    /// The text of `bytes`; a byte that makes no sense becomes a replacement character, never a failure.
    package func text(_ bytes: some Collection<UInt8>) -> String {
        switch self {
        case .utf8: return String(decoding: bytes, as: UTF8.self)
        case .latin1:
            var scalars = String.UnicodeScalarView()
            for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
            return String(scalars)
        case .codePage850:
            var scalars = String.UnicodeScalarView()
            for byte in bytes {
                scalars.append(byte < 0x80 ? Unicode.Scalar(byte) : CodePage850.upper[Int(byte) - 0x80])
            }
            return String(scalars)
        }
    }

    /// The bytes of `text`; a character that the code page does not have becomes a question mark.
    package func bytes(_ text: String) -> [UInt8] {
        switch self {
        case .utf8: Array(text.utf8)
        case .latin1: text.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
        case .codePage850:
            text.unicodeScalars.map {
                $0.value < 0x80
                    ? UInt8(truncatingIfNeeded: $0.value) : CodePage850.bytes[$0] ?? UInt8(ascii: "?")
            }
        }
    }
}
