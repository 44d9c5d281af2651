package import Wire

/// Which configuration block is meant, CFG-ADR: bit 7 the lasting copy, bit 6 all blocks, bits 5–0 the block.
package struct FEIGConfigurationAddress: ByteParsable, ByteWritable, Hashable, Sendable {
    /// 0 to 63.
    package var block: UInt8
    /// In the EEPROM, which survives power-off and wears out with writing; otherwise in the working memory.
    package var isStored: Bool
    /// Bit 6: all blocks are meant and not ``block`` alone.
    package var allBlocks: Bool

    /// Of `block` only bits 5 to 0 are kept.
    package init(block: UInt8, isStored: Bool = false, allBlocks: Bool = false) {
        self.block = block & 0x3F
        self.isStored = isStored
        self.allBlocks = allBlocks
    }

    /// One byte; every value is an address.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let byte = try reader.byte("configuration address")
        self.init(block: byte, isStored: byte & 0x80 != 0, allBlocks: byte & 0x40 != 0)
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(code)
    }

    /// The address byte.
    package var code: UInt8 { block | (isStored ? 0x80 : 0) | (allBlocks ? 0x40 : 0) }
}

/// 80: one configuration block of 14 bytes.
package struct FEIGReadConfiguration: FEIGCommand {
    package static let code = FEIGCommandCode.readConfiguration

    /// The block that is read.
    package var address: FEIGConfigurationAddress

    package init(_ address: FEIGConfigurationAddress) {
        self.address = address
    }

    /// CFG-ADR, one byte.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        address = try FEIGConfigurationAddress(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        address.write(to: &writer)
    }

    package typealias Reply = FEIGConfigurationBlock
}

/// The 14 bytes of a configuration block.
package struct FEIGConfigurationBlock: ByteParsable, ByteWritable, Hashable, Sendable {
    /// In bytes, without the checksum the reader keeps for itself.
    package static let length = 14

    /// Always ``length`` bytes.
    package var parameters: [UInt8]

    /// Cuts `bytes` to ``length``, or fills them up with 00.
    package init(_ bytes: [UInt8]) {
        parameters = Array((bytes + Array(repeating: 0, count: Self.length)).prefix(Self.length))
    }

    /// Throws when there are fewer than 14 bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        parameters = Array(try reader.bytes(Self.length, "configuration block"))
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(parameters)
    }
}

/// 81: replaces a configuration block. Undescribed bits keep what they were: read first, change, write.
package struct FEIGWriteConfiguration: FEIGCommand {
    package static let code = FEIGCommandCode.writeConfiguration
    package typealias Reply = FEIGDone

    /// The block that is replaced; a stored one acts after a restart of the reader.
    package var address: FEIGConfigurationAddress
    /// The whole block: the command knows no part of one.
    package var content: FEIGConfigurationBlock

    package init(_ address: FEIGConfigurationAddress, _ content: FEIGConfigurationBlock) {
        self.address = address
        self.content = content
    }

    /// CFG-ADR, then the 14 bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        address = try FEIGConfigurationAddress(parsing: &reader)
        content = try FEIGConfigurationBlock(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        address.write(to: &writer)
        content.write(to: &writer)
    }
}

/// 82: copies a block from the working memory to the lasting one.
package struct FEIGSaveConfiguration: FEIGCommand {
    package static let code = FEIGCommandCode.saveConfiguration
    package typealias Reply = FEIGDone

    /// CFG-ADR of the block that is copied.
    package var address: FEIGConfigurationAddress

    package init(_ address: FEIGConfigurationAddress) {
        self.address = address
    }

    /// CFG-ADR, one byte.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        address = try FEIGConfigurationAddress(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        address.write(to: &writer)
    }
}
