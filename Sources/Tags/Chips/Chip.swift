/// A kind of tag chip: what it can do, how its memory is cut, and where it differs from the book.
///
/// Differences between chips are data in ``ChipTable``; code asks these fields and never the name.
package struct Chip: Hashable, Sendable {
    /// The maker's name for it: `ICODE SLIX`.
    package var name: String
    /// Who made it: the byte of its UIDs behind E0.
    package var manufacturer: Manufacturer
    /// UID bits by which it is recognised.
    package var patterns: [UIDPattern]
    /// All blocks the chip has on air, or `nil` when only the tag itself can tell.
    package var geometry: MemoryGeometry?
    /// Blocks free for library data; `nil` means all of them.
    package var userBlocks: Range<Int>?
    /// The IC reference in its system information, when known.
    package var icReference: UInt8?
    /// Codes of the standard commands it knows, beside 01 and 02.
    package var commands: Set<UInt8>
    /// Codes of its maker's own commands it knows.
    package var customCommands: Set<UInt8> = []
    /// What the option flag must be on 21, 22, 24, 27 to 2A and their 16-bit forms (iso15693 §3.4).
    package var writeOption: WriteOption = .unused
    /// Holds for requests to one tag; nobody answers a request for everyone with an error (iso15693 §1.3).
    package var errorStyle: ErrorStyle = .detailed
    /// Why an answer is never counted by the blocks asked for: NXP shortens it, ST and TI refuse, EM is silent.
    package var overRead: OverRead = .refused
    /// Most blocks in one read; `nil` when only the memory limits it.
    package var mostBlocksPerRead: Int?
    /// Most blocks in one write of several, where the chip knows one; `nil` when only the memory limits it.
    package var mostBlocksPerWrite: Int?
    /// Whether it answers to an inventory with AFI at all.
    package var hasAFI = true
    /// The block whose first byte is the AFI, on chips that have no command to write it.
    package var afiBlock: Int?
    /// The block that counts up by one when 1 is written to it, and takes another value only with the write password.
    package var counterBlock: Int?
    /// Passwords it has, by the maker's own identifier.
    package var passwords: Set<UInt8> = []
    /// Whether privacy and destroy carry no password of their own, which has to be given before as any other (SLI-S and
    /// SLI-L, iso15693 §7.3, confidence B).
    package var hidesAfterPassword = false
    /// How long it programs one block, one byte of AFI or the like.
    package var writeTime: Duration = .microseconds(5758)
    /// Whether the size in its system information is wrong and ``geometry`` holds instead.
    package var overridesReportedGeometry = false

    /// What the option flag of a write must be.
    package enum WriteOption: Hashable, Sendable {
        /// Not set.
        case unused
        /// Set or not.
        case either
        /// Set, and the answer fetched with a lone end of frame.
        case required
    }

    /// How it refuses a command addressed to it.
    package enum ErrorStyle: Hashable, Sendable {
        /// By the code that fits.
        case detailed
        /// Always 0F.
        case uninformative
        /// Not at all.
        case silent
    }

    /// What it does with a read over the end of its memory.
    package enum OverRead: Hashable, Sendable {
        /// Answers the blocks there are.
        case shortened
        case refused
        case silent
    }
}

/// Bits of a UID that tell a chip: the two bytes behind the manufacturer, UID5 and UID4 (bits 48 to 33).
package struct UIDPattern: Hashable, Sendable {
    /// Bits that are compared: UID5 in the high byte, UID4 in the low one.
    package var mask: UInt16
    /// What the bits of ``mask`` have to be; all others are 0.
    package var value: UInt16

    package init(mask: UInt16, value: UInt16) {
        self.mask = mask
        self.value = value
    }

    /// UID5 has this value, whatever UID4 is.
    package static func uid5(_ value: UInt8) -> UIDPattern {
        UIDPattern(mask: 0xFF00, value: UInt16(value) << 8)
    }

    /// The top six bits of UID5 are this product code, as on older ST chips.
    package static func product(_ code: UInt8) -> UIDPattern {
        UIDPattern(mask: 0xFC00, value: UInt16(code) << 10)
    }

    /// Bits 6 to 2 of UID5 are this product code, 0 to 31, as on EM chips; bit 7 is found set and clear on the same
    /// chip.
    package static func emProduct(_ code: UInt8) -> UIDPattern {
        UIDPattern(mask: 0x7C00, value: UInt16(code & 0x1F) << 10)
    }

    /// Compares UID5 and UID4 alone; whose chip it is stands in the byte in front of them.
    package func matches(_ uid: TagUID) -> Bool {
        UInt16(truncatingIfNeeded: uid.rawValue >> 32) & mask == value
    }
}

extension Chip {
    /// The chip of a tag by its UID, and by what the tag said of itself where that is known; `nil` for a stranger.
    ///
    /// UID bits alone can lie: old chips used them as serial numbers and clones copy them. A chip whose memory size
    /// contradicts the tag's own word is passed over (iso15693 §7.1).
    package init?(recognising uid: TagUID, systemInformation: ISO15693.SystemInformation? = nil) {
        let candidates = Self.candidates(for: uid)
        let fitting = candidates.first { $0.fits(systemInformation) }
        guard let chip = fitting ?? (systemInformation?.geometry == nil ? candidates.first : nil) else { return nil }
        self = chip
    }

    /// Every chip whose UID bits this tag has, most particular first.
    package static func candidates(for uid: TagUID) -> [Chip] {
        guard uid.rawValue >> 56 == 0xE0 else { return [] }
        return ChipTable.all.filter { chip in
            chip.manufacturer.rawValue == uid.manufacturer && chip.patterns.contains { $0.matches(uid) }
        }
    }

    private func fits(_ information: ISO15693.SystemInformation?) -> Bool {
        guard let information else { return true }
        if let told = information.icReference, let icReference, told != icReference { return false }
        guard let told = information.geometry, let geometry, !overridesReportedGeometry else { return true }
        return told == geometry
    }

    /// The tag's real geometry: its own word, unless this chip is known to be wrong about it or has none.
    package func geometry(reported: MemoryGeometry?) -> MemoryGeometry? {
        overridesReportedGeometry ? geometry : reported ?? geometry
    }

    /// Whether the chip says it knows this command.
    package func knows(_ request: ISO15693.Request) -> Bool {
        switch request {
        case .stayQuiet: true
        case .custom(let custom):
            custom.manufacturer == manufacturer.rawValue && customCommands.contains(custom.code)
        default: commands.contains(request.code)
        }
    }
}
