package import Wire

/// Where a configuration block of an LR2500-class reader lies; the three numbers are those of real gate traffic.
package struct FEIGConfigurationBank: ByteParsable, ByteWritable, Hashable, Sendable {
    package var device: UInt8 = 2
    package var bank: UInt8 = 1
    package var mode: UInt8 = 1

    package init() {}

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

    package var place = FEIGConfigurationBank()
    /// Block number.
    package var address: UInt16
    package var count: UInt8

    package init(address: UInt16, count: UInt8 = 1) {
        self.address = address
        self.count = count
    }

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

    package var place = FEIGConfigurationBank()
    package var blocks: FEIGExtendedBlocks

    package init(_ blocks: FEIGExtendedBlocks) {
        self.blocks = blocks
    }

    package init(parsing reader: inout ByteReader) throws(ParseError) {
        place = try FEIGConfigurationBank(parsing: &reader)
        blocks = try FEIGExtendedBlocks(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        place.write(to: &writer)
        blocks.write(to: &writer)
    }
}
