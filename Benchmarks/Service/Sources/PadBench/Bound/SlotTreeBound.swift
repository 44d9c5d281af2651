import Tags

/// How many tags a second the tree of sixteen slots can find at most on average: computed from the lengths of frames
/// alone (iso15693 §5), for random numbers on the tags, one round, nothing lost.
enum SlotTreeBound {
    /// A question without mask: flags, code, length of the mask and two check bytes.
    private static let question = 5
    /// Flags, DSFID, number and check bytes.
    private static let answer = 12
    /// Questions with masks of up to 28 bits: two of a hundred random numbers have 32 in common once in a million fields.
    private static let levels = 8

    /// - Parameters:
    ///   - tags: how many lie there; at least one.
    ///   - emptySlot: what a slot in which nobody answers costs, by how deeply the reader modulates.
    static func tagsPerSecond(_ tags: Int, emptySlot: ISO15693.AirTime) -> Double {
        let heard: ISO15693.AirTime = .untilAnswer + .response(bytes: answer) + .untilRequest
        /// Cycles that it takes to find so many tags, asked with a mask that is one step longer.
        var narrower = [Double](repeating: 0, count: tags + 1)
        for level in (0..<levels).reversed() {
            let asking: ISO15693.AirTime = .request(bytes: question + (level * 4 + 7) / 8)
            let fixed = Double(asking.cycles) + 15 * Double(ISO15693.AirTime.endOfFrame.cycles)
            narrower = (0...tags).map { count in
                var sum = fixed
                for (inSlot, share) in shares(of: count).enumerated() {
                    let slot = inSlot == 0 ? emptySlot : heard
                    sum += 16 * share * (Double(slot.cycles) + (inSlot > 1 ? narrower[inSlot] : 0))
                }
                return sum
            }
        }
        return Double(tags) * 13_560_000 / narrower[tags]
    }

    /// How likely none, one, two and so on of `count` tags answer in a given slot of sixteen.
    private static func shares(of count: Int) -> [Double] {
        var share = 1.0
        for _ in 0..<count { share *= 15.0 / 16 }
        return (0...count).map { inSlot in
            defer { share *= Double(count - inSlot) / Double(inSlot + 1) / 15 }
            return share
        }
    }
}
