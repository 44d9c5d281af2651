package import Wire

/// The 32 bytes of the French model FR01 ("modèle français"), as one library system writes them.
package struct FrenchRecord: Hashable, Sendable {
    /// Version, 1.
    package var version: UInt8
    /// 0 document, 1 patron card in the two low bits; the others are unknown and kept.
    package var usage: UInt8
    /// Five bytes, most likely the nine-digit RCR number of the library as packed digits.
    package var library: ArraySlice<UInt8>
    /// This part; it stands before the total.
    package var ordinal: UInt8
    /// Parts of the item; byte 10.
    package var total: UInt8
    /// Bytes 11 to 15, 00 as far as known.
    package var rest: ArraySlice<UInt8>
    /// 16 bytes, filled up with 00 on the left.
    package var barcode: ArraySlice<UInt8>

    /// Bytes 0 and 1: `FR`.
    package static let signature: [UInt8] = [0x46, 0x52]
}

extension FrenchRecord: ByteParsable, ByteWritable {
    /// 32 bytes; throws when there are fewer or other bytes than ``signature`` in front.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let start = try reader.bytes(2, "signature")
        guard start.elementsEqual(Self.signature) else {
            throw .invalid(field: "signature", offset: 0, found: Hex.string(start), wanted: Hex.string(Self.signature))
        }
        version = try reader.byte("version")
        usage = try reader.byte("usage")
        library = try reader.bytes(5, "library")
        ordinal = try reader.byte("ordinal")
        total = try reader.byte("total")
        rest = try reader.bytes(5, "reserved bytes")
        barcode = try reader.bytes(16, "barcode")
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(Self.signature)
        writer.byte(version)
        writer.byte(usage)
        writer.bytes(library)
        writer.byte(ordinal)
        writer.byte(total)
        writer.bytes(rest)
        writer.bytes(barcode)
    }
}

extension FrenchRecord {
    /// By the two low bits of ``usage``, the only ones whose meaning is known.
    package var isPatronCard: Bool { usage & 0x03 == 1 }

    /// The barcode's characters; 00 and FF are skipped wherever they stand, as the system's own reader does.
    package var barcodeText: ArraySlice<UInt8> { barcode.filter { $0 != 0x00 && $0 != 0xFF }[...] }
}
