import Field
import Readers
import Tags

let slixChip = ChipTable.named("ICODE SLIX")
let plusChip = ChipTable.named("Tag-it HF-I Plus")

/// Tags of one kind with serial numbers from a seed, as a delivery from the maker has them.
func someTags(_ count: Int, seed: UInt64 = 1, chip name: String = "ICODE SLIX", afi: UInt8 = 0x07) -> [VirtualTag] {
    guard let chip = ChipTable.named(name) else { return [] }
    var chance = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
        let serial = chance.next() & 0x0000_0000_FFFF_FFFF
        let pattern = UInt64(chip.patterns[0].value) << 32
        let uid = TagUID(0xE0 << 56 | UInt64(chip.manufacturer.rawValue) << 48 | pattern | serial)
        return VirtualTag(uid: uid, chip: chip, content: [0x11, 0x01, 0x01], afi: afi)
    }
}

func field(_ tags: [VirtualTag], conditions: RadioConditions = RadioConditions(), seed: UInt64 = 7) -> RadioField {
    RadioField(tags: tags.map { RadioField.Placed(tag: $0) }, conditions: conditions, seed: seed)
}

/// A device for tests: one command byte in, the result out. `I` lists the tags on the antenna, `W` and a UID set the
/// AFI given behind it.
struct TinyTwin: ReaderTwin {
    mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        switch bytes.first {
        case UInt8(ascii: "I"):
            return air.inventory().flatMap(\.uid.bytes)
        case UInt8(ascii: "W"):
            guard let uid = TagUID(Array(bytes[1..<9])) else { return [] }
            return air.exchange(.writeAFI(bytes[9]), with: uid) == .done ? [1] : [0]
        default:
            return []
        }
    }

    mutating func lineFellSilent() {}
}

func uids(in bytes: [UInt8]) -> [TagUID] {
    stride(from: 0, to: bytes.count - 7, by: 8).compactMap { TagUID(Array(bytes[$0..<($0 + 8)])) }
}
