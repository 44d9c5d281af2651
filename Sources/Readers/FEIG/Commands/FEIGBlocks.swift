package import Tags
package import Wire

/// Block data travels with each block turned round: tag bytes 01 02 03 04 go as 04 03 02 01, whatever the block size
/// (M-CPR annex F, M-MR101). The values here hold tag order; only reading and writing frames turns them.
enum FEIGBlockOrder {
    /// Turns every block of `data` round; a last block that is short is turned round as it is.
    static func turned(_ data: some Collection<UInt8>, blockSize: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(data.count)
        var rest = data[...]
        while !rest.isEmpty {
            result.append(contentsOf: rest.prefix(max(1, blockSize)).reversed())
            rest = rest.dropFirst(max(1, blockSize))
        }
        return result
    }
}

/// B0 23: reads up to 128 bytes of blocks.
package struct FEIGReadBlocks: FEIGCommand {
    package static let code = FEIGCommandCode.tag

    /// MODE and the UID; decides whether lock states are asked for.
    package var address: FEIGTagAddress
    /// Block number, from 0.
    package var first: UInt8
    /// True count of blocks.
    package var count: UInt8

    package init(_ address: FEIGTagAddress, first: UInt8, count: UInt8) {
        self.address = address
        self.first = first
        self.count = count
    }

    /// Sub-command, MODE, the UID when addressed, DB-ADR, DB-N; throws on any sub-command but 23.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try FEIGTagCode.parse(&reader, wanted: [.readBlocks])
        address = try FEIGTagAddress(parsing: &reader)
        first = try reader.byte("first block")
        count = try reader.byte("block count")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(FEIGTagCode.readBlocks.rawValue)
        address.write(to: &writer)
        writer.byte(first)
        writer.byte(count)
    }

    /// Blocks as the tag gave them; fewer than asked for where its memory ends.
    package struct Reply: Hashable, Sendable {
        /// In bytes.
        package var blockSize: UInt8
        /// Each with its security status, which is always there and 00 when it was not asked for.
        package var blocks: [ISO15693.Block]

        package init(blockSize: UInt8, blocks: [ISO15693.Block]) {
            self.blockSize = blockSize
            self.blocks = blocks
        }
    }
}

extension FEIGReadBlocks.Reply: ByteParsable, ByteWritable {
    /// DB-N, DB-SIZE, then a security byte and the turned block as often as DB-N says; throws when fewer follow.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let count = try reader.byte("block count")
        blockSize = try reader.byte("block size")
        blocks = []
        for _ in 0..<count {
            let security = try reader.byte("block security")
            let data = try reader.bytes(Int(blockSize), "block")
            blocks.append(
                ISO15693.Block(data: FEIGBlockOrder.turned(data, blockSize: Int(blockSize)), security: security)
            )
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(UInt8(clamping: blocks.count))
        writer.byte(blockSize)
        for block in blocks {
            writer.byte(block.security ?? 0)
            writer.bytes(FEIGBlockOrder.turned(block.data, blockSize: Int(blockSize)))
        }
    }
}

/// B0 24: writes up to 128 bytes of blocks.
package struct FEIGWriteBlocks: FEIGCommand {
    package static let code = FEIGCommandCode.tag
    package typealias Reply = FEIGDone

    /// MODE and the UID of the one tag that is written.
    package var address: FEIGTagAddress
    /// Block number, from 0.
    package var first: UInt8
    /// In bytes.
    package var blockSize: UInt8
    /// Whole blocks in tag order.
    package var data: [UInt8]

    package init(_ address: FEIGTagAddress, first: UInt8, blockSize: UInt8, data: [UInt8]) {
        self.address = address
        self.first = first
        self.blockSize = blockSize
        self.data = data
    }

    /// Throws on any sub-command but 24 and when there is less data than DB-N times DB-SIZE.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try FEIGTagCode.parse(&reader, wanted: [.writeBlocks])
        address = try FEIGTagAddress(parsing: &reader)
        first = try reader.byte("first block")
        let count = try reader.byte("block count")
        blockSize = try reader.byte("block size")
        let raw = try reader.bytes(Int(count) * Int(blockSize), "blocks")
        data = FEIGBlockOrder.turned(raw, blockSize: Int(blockSize))
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(FEIGTagCode.writeBlocks.rawValue)
        address.write(to: &writer)
        writer.byte(first)
        writer.byte(UInt8(clamping: data.count / max(1, Int(blockSize))))
        writer.byte(blockSize)
        writer.bytes(FEIGBlockOrder.turned(data, blockSize: Int(blockSize)))
    }
}

/// B0 22: locks blocks for ever.
package struct FEIGLockBlocks: FEIGCommand {
    package static let code = FEIGCommandCode.tag
    package typealias Reply = FEIGDone

    /// MODE and the UID of the one tag whose blocks are locked.
    package var address: FEIGTagAddress
    /// Block number, from 0.
    package var first: UInt8
    /// True count of blocks.
    package var count: UInt8

    package init(_ address: FEIGTagAddress, first: UInt8, count: UInt8) {
        self.address = address
        self.first = first
        self.count = count
    }

    /// Sub-command, MODE, the UID when addressed, DB-ADR, DB-N; throws on any sub-command but 22.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try FEIGTagCode.parse(&reader, wanted: [.lockBlocks])
        address = try FEIGTagAddress(parsing: &reader)
        first = try reader.byte("first block")
        count = try reader.byte("block count")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(FEIGTagCode.lockBlocks.rawValue)
        address.write(to: &writer)
        writer.byte(first)
        writer.byte(count)
    }
}

/// B0 2C: the lock state of blocks without their content.
package struct FEIGBlockSecurity: FEIGCommand {
    package static let code = FEIGCommandCode.tag

    /// MODE and the UID.
    package var address: FEIGTagAddress
    /// Block number, from 0.
    package var first: UInt8
    /// True count of blocks.
    package var count: UInt8

    package init(_ address: FEIGTagAddress, first: UInt8, count: UInt8) {
        self.address = address
        self.first = first
        self.count = count
    }

    /// Sub-command, MODE, the UID when addressed, DB-ADR, DB-N; throws on any sub-command but 2C.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try FEIGTagCode.parse(&reader, wanted: [.blockSecurity])
        address = try FEIGTagAddress(parsing: &reader)
        first = try reader.byte("first block")
        count = try reader.byte("block count")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(FEIGTagCode.blockSecurity.rawValue)
        address.write(to: &writer)
        writer.byte(first)
        writer.byte(count)
    }

    /// One security status byte per block.
    package struct Reply: ByteParsable, ByteWritable, Hashable, Sendable {
        /// Bit 0: locked.
        package var status: [UInt8]

        package init(status: [UInt8]) {
            self.status = status
        }

        /// DB-N, then one byte for each block; throws when fewer follow.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            let count = try reader.byte("block count")
            status = Array(try reader.bytes(Int(count), "block security"))
        }

        package func write(to writer: inout ByteWriter) {
            writer.byte(UInt8(clamping: status.count))
            writer.bytes(status)
        }
    }
}
