import Wire

/// How a reader that shows a tag as a card wants to be asked about it. Which one is the reader's is found out with the
/// first tag.
package enum CardDialect: Hashable, Sendable {
    /// Identiv 372x: FF FC carries the tag's own commands (IDENTIV §5).
    case identiv
    /// Older OMNIKEY: FF 30 beside reading and writing (LLA).
    case omnikey
    /// Reading and writing blocks, nothing else (PCSC3 §3.2.2.1).
    case storage(BlockAddress)

    /// Where the block number stands in FF B0 and FF D6; sources differ.
    package enum BlockAddress: Hashable, Sendable {
        /// P2, the low byte of an address of 16 bits.
        case second
        /// P1, as Microsoft's class driver documents it for ISO 15693.
        case first
        /// Nothing on the tag tells which; it is read as ``second`` and not written.
        case unknown
    }

    /// The abilities of a reader that speaks it.
    package var abilities: Set<ReaderAbility> {
        switch self {
        case .identiv: [.writeAFI, .writeDSFID, .multipleBlocks]
        case .omnikey: [.writeAFI, .writeDSFID]
        case .storage: []
        }
    }
}

extension CardCommand {
    /// The tag's number, in an order that differs from reader to reader.
    package static let uid = CardCommand(0xCA, 0x00, 0x00, expected: 0x00)

    /// FF FC: a command of the tag with its parameters.
    package static func identiv(_ content: [UInt8]) -> CardCommand { CardCommand(0xFC, 0x00, 0x00, content) }

    /// One block of four bytes.
    package static func read(_ block: UInt8, at address: CardDialect.BlockAddress) -> CardCommand {
        address == .first
            ? CardCommand(0xB0, block, 0x00, expected: 0x04) : CardCommand(0xB0, 0x00, block, expected: 0x04)
    }

    package static func write(_ block: UInt8, _ data: [UInt8], at address: CardDialect.BlockAddress) -> CardCommand {
        address == .first ? CardCommand(0xD6, block, 0x00, data) : CardCommand(0xD6, 0x00, block, data)
    }

    /// What FF 30 tells of a tag.
    package enum Told: UInt8, Hashable, Sendable {
        case afi = 0x02
        case dsfid = 0x03
        /// Blocks and block size, both minus one.
        case size = 0x04
        case icReference = 0x05
    }

    /// FF 30 with the fact in P1; the answer is one byte, for the size two.
    package static func tell(_ fact: Told) -> CardCommand {
        CardCommand(0x30, fact.rawValue, 0x00, expected: 0x00)
    }

    /// FF 30 00 01: writes the AFI.
    package static func writeAFI(_ afi: UInt8) -> CardCommand {
        CardCommand(0x30, 0x00, 0x01, [0x01, 0x02, 0x00, afi])
    }

    /// FF 30 00 01 with 01 03 00 in front of the value: writes the DSFID.
    package static func writeDSFID(_ dsfid: UInt8) -> CardCommand {
        CardCommand(0x30, 0x00, 0x01, [0x01, 0x03, 0x00, dsfid])
    }
}

/// What a reader makes of a tag when it shows it as a card: the answer to reset of a storage card (PCSC3 §3.1.3.2.3).
package struct StorageCardATR: Hashable, Sendable {
    /// 09 to 0C: ISO 15693 part 1 to 4; 0B is the usual one.
    package var standard: UInt8

    /// Historical bytes: 80 4F 0C, the group's number, the standard.
    private static let mark: [UInt8] = [0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06]

    /// `nil` for a card that is no storage card.
    package init?(_ bytes: [UInt8]) {
        let history = bytes.dropFirst(4)
        guard bytes.first == 0x3B, history.starts(with: Self.mark), history.count > Self.mark.count else { return nil }
        standard = history[history.startIndex + Self.mark.count]
    }

    package init(standard: UInt8) {
        self.standard = standard
    }

    /// Whether ``standard`` is 09 to 0C; anything else is a card of another standard.
    package var isISO15693: Bool { 0x09...0x0C ~= standard }

    /// As a reader composes it: no name of the card, four spare bytes, all but the first combined at the end.
    package var bytes: [UInt8] {
        let content = [0x8F, 0x80, 0x01] + Self.mark + [standard, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]
        return [0x3B] + content + [content.reduce(0, ^)]
    }
}
