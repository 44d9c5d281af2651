package import Wire

/// A block of further elements behind the basic block of an ISO 28560-3 tag.
package struct ExtensionBlock: Hashable, Sendable {
    /// 1 library, 2 acquisition, 3 library supplement, 4 title, 5 interlibrary loan, 6 to 100 for future use, above
    /// that free for libraries and vendors.
    package var id: UInt16
    /// The byte at offset 3 as stored.
    package var checksum: UInt8
    /// What follows the checksum.
    package var data: ArraySlice<UInt8>

    package init(id: UInt16, data: ArraySlice<UInt8>) {
        self.id = id
        self.data = data
        checksum = 0
        checksum = computedChecksum
    }

    /// Length, identifier and checksum.
    package static let headerByteCount = 4

    /// Byte 0 of the block: all its bytes, this one included.
    package var byteCount: Int { Self.headerByteCount + data.count }

    /// Exclusive or of all other bytes, so that all together make 00.
    package var computedChecksum: UInt8 {
        let header = UInt8(truncatingIfNeeded: byteCount) ^ UInt8(truncatingIfNeeded: id) ^ UInt8(id >> 8)
        return data.reduce(header, ^)
    }

    /// Whether all bytes of the block together, checksum included, make 00 by exclusive or.
    package var isRight: Bool { checksum == computedChecksum }
}

extension ExtensionBlock: ByteParsable, ByteWritable {
    /// Length, id with its low byte first, checksum, data; throws on a length below 4 and when the bytes end before the
    /// block.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let start = reader.offset
        let length = Int(try reader.byte("extension block length"))
        guard length >= Self.headerByteCount else {
            throw .invalid(field: "extension block length", offset: start, found: "\(length)", wanted: "at least 4")
        }
        id = try reader.uint16LittleEndian("extension block id")
        checksum = try reader.byte("extension block checksum")
        data = try reader.bytes(length - Self.headerByteCount, "extension block")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(UInt8(truncatingIfNeeded: byteCount))
        writer.uint16LittleEndian(id)
        writer.byte(checksum)
        writer.bytes(data)
    }
}

extension ExtensionBlock {
    /// The kind of block by its ``id``: `libraryBlock`, `titleBlock`, …, `unstructuredBlock` for 0 and from 101 on.
    package var name: String {
        switch id {
        case 1: "libraryBlock"
        case 2: "acquisitionBlock"
        case 3: "librarySupplementBlock"
        case 4: "titleBlock"
        case 5: "illBlock"
        case 6...100: "futureBlock"
        default: "unstructuredBlock"
        }
    }

    /// The elements a block holds, in their order; library blocks start with a fixed byte for the media format.
    ///
    /// In the library block the item identifier is element 1 or 22 and the owner element 3 or 23, depending on whether
    /// the basic block has its own.
    static let fields: [UInt16: [DataElement]] = [
        1: [.mediaFormat, .alternativeItemIdentifier, .alternativeOwnerInstitution],
        2: [
            .supplierIdentifier, .productIdentifierLocal, .orderNumber, .supplierInvoiceNumber, .gs1ProductIdentifier,
            .supplyChainStage,
        ],
        3: [.shelfLocation, .marcMediaFormat, .onixMediaFormat, .subsidiaryOfOwnerInstitution],
        4: [.title],
        5: [.illBorrowingInstitution, .illTransactionNumber, .alternativeIllBorrowingInstitution],
    ]
}
