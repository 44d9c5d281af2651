import Tags

/// What is left of a write when the tag loses its power in the middle of it.
extension VirtualTag {
    /// A tag that was `before` and would have become `after`: each changed byte run keeps the old value, has the new
    /// one or is garbage, as chance has it (iso15693 §12).
    static func torn(from before: VirtualTag, to after: VirtualTag, using chance: inout SeededGenerator) -> VirtualTag {
        var tag = before
        tag.state = .unpowered
        tag.passwords.forget()
        let size = before.geometry.blockSize
        for block in 0..<before.geometry.blockCount {
            let range = (block * size)..<((block + 1) * size)
            let old = before.memory[clamped: range]
            let new = after.memory[clamped: range]
            guard old != new else { continue }
            tag.store(remains(Array(old), Array(new), using: &chance), at: range.lowerBound)
        }
        if before.afi != after.afi { tag.afi = remains([before.afi], [after.afi], using: &chance)[0] }
        if before.dsfid != after.dsfid { tag.dsfid = remains([before.dsfid], [after.dsfid], using: &chance)[0] }
        if before.eas != after.eas, chance.chance(0.5) { tag.eas = after.eas }
        return tag
    }

    private static func remains(_ old: [UInt8], _ new: [UInt8], using chance: inout SeededGenerator) -> [UInt8] {
        switch chance.next() % 3 {
        case 0: old
        case 1: new
        default: old.map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        }
    }
}
