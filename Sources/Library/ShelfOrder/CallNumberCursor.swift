/// Walks over a call number letter by letter. Never reads outside its text: beyond the end it finds 0.
struct CallNumberCursor {
    let text: [UInt8]
    var position = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    var isAtEnd: Bool { position >= text.count }

    func peek(_ distance: Int = 0) -> UInt8 {
        let index = position + distance
        return index >= 0 && index < text.count ? text[index] : 0
    }

    /// The letters from here on; bytes beyond ASCII count as letters.
    mutating func letters() -> Range<Int> {
        let start = position
        while position < text.count, Self.isLetter(text[position]) { position += 1 }
        return start..<position
    }

    mutating func digits() -> Range<Int> {
        let start = position
        while position < text.count, Self.isDigit(text[position]) { position += 1 }
        return start..<position
    }

    mutating func skipSpaces() {
        while position < text.count, text[position] == 0x20 { position += 1 }
    }

    /// Moves to the next letter or digit; false when there is none.
    mutating func skipToToken() -> Bool {
        while position < text.count {
            if Self.isLetter(text[position]) || Self.isDigit(text[position]) { return true }
            position += 1
        }
        return false
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 }

    static func isSmall(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    static func capital(_ byte: UInt8) -> UInt8 { isSmall(byte) ? byte & 0xDF : byte }
}
