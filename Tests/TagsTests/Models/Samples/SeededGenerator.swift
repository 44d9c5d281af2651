import Tags

/// Random numbers that are the same in every run: a failing test can be repeated from its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    mutating func isTrue(onceIn count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    /// Text of `characters`, as long as a number from `lengths`.
    mutating func text(_ characters: String, _ lengths: ClosedRange<Int>) -> String {
        String((0..<Int.random(in: lengths, using: &self)).compactMap { _ in characters.randomElement(using: &self) })
    }
}

extension SeededGenerator {
    /// Content as libraries have it and rarer things, within what a tag of either ISO model can say.
    mutating func content(others: [Int]) -> TagContent {
        var content = TagContent(primaryItemIdentifier: identifier())
        if !isTrue(onceIn: 4) { content.ownerInstitution = isil() }
        if !isTrue(onceIn: 2) {
            let total = Int.random(in: 1...(isTrue(onceIn: 4) ? 255 : 9), using: &self)
            content.setInformation = SetInformation(total: total, ordinal: Int.random(in: 0...total, using: &self))
        }
        if !isTrue(onceIn: 3) {
            content.typeOfUsage = TypeOfUsage(mainClass: [0, 1, 2, 6, 7].randomElement(using: &self) ?? 1)
        }
        for oid in others where isTrue(onceIn: 5) {
            content.others[oid] = otherText(oid)
        }
        return content
    }

    private mutating func identifier() -> String {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: text("0123456789", 2...16)
        case 1: text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.", 1...16)
        case 2: text("abcdefghijklmnopqrstuvwxyz0123456789_~", 1...16)
        default: text("ÄÖÜåéñß", 1...8)
        }
    }

    mutating func isil() -> String {
        text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2...2) + "-" + text("ABCXYZabcxyz0123456789-:/", 1...10)
    }

    private mutating func otherText(_ oid: Int) -> String {
        switch oid {
        case 11: isil()
        case 19: ["01", "02", "80"].randomElement(using: &self) ?? "01"
        case 20: "03"
        default: text("ABC abc 0123456789 žůň ÆØÅ .:/()", 1...24)
        }
    }
}
