package import Tags
import Wire

/// A tag that exists only in memory and answers as its chip would: a pure value, told what it hears.
///
/// It knows states, masks, slots, locks and passwords (iso15693 §4.6, §12). Where it is and whether it can be heard is
/// the field's affair.
package struct VirtualTag: Hashable, Sendable {
    /// What the tag listens to.
    package enum State: String, Hashable, Sendable {
        /// No field: forgets everything that is not stored.
        case unpowered
        case ready
        /// Answers only what names it, and no inventory.
        case quiet
        case selected
        /// As quiet, and survives a short loss of the field.
        case persistentlyQuiet
        /// Answers only the commands that let it out again.
        case privacy
        /// A wrong password was given: silent until the field is gone.
        case muted
        /// For ever silent.
        case destroyed
    }

    /// The number that its maker gave it, E0 first.
    package let uid: TagUID
    /// What kind of chip it is: which commands it knows and how it refuses.
    package let chip: Chip
    /// How its memory is cut, all blocks on air included; of the chip's sizes the one that it was made with.
    package let geometry: MemoryGeometry
    package internal(set) var state: State = .unpowered
    /// Data storage format identifier, which every answer to an inventory carries (iso15693 §3).
    package var dsfid: UInt8
    /// Application family identifier; a chip without AFI never answers an inventory that asks for one.
    package var afi: UInt8
    /// All blocks, block 0 first.
    package var memory: [UInt8]
    /// One flag for each block.
    package var locked: [Bool]
    /// Whether Lock AFI (28) was done: Write AFI is refused from then on.
    package var afiLocked = false
    /// Whether Lock DSFID (2A) was done: Write DSFID is refused from then on.
    package var dsfidLocked = false
    /// The theft bit; without meaning on chips that have no command for it.
    package var eas: ElectronicArticleSurveillance
    /// The chip's passwords, and which of them were given since it woke up.
    package var passwords: TagPasswords
    /// Which parts of the memory are closed to whoever has not given a password.
    package var protection = MemoryProtection()
    /// Configuration memory by register, or by block of four bytes; what was never written is zero.
    var configuration: [UInt8: [UInt8]] = [:]

    /// A new tag with `content` from the first block that is free for library data; the rest is zero.
    ///
    /// Content longer than the memory is cut: a chip has no room beyond its end. `geometry` is for chips that come in
    /// several sizes.
    package init(
        uid: TagUID,
        chip: Chip,
        geometry: MemoryGeometry? = nil,
        content: [UInt8] = [],
        dsfid: UInt8 = 0,
        afi: UInt8 = 0,
        easArmed: Bool = false
    ) {
        let geometry = geometry ?? chip.geometry ?? MemoryGeometry(blockSize: 4, blockCount: 128)
        self.uid = uid
        self.chip = chip
        self.geometry = geometry
        self.dsfid = dsfid
        self.afi = afi
        eas = ElectronicArticleSurveillance(armed: easArmed)
        passwords = TagPasswords(chip: chip, seed: uid.rawValue)
        let start = (chip.userBlocks?.lowerBound ?? 0) * geometry.blockSize
        let blank = [UInt8](repeating: 0, count: geometry.byteCount)
        memory = Array((blank.prefix(start) + content + blank).prefix(geometry.byteCount))
        locked = [Bool](repeating: false, count: geometry.blockCount)
        if let block = chip.afiBlock { store([afi], at: block * geometry.blockSize) }
    }

    /// What the tag holds as a library sees it, as a reader with endless patience would find it.
    package var content: TagMemory {
        let blocks = chip.userBlocks ?? 0..<geometry.blockCount
        let bytes = memory[clamped: (blocks.lowerBound * geometry.blockSize)..<(blocks.upperBound * geometry.blockSize)]
        return TagMemory(
            bytes: Array(bytes),
            blockSize: geometry.blockSize,
            blockCount: blocks.count,
            locked: Array(locked[clamped: blocks]),
            dsfid: dsfid,
            afi: afi
        )
    }
}

/// The theft bit of chips that have one; independent of the AFI.
package struct ElectronicArticleSurveillance: Hashable, Sendable {
    /// `true`: the tag answers an EAS alarm.
    package var armed: Bool
    /// Whether ``armed`` and ``identifier`` stay as they are for ever.
    package var locked = false
    /// Two bytes in air order.
    package var identifier: [UInt8] = [0, 0]

    package init(armed: Bool) {
        self.armed = armed
    }
}

extension VirtualTag {
    /// The field is there: the tag wakes up.
    package mutating func powerOn() {
        guard state == .unpowered else { return }
        state = passwords.privacy ? .privacy : .ready
    }

    /// The field is gone. A persistently quiet tag remembers a short loss.
    package mutating func powerOff(forgetting: Bool = true) {
        passwords.forget()
        switch state {
        case .destroyed: break
        case .persistentlyQuiet: if forgetting { state = .unpowered }
        default: state = .unpowered
        }
    }

    /// The slot this tag answers an inventory in; `nil` when it is not asked, or selected or quiet (iso15693 §4.2, §4.5,
    /// §12: an AFI is met by being equal or by 00 in the request; a chip without AFI never answers a request with one).
    ///
    /// `reachingQuiet`: an extended inventory read reaches persistently quiet tags too.
    package func slot(
        afi: UInt8?,
        mask: ISO15693.Mask,
        slots: ISO15693.Slots,
        reachingQuiet: Bool = false
    ) -> Int? {
        let listens = state == .ready || (reachingQuiet && state == .persistentlyQuiet)
        guard listens, mask.matches(uid) else { return nil }
        if let afi {
            guard chip.hasAFI, afi == 0 || afi == self.afi else { return nil }
        }
        return Int(mask.bits(above: uid, count: slots.bits))
    }

    /// The tag's answer to a plain inventory, without check bytes.
    package var inventoryAnswer: [UInt8] {
        ISO15693.InventoryAnswer(dsfid: dsfid, uid: uid).bytes
    }

    mutating func store(_ bytes: [UInt8], at offset: Int) {
        for (index, byte) in bytes.enumerated() where memory.indices.contains(offset + index) {
            memory[offset + index] = byte
        }
    }
}

extension Array {
    /// The elements of `range` that exist.
    subscript(clamped range: Range<Int>) -> ArraySlice<Element> {
        self[range.clamped(to: indices)]
    }
}
