package import Tags
package import Wire

/// B0 2B: what the tag says of itself, as the reader retells it.
package struct FEIGSystemInformation: FEIGCommand {
    package static let code = FEIGCommandCode.tag

    /// Whose word is wanted.
    package var address: FEIGTagAddress

    package init(_ address: FEIGTagAddress) {
        self.address = address
    }

    /// Throws on any sub-command but 2B.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try FEIGTagCode.parse(&reader, wanted: [.systemInformation])
        address = try FEIGTagAddress(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(FEIGTagCode.systemInformation.rawValue)
        address.write(to: &writer)
    }

    /// The tag's word; fields it does not tell come as 00.
    package struct Reply: Hashable, Sendable {
        /// Data storage format identifier, 00 when the tag does not tell it.
        package var dsfid: UInt8
        /// Some firmware fills in only four of the eight bytes (M-CPR): the UID of the request is the one to trust.
        package var uid: TagUID
        /// Application family identifier, 00 when the tag does not tell it.
        package var afi: UInt8
        /// MEM-SIZE, two bytes in one of two codings; ``MemorySize/geometry`` tells them apart.
        package var memory: MemorySize
        /// The chip maker's number for the kind of chip, e.g. 01 for ICODE SLI, SLIX and SLIX2.
        package var icReference: UInt8
    }

    /// MEM-SIZE in the two codings readers use: plain numbers as the manuals say, or the tag's own, each minus one, as
    /// an MR102 sends them.
    package struct MemorySize: Hashable, Sendable {
        /// First byte: bytes in a block, or one less.
        package var blockSize: UInt8
        /// Second byte: blocks on the tag, or one less.
        package var blockCount: UInt8

        /// The tag's geometry whichever coding it came in: block sizes are even, so an odd number is one short. `nil`
        /// from a tag that does not tell it, and where 256 blocks do not fit a plain number of one byte.
        package var geometry: MemoryGeometry? {
            guard blockSize != 0 || blockCount != 0 else { return nil }
            let size = Int(blockSize & 0x3F)
            let isMinusOne = size % 2 == 1 || size == 0
            guard isMinusOne || blockCount > 0 else { return nil }
            return MemoryGeometry(
                blockSize: isMinusOne ? size + 1 : size,
                blockCount: isMinusOne ? Int(blockCount) + 1 : Int(blockCount)
            )
        }

        /// As the manuals say.
        package static func plain(_ geometry: MemoryGeometry) -> MemorySize {
            MemorySize(blockSize: UInt8(clamping: geometry.blockSize), blockCount: UInt8(clamping: geometry.blockCount))
        }

        /// As the tag says it on air.
        package static func minusOne(_ geometry: MemoryGeometry) -> MemorySize {
            MemorySize(
                blockSize: UInt8(clamping: geometry.blockSize - 1),
                blockCount: UInt8(clamping: geometry.blockCount - 1)
            )
        }
    }
}

extension FEIGSystemInformation.Reply: ByteParsable, ByteWritable {
    /// 13 bytes: DSFID, UID with E0 first, AFI, MEM-SIZE, IC reference.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        dsfid = try reader.byte("DSFID")
        uid = TagUID(try reader.bytes(8, "UID").reduce(0) { $0 << 8 | UInt64($1) })
        afi = try reader.byte("AFI")
        memory = FEIGSystemInformation.MemorySize(
            blockSize: try reader.byte("block size"),
            blockCount: try reader.byte("block count")
        )
        icReference = try reader.byte("IC reference")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(dsfid)
        writer.bytes(uid.bytes)
        writer.byte(afi)
        writer.byte(memory.blockSize)
        writer.byte(memory.blockCount)
        writer.byte(icReference)
    }
}
