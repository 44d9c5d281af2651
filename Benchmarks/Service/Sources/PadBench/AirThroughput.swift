import Field
import Readers
import Tags

/// How many tags a second a reader finds on air until all of them are known: air time by the standard's formulas, in one
/// round, nothing lost.
struct AirThroughput {
    var tags: Int

    static let rows = [16, 30, 50, 100].map(AirThroughput.init(tags:))

    /// What the tree of sixteen slots can find at most on average, by modulation.
    var bound: (full: Double, shallow: Double) {
        (
            SlotTreeBound.tagsPerSecond(tags, emptySlot: .emptySlot),
            SlotTreeBound.tagsPerSecond(tags, emptySlot: .emptySlotShallow)
        )
    }

    /// Tags a second, the mean time of hundreds of fields with tags of random numbers; `nil` when one was not found.
    func found(_ slots: ISO15693.Slots, _ modulation: RadioConditions.Modulation) -> Double? {
        guard let chip = ChipTable.named("ICODE SLIX") else { return nil }
        var conditions = RadioConditions()
        conditions.modulation = modulation
        let fields: UInt64 = tags < 100 ? 300 : 120
        var cycles: Int64 = 0
        for seed in 1...fields {
            var chance = SeededGenerator(seed: seed)
            let placed = (0..<tags).map { _ in
                let uid = TagUID(0xE004_0150_0000_0000 | chance.next() & 0xFFFF_FFFF)
                return RadioField.Placed(tag: VirtualTag(uid: uid, chip: chip, content: [0x11, 0x01, 0x01], afi: 0x07))
            }
            var air = RadioField(tags: placed, conditions: conditions, seed: seed)
            guard air.inventory(slots: slots, repetition: .never).count == tags else { return nil }
            cycles += air.clock.cycles
        }
        // The clock counts periods of the carrier, 13.56 MHz.
        return Double(tags) * Double(fields) * 13_560_000 / Double(cycles)
    }
}
