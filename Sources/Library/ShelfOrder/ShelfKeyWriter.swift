/// Writes the bytes of a shelf key part by part and, when asked to explain, keeps what each part was taken for.
///
/// Layout: a rank byte (prefixes), then parts. Marks lie below 0x30, contents at 0x30 and above, 0xFF never occurs:
/// so the end of a key and every mark come before any content ("nothing before something"), and no content needs an
/// end mark of its own.
struct ShelfKeyWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var parts: [ShelfKeyPart] = []
    private let source: [UInt8]
    private let explaining: Bool
    private var explained = 0

    /// What a part is; the numbers are the order of unlike parts in one place.
    enum Mark: UInt8 {
        case firstOfRanked = 0x10
        case wordBeforeNumbers = 0x1E
        case number = 0x20
        case word = 0x22
        case earlyWorkMark = 0x26
        case cutter = 0x28
        case lateWorkMark = 0x2A
    }

    init(source: [UInt8], explaining: Bool) {
        self.source = source
        self.explaining = explaining
        bytes.reserveCapacity(source.count + 12)
    }

    mutating func mark(_ mark: Mark) {
        bytes.append(mark.rawValue)
    }

    mutating func raw(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// Letters, case folded.
    mutating func letters(_ range: Range<Int>) {
        for index in range { bytes.append(CallNumberCursor.capital(source[index])) }
    }

    /// Digits as decimals: 2 before 25 before 3.
    mutating func decimals(_ range: Range<Int>) {
        for index in range { bytes.append(source[index]) }
    }

    /// Digits as a whole number: its length without leading zeros, then its digits.
    ///
    /// Beyond 60 digits the length says no more; the order stays total.
    mutating func number(_ range: Range<Int>) {
        var start = range.lowerBound
        while start < range.upperBound, source[start] == 0x30 { start += 1 }
        bytes.append(0x30 + UInt8(clamping: min(60, range.upperBound - start)))
        for index in start..<range.upperBound { bytes.append(source[index]) }
    }

    /// A whole number that is not in the text as it counts, such as a Roman volume or a short year.
    mutating func number(_ value: Int) {
        let digits = value > 0 ? Array(String(value).utf8) : []
        bytes.append(0x30 + UInt8(clamping: min(60, digits.count)))
        bytes.append(contentsOf: digits)
    }

    /// Says what the bytes written since the last note stand for.
    mutating func note(_ meaning: @autoclosure () -> String, _ range: Range<Int>) {
        guard explaining else { return }
        parts.append(
            ShelfKeyPart(
                text: String(decoding: source[range], as: UTF8.self),
                meaning: meaning(),
                bytes: Array(bytes[explained...])
            )
        )
        explained = bytes.count
    }
}

/// One part of an explained shelf key: the piece of the call number, what it was taken for and its bytes.
package struct ShelfKeyPart: Hashable, Sendable {
    /// The piece of the call number, as it is filed.
    package var text: String
    /// What the piece was taken for, lower case, no period: `prefix, rank 3`.
    package var meaning: String
    /// What it put into the key.
    package var bytes: [UInt8]

    package init(text: String, meaning: String, bytes: [UInt8]) {
        self.text = text
        self.meaning = meaning
        self.bytes = bytes
    }
}
