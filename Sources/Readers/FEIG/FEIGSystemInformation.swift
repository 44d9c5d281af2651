package import Tags
package import Wire

/// B0 2B: what the tag says of itself, as the reader retells it.
package struct FEIGSystemInformation: FEIGCommand {
    package static let code = FEIGCommandCode.tag

    package var address: FEIGTagAddress

    package init(_ address: FEIGTagAddress) {
        self.address = address
    }

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
        package var dsfid: UInt8
        /// Some firmware fills in only four of the eight bytes (M-CPR): the UID of the request is the one to trust.
        package var uid: TagUID
        package var afi: UInt8
        package var memory: MemorySize
        package var icReference: UInt8
    }

    /// MEM-SIZE in the two codings readers use: plain numbers as the manuals say, or the tag's own, each minus one, as
    /// an MR102 sends them.
    package struct MemorySize: Hashable, Sendable {
        package var blockSize: UInt8
        package var blockCount: UInt8

        /// The tag's geometry whichever coding it came in: block sizes are even, so an odd number is one short. `nil`
        /// from a tag that does not tell it.
        package var geometry: MemoryGeometry? {
            guard blockSize != 0 || blockCount != 0 else { return nil }
            let size = Int(blockSize & 0x3F)
            let isMinusOne = size % 2 == 1 || size == 0
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
