package import Wire

/// The 32 bytes of 3M's "alphanumeric" model (RFID 501): barcode, set and two free numbers, no checksum.
package struct ThreeMRecord: Hashable, Sendable {
    /// This part of the set, 0 to 15; it stands before the total, the other way round than in ISO 28560-3.
    package var ordinal: UInt8
    /// Parts of the set, 0 to 15; low nibble of byte 1.
    package var total: UInt8
    /// 0 other, 1 book, 2 magazine, 3 bound journal, 4 audio tape, 5 video, 6 CD, 7 diskette, 8 book + diskette,
    /// 9 book + CD, 13 book + audio tape.
    package var mediaType: UInt8
    /// 16 bytes, filled up with 00.
    package var barcode: ArraySlice<UInt8>
    /// 12 bits.
    package var branch: UInt32
    /// 20 bits.
    package var library: UInt32
    /// A signed number of the library's own.
    package var custom: Int32

    /// Bytes 0 to 31; the model says nothing of those behind.
    package static let byteCount = 32
    /// The media types in use; with any other number the tag is none of 3M's.
    package static let mediaTypes: Set<UInt8> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13]

    package init(
        ordinal: UInt8,
        total: UInt8,
        mediaType: UInt8,
        barcode: ArraySlice<UInt8>,
        branch: UInt32 = 0,
        library: UInt32 = 0,
        custom: Int32 = 0
    ) {
        self.ordinal = ordinal
        self.total = total
        self.mediaType = mediaType
        self.barcode = barcode
        self.branch = branch
        self.library = library
        self.custom = custom
    }
}

extension ThreeMRecord: ByteParsable, ByteWritable {
    /// Throws unless byte 0 is 04 and byte 2 is 00; bytes 28 to 31 are not looked at.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        try Self.expect(0x04, try reader.byte("model"), "model", at: 0)
        let set = try reader.byte("set")
        (ordinal, total) = (set >> 4, set & 0x0F)
        try Self.expect(0x00, try reader.byte("byte 2"), "byte 2", at: 2)
        mediaType = try reader.byte("media type")
        barcode = try reader.bytes(16, "barcode")
        let owner = try reader.uint32("branch and library")
        (branch, library) = (owner >> 20, owner & 0xFFFFF)
        custom = Int32(bitPattern: try reader.uint32("custom value"))
        _ = try reader.uint32("reserved bytes")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(0x04)
        writer.byte(ordinal << 4 | total & 0x0F)
        writer.byte(0x00)
        writer.byte(mediaType)
        writer.bytes(barcode)
        writer.uint32(branch << 20 | library & 0xFFFFF)
        writer.uint32(UInt32(bitPattern: custom))
        writer.uint32(0)
    }

    private static func expect(
        _ wanted: UInt8,
        _ found: UInt8,
        _ field: String,
        at offset: Int
    ) throws(ParseError) {
        guard found == wanted else {
            throw .invalid(field: field, offset: offset, found: Hex.string(found), wanted: Hex.string(wanted))
        }
    }
}

extension ThreeMRecord {
    /// Printable characters, then nothing but 00: the only thing that tells the model from chance.
    package var hasPrintableBarcode: Bool {
        let text = barcode.prefix { $0 != 0 }
        return !text.isEmpty && text.allSatisfy { (0x20...0x7E).contains($0) }
            && barcode.dropFirst(text.count).allSatisfy { $0 == 0 }
    }
}
