package import Wire

/// Memory bank 01 of a UHF library tag: checksum, protocol control word, unique item identifier (ISO/TS 28560-4).
package struct IdentifierBank: Hashable, Sendable {
    /// Complemented CRC over the control word and the identifier; `nil` when the bank was read without it.
    package var checksum: UInt16?
    /// Bits 15 to 11 words of the identifier, 10 user memory in use, 9 extended control word, 8 ISO numbering, 7 to 0
    /// AFI.
    package var protocolControl: UInt16
    /// The identifier as packed, as many words as the control word says.
    package var identifier: ArraySlice<UInt8>

    package init(checksum: UInt16? = nil, protocolControl: UInt16, identifier: ArraySlice<UInt8>) {
        self.checksum = checksum
        self.protocolControl = protocolControl
        self.identifier = identifier
    }

    /// Words of the identifier, two bytes each, 0 to 31.
    package var wordCount: Int { Int(protocolControl >> 11) }
    /// Bit 10: the user bank holds further elements.
    package var hasUserMemory: Bool { protocolControl >> 10 & 1 == 1 }
    /// Bit 9: an extended control word is there.
    package var hasExtendedControl: Bool { protocolControl >> 9 & 1 == 1 }
    /// Bit 8: bits 7 to 0 are an AFI.
    package var isISONumbering: Bool { protocolControl >> 8 & 1 == 1 }
    /// Bits 7 to 0; an AFI only under ``isISONumbering``.
    package var afi: UInt8 { UInt8(truncatingIfNeeded: protocolControl) }
}

extension IdentifierBank: ByteParsable, ByteWritable {
    /// Reads the whole bank; stale words behind the identifier are left to the caller.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let checksum = try reader.uint16("checksum")
        try self.init(parsingWithoutChecksum: &reader)
        self.checksum = checksum
    }

    /// Reads the bank from the control word on, as readers that check the checksum themselves deliver it.
    package init(parsingWithoutChecksum reader: inout ByteReader) throws(ParseError) {
        protocolControl = try reader.uint16("protocol control")
        identifier = try reader.bytes(Int(protocolControl >> 11) * 2, "unique item identifier")
    }

    package func write(to writer: inout ByteWriter) {
        if let checksum { writer.uint16(checksum) }
        writer.uint16(protocolControl)
        writer.bytes(identifier)
    }
}

extension IdentifierBank {
    /// CRC-16 over control word and identifier: polynomial 1021, start FFFF, complemented.
    package var computedChecksum: UInt16 {
        var writer = ByteWriter()
        writer.uint16(protocolControl)
        writer.bytes(identifier)
        return CRC16.genibus.value(writer.bytes)
    }

    /// `ISIL.identifier`, or the identifier alone where a library keeps its name off the tag.
    package var text: String? { URNCode40.text(identifier) }
}
