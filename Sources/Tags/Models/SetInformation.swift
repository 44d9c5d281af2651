/// How many parts an item has and which of them this tag is on (ISO 28560-1 element 4).
package struct SetInformation: Hashable, Sendable {
    /// Parts of the item, 0 to 999; 0 is found on tags whose writer did not know.
    package var total: Int
    /// This part, counted from 1; 0 on a single tag that stands for the whole item.
    package var ordinal: Int

    package init(total: Int, ordinal: Int) {
        self.total = total
        self.ordinal = ordinal
    }

    /// An item of one part, which is also what a tag without set information is.
    package static let single = SetInformation(total: 1, ordinal: 1)
}

extension SetInformation {
    /// Two, four or six digits: the total, then the ordinal (`1203` is part 3 of 12); `nil` for anything else.
    package init?(digits text: String) {
        let digits = text.utf8
        guard [2, 4, 6].contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let half = [1, 10, 100, 1000][digits.count / 2]
        self.init(total: number / half, ordinal: number % half)
    }

    /// The fewest digits that hold both numbers; `nil` when one of them is not 0 to 999.
    package var digits: String? {
        let largest = max(total, ordinal)
        guard min(total, ordinal) >= 0, largest <= 999 else { return nil }
        let width = largest > 99 ? 3 : largest > 9 ? 2 : 1
        let limit = width == 3 ? 1000 : width == 2 ? 100 : 10
        let number = total * limit + ordinal
        var unit = limit * limit
        return String(asciiOfAtMost: 2 * width) {
            unit /= 10
            return 0x30 + UInt8(number / unit % 10)
        }
    }
}
