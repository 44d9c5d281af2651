package import Wire

/// The fixed first 34 bytes of an ISO 28560-3 or Danish tag, 32 where the memory ends there.
package struct BasicBlock: Hashable, Sendable {
    /// High nibble of byte 0: the version of the standard, 1.
    package var contentParameter: UInt8
    /// Low nibble of byte 0: main class of the type of usage.
    package var typeOfUsage: UInt8
    /// Byte 1: parts of the item, 1 for a single one.
    package var partsInItem: UInt8
    /// Byte 2: which part this is, from 1; 0 on one tag that stands for all parts.
    package var ordinalPart: UInt8
    /// 16 bytes, filled up with 00.
    package var identifier: ArraySlice<UInt8>
    /// Bytes 19 and 20 as stored, least significant byte first.
    package var checksum: UInt16
    /// 13 bytes, or 11 in a memory of 32 bytes; filled up with 00.
    package var owner: ArraySlice<UInt8>

    /// Bytes 0 to 33: head, identifier from 3, checksum from 19, owner from 21 on.
    package static let byteCount = 34
    /// The memory of the smallest chips, which have to do with a shorter owner.
    package static let truncatedByteCount = 32

    package init(
        contentParameter: UInt8 = 1,
        typeOfUsage: UInt8,
        partsInItem: UInt8,
        ordinalPart: UInt8,
        identifier: ArraySlice<UInt8>,
        owner: ArraySlice<UInt8>
    ) {
        self.contentParameter = contentParameter
        self.typeOfUsage = typeOfUsage
        self.partsInItem = partsInItem
        self.ordinalPart = ordinalPart
        self.identifier = identifier
        self.owner = owner
        checksum = 0
        checksum = computedChecksum
    }
}

extension BasicBlock: ByteParsable, ByteWritable {
    /// Takes what is there of the owner: 13 bytes or fewer.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let first = try reader.byte("content parameter and type of usage")
        contentParameter = first >> 4
        typeOfUsage = first & 0x0F
        partsInItem = try reader.byte("parts in item")
        ordinalPart = try reader.byte("ordinal part number")
        identifier = try reader.bytes(16, "primary item identifier")
        checksum = try reader.uint16LittleEndian("checksum")
        owner = try reader.bytes(min(13, reader.remaining), "owner institution")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(contentParameter << 4 | typeOfUsage & 0x0F)
        writer.byte(partsInItem)
        writer.byte(ordinalPart)
        writer.bytes(identifier)
        writer.uint16LittleEndian(checksum)
        writer.bytes(owner)
    }
}

extension BasicBlock {
    /// CRC over bytes 0 to 18 and 21 to 33, bytes that are not there counting as 00 (ISO 28560-3, basic block).
    package var computedChecksum: UInt16 { checksum(countingOwner: 13) }

    /// As ``computedChecksum``, with all of the owner behind its first `count` bytes taken as 00: the tag may have been
    /// written as if its memory ended after 32 bytes.
    func checksum(countingOwner count: Int) -> UInt16 {
        var covered = [32 of UInt8](repeating: 0)
        covered[0] = contentParameter << 4 | typeOfUsage & 0x0F
        covered[1] = partsInItem
        covered[2] = ordinalPart
        for (place, byte) in zip(3..<19, identifier) { covered[place] = byte }
        for (place, byte) in zip(19..<32, owner.prefix(count)) { covered[place] = byte }
        return CRC16.basicBlock.value(covered.span)
    }

    /// Whether all fields make sense even where the checksum does not.
    package static func isPlausible(_ bytes: [UInt8]) -> Bool { signs(in: bytes) == 4 }

    /// How many of four signs of a basic block the bytes show: content parameter 1; 1 to 99 parts and the ordinal among
    /// them; a printable identifier and its fill; two capitals at the start of the owner.
    static func signs(in bytes: [UInt8]) -> Int {
        guard bytes.count >= 23 else { return 0 }
        let identifier = bytes[3..<19].prefix { $0 != 0 }
        let signs = [
            bytes[0] >> 4 == 1,
            (1...99).contains(bytes[1]) && bytes[2] <= bytes[1],
            !identifier.isEmpty && identifier.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
                && bytes[(3 + identifier.count)..<19].allSatisfy { $0 == 0 },
            bytes[21...22].allSatisfy { (0x41...0x5A).contains($0) },
        ]
        return signs.count { $0 }
    }
}
