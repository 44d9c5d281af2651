/// Codes 3, 4 and 5: text in groups of five, six or seven bits.
struct BitText {
    private let width: Int
    /// Fewest characters for which a writer uses the packing.
    private let minimum: Int
    private let allowed: ClosedRange<UInt8>
    /// What completes the last byte; a whole group of it at the very end is no character.
    private let fill: UInt8

    /// All characters 41 to 5F.
    static let five = BitText(width: 5, minimum: 3, allowed: 0x41...0x5F, fill: 0)
    /// All characters 20 to 5F, the last not a space.
    static let six = BitText(width: 6, minimum: 4, allowed: 0x20...0x5F, fill: 0b1000_0000)
    /// All characters 00 to 7E.
    static let seven = BitText(width: 7, minimum: 8, allowed: 0x00...0x7E, fill: 0xFF)

    func text(_ data: ArraySlice<UInt8>) -> String? {
        var reader = BitReader(data)
        return String(asciiOfAtMost: data.count * 8 / width) {
            guard let group = reader.take(width), !isEnd(group, left: reader.remaining) else { return nil }
            return character(group)
        }
    }

    func bytes(_ text: String) -> [UInt8]? {
        let characters = text.utf8
        guard characters.count >= minimum, characters.allSatisfy({ allowed.contains($0) }) else { return nil }
        if width == 6, characters.last == 0x20 { return nil }
        var writer = BitWriter(reservingBits: characters.count * width)
        for character in characters { writer.append(character, bits: width) }
        writer.fill(with: fill)
        return writer.bytes
    }

    /// A group of zeros ends 5-bit text anywhere; elsewhere only a last group made of fill is no character.
    private func isEnd(_ group: UInt8, left: Int) -> Bool {
        width == 5 ? group == 0 : left == 0 && group == fill >> UInt8(8 - width)
    }

    private func character(_ group: UInt8) -> UInt8 {
        switch width {
        case 5: 0x40 | group
        case 6: group & 0x20 == 0 ? 0x40 | group : group
        default: group
        }
    }
}

extension String {
    /// Text of the ASCII characters that `next` gives, at most `capacity` of them, until it gives none.
    init(asciiOfAtMost capacity: Int, next: () -> UInt8?) {
        self.init(unsafeUninitializedCapacity: capacity) { buffer in
            var count = 0
            while count < capacity, let character = next() {
                buffer[count] = character
                count += 1
            }
            return count
        }
    }
}
