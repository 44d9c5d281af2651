/// The packing of item identifiers on UHF tags: three characters in two bytes, with escapes for long numbers and for
/// characters outside capitals, digits, hyphen, dot and colon (ISO/TS 28560-4, URN Code 40).
package enum URNCode40 {
    private static let characters = Array(" ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789".utf8)

    /// Three characters 39.
    private static let largestWord = 1600 * 39 + 40 * 39 + 39 + 1

    /// The text; `nil` when an escape is cut off or a word holds no characters. Fill and zero words at the end are
    /// dropped.
    package static func text(_ data: ArraySlice<UInt8>) -> String? {
        var rest = data
        var text: [UInt8] = []
        text.reserveCapacity(data.count * 3 / 2)
        while let first = rest.popFirst() {
            switch first {
            case 0xFB:
                guard let digits = longNumber(&rest) else { return nil }
                text += digits
            case 0xFC...0xFE:
                let count = Int(first - 0xFC) + 1
                guard rest.count >= count else { return nil }
                text += rest.prefix(count)
                rest = rest.dropFirst(count)
            case 0xFF:
                return nil
            default:
                guard let second = rest.popFirst() else { return first == 0 ? string(text) : nil }
                let word = Int(first) << 8 | Int(second)
                guard word <= largestWord else { return nil }
                if word > 0 { append(word - 1, to: &text) }
            }
        }
        return string(text)
    }

    /// The three characters of a word; the first in the list only fills.
    private static func append(_ value: Int, to text: inout [UInt8]) {
        let (first, second, third) = (value / 1600, value / 40 % 40, value % 40)
        if first > 0 { text.append(characters[first]) }
        if second > 0 { text.append(characters[second]) }
        if third > 0 { text.append(characters[third]) }
    }

    /// Escape FB: a byte with the number of digits less 9 and of bytes less 4, then the number; up to 24 digits.
    private static func longNumber(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let counts = rest.popFirst() else { return nil }
        let digitCount = Int(counts >> 4) + 9
        let byteCount = Int(counts & 0x0F) + 4
        guard rest.count >= byteCount else { return nil }
        let digits = decimal(rest.prefix(byteCount))
        rest = rest.dropFirst(byteCount)
        return repeatElement(0x30, count: max(digitCount - digits.count, 0)) + digits
    }

    /// The digits of a number that may be too large for 64 bits, without leading zeros; none for zero.
    private static func decimal(_ number: ArraySlice<UInt8>) -> [UInt8] {
        var lowestFirst: [UInt8] = []
        for byte in number {
            var carry = Int(byte)
            for place in lowestFirst.indices {
                carry += Int(lowestFirst[place]) * 256
                lowestFirst[place] = UInt8(truncatingIfNeeded: carry % 10)
                carry /= 10
            }
            while carry > 0 {
                lowestFirst.append(UInt8(truncatingIfNeeded: carry % 10))
                carry /= 10
            }
        }
        return lowestFirst.reversed().map { 0x30 + $0 }
    }

    private static func string(_ bytes: [UInt8]) -> String? {
        bytes.allSatisfy { $0 < 0x80 }
            ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    }
}
