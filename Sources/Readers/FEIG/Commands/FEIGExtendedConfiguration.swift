package import Wire

/// Where a configuration block of an LR2500-class reader lies; the three numbers are those of real gate traffic.
package struct FEIGConfigurationBank: ByteParsable, ByteWritable, Hashable, Sendable {
    /// First byte, DEVICE: 02 in every captured frame.
    package var device: UInt8 = 2
    /// Second byte, BANK: 01 in every captured frame.
    package var bank: UInt8 = 1
    /// Third byte, MODE: 01 in every captured frame.
    package var mode: UInt8 = 1

    package init() {}

    /// Three bytes of any value.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        device = try reader.byte("device")
        bank = try reader.byte("bank")
        mode = try reader.byte("mode")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(device)
        writer.byte(bank)
        writer.byte(mode)
    }
}

/// 8A: reads configuration blocks of 30 bytes.
package struct FEIGReadExtendedConfiguration: FEIGCommand {
    package static let code = FEIGCommandCode.readConfigurationExtended

    /// The same as in real gate traffic unless somebody changes it.
    package var place = FEIGConfigurationBank()
    /// Block number.
    package var address: UInt16
    /// CFG-N: true count of blocks.
    package var count: UInt8

    package init(address: UInt16, count: UInt8 = 1) {
        self.address = address
        self.count = count
    }

    /// DEVICE, BANK, MODE, CFG-ADR in two bytes, CFG-N.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        place = try FEIGConfigurationBank(parsing: &reader)
        address = try reader.uint16("configuration address")
        count = try reader.byte("block count")
    }

    package func write(to writer: inout ByteWriter) {
        place.write(to: &writer)
        writer.uint16(address)
        writer.byte(count)
    }

    package typealias Reply = FEIGExtendedBlocks
}

/// Blocks of an extended configuration with their place: what 8A answers, and the end of what 8B sends.
package struct FEIGExtendedBlocks: ByteParsable, ByteWritable, Hashable, Sendable {
    /// In bytes; 30 on every reader seen.
    package var blockSize: UInt8
    /// Block number.
    package var address: UInt16
    /// Whole blocks.
    package var data: [UInt8]

    package init(blockSize: UInt8 = 30, address: UInt16, data: [UInt8]) {
        self.blockSize = blockSize
        self.address = address
        self.data = data
    }

    /// CFG-N, BLOCK-SIZE, CFG-ADR in two bytes, then the blocks; throws when there is less data than the first two say.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let count = try reader.byte("block count")
        blockSize = try reader.byte("block size")
        address = try reader.uint16("configuration address")
        data = Array(try reader.bytes(Int(count) * Int(blockSize), "configuration blocks"))
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(UInt8(clamping: data.count / max(1, Int(blockSize))))
        writer.byte(blockSize)
        writer.uint16(address)
        writer.bytes(data)
    }
}

/// 8B: replaces configuration blocks. Site and firmware decide what they mean: read first, change, write.
package struct FEIGWriteExtendedConfiguration: FEIGCommand {
    package static let code = FEIGCommandCode.writeConfigurationExtended
    package typealias Reply = FEIGDone

    /// The same as in real gate traffic unless somebody changes it.
    package var place = FEIGConfigurationBank()
    /// Number of the first block, block size and content, in the form 8A answers them.
    package var blocks: FEIGExtendedBlocks

    package init(_ blocks: FEIGExtendedBlocks) {
        self.blocks = blocks
    }

    /// DEVICE, BANK, MODE, then the blocks as 8A answers them.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        place = try FEIGConfigurationBank(parsing: &reader)
        blocks = try FEIGExtendedBlocks(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        place.write(to: &writer)
        blocks.write(to: &writer)
    }
}
