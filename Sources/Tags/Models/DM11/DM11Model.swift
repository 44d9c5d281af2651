import Wire

/// Bibliotheca's "DM11", found in Germany; read only, since its checksum is unknown.
///
/// Byte 0 is 0B; bytes 1 to 13 are groups of six bits, least significant first: the first group is 1, the others are
/// characters from the space on, the space being fill; bytes 14 and 15 a checksum; bytes 30 and 31 `F5 55`. Codes of 8
/// and of 11 digits were read from real tags.
package enum DM11Model: TagDataModel {
    package static let name = "dm11"
    package static let dsfid: UInt8? = nil

    package static func recognise(_ memory: TagMemory) -> Recognition {
        let bytes = memory.bytes
        guard bytes.count >= 32, bytes[0] == 0x0B, bytes[30] == 0xF5, bytes[31] == 0x55 else {
            return Recognition(.no, because: "0B at the start and F5 55 at byte 30 are missing")
        }
        guard !identifier(in: bytes).isEmpty else {
            return Recognition(.maybe, because: "0B at the start and F5 55 at byte 30, but no characters between")
        }
        return Recognition(.certain, because: "0B at the start and F5 55 at byte 30; the checksum cannot be checked")
    }

    package static func decode(_ memory: TagMemory) -> LibraryTag {
        var tag = LibraryTag(model: name, recognition: recognise(memory), memory: memory)
        guard memory.bytes.count >= 32 else {
            tag.problems.append("found \(memory.bytes.count) bytes, wanted 32")
            return tag
        }
        let identifier = identifier(in: memory.bytes)
        tag.primaryItemIdentifier = identifier.isEmpty ? nil : identifier
        let checksum = Hex.string(memory.bytes[14..<16])
        tag.add("model", "0B", at: 0..<1)
        tag.add(.primaryItemIdentifier, identifier, at: 1..<14)
        tag.add("checksum", checksum, at: 14..<16)
        tag.add("trailer", Hex.string(memory.bytes[16..<32]), at: 16..<32)
        tag.problems.append("the checksum \(checksum) cannot be checked: its rule is unknown")
        return tag
    }

    package static func encode(
        _ content: TagContent,
        for geometry: MemoryGeometry
    ) throws(EncodeError) -> [UInt8] {
        throw .readOnly(model: name)
    }

    /// Groups 1 to 16 up to the first fill.
    private static func identifier(in bytes: [UInt8]) -> String {
        var group = 1
        return String(asciiOfAtMost: 16) {
            let bit = 6 * group
            let pair = UInt16(bytes[1 + bit / 8]) | UInt16(bytes[min(2 + bit / 8, 13)]) << 8
            let code = UInt8(truncatingIfNeeded: pair >> UInt16(bit % 8)) & 0x3F
            group += 1
            return code == 0 ? nil : code + 0x20
        }
    }
}
