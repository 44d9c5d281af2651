/// Roman numbers as they stand on spines: I to MMMCMXCIX.
enum RomanNumber {
    /// The value, or `nil` when the letters are not a Roman number in its regular spelling.
    static func value(_ letters: ArraySlice<UInt8>) -> Int? {
        guard !letters.isEmpty, letters.count <= 15 else { return nil }
        var total = 0
        var previous = 0
        for letter in letters.reversed() {
            guard let value = worth(letter) else { return nil }
            total += value < previous ? -value : value
            previous = max(previous, value)
        }
        return total > 0 && spelled(total) == letters.map(CallNumberCursor.capital) ? total : nil
    }

    private static func worth(_ letter: UInt8) -> Int? {
        switch letter | 0x20 {
        case 0x69: 1
        case 0x76: 5
        case 0x78: 10
        case 0x6C: 50
        case 0x63: 100
        case 0x64: 500
        case 0x6D: 1000
        default: nil
        }
    }

    private static let spellings: [(Int, String)] = [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]

    private static func spelled(_ value: Int) -> [UInt8] {
        var rest = value
        var letters: [UInt8] = []
        for (worth, spelling) in spellings {
            while rest >= worth {
                letters += spelling.utf8
                rest -= worth
            }
        }
        return letters
    }
}
