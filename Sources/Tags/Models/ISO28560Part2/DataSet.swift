package import Wire

/// One link of the chain on an ISO 28560-2 tag: an element with its packing and its padding (ISO/IEC 15962 data set).
package struct DataSet: Hashable, Sendable {
    /// Relative object identifier, 1 to 270; library elements use 1 to 26.
    package var oid: Int
    /// How ``data`` is packed: bits 6 to 4 of the precursor.
    package var compaction: Compaction
    /// Bytes added behind the value to reach a block boundary, 0 to 255; `nil` without offset flag. Zero means that the
    /// count byte itself was the one byte missing.
    package var padCount: Int?
    /// The packed value.
    package var data: ArraySlice<UInt8>
    /// What the pad bytes hold: 00 in ISO 28560-2, 80 on Finnish tags; readers ignore it.
    package var padByte: UInt8 = 0

    package init(oid: Int, compaction: Compaction, padCount: Int? = nil, data: ArraySlice<UInt8>, padByte: UInt8 = 0) {
        self.oid = oid
        self.compaction = compaction
        self.padCount = padCount
        self.data = data
        self.padByte = padByte
    }

    /// Bytes in memory, from the precursor to the last pad byte.
    package var byteCount: Int {
        1 + (oid > 14 ? 1 : 0) + (padCount == nil ? 0 : 1) + DataLength.byteCount(data.count) + data.count
            + (padCount ?? 0)
    }
}

extension DataSet: ByteParsable, ByteWritable {
    /// From the precursor to the last pad byte; throws when value or padding reach beyond the bytes there are.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let header = try Header(parsing: &reader)
        (oid, compaction, padCount) = (header.oid, header.compaction, header.padCount)
        data = try reader.bytes(header.length, DataElement.name(oid: oid))
        padByte = try reader.bytes(padCount ?? 0, "pad bytes").first ?? 0
    }

    package func write(to writer: inout ByteWriter) {
        let precursor = (padCount == nil ? 0 : 0x80) | compaction.rawValue << 4 | UInt8(min(oid, 15))
        writer.byte(precursor)
        if oid > 14 { writer.byte(UInt8(truncatingIfNeeded: oid - 15)) }
        if let padCount { writer.byte(UInt8(truncatingIfNeeded: padCount)) }
        DataLength.write(data.count, to: &writer)
        writer.bytes(data)
        writer.fill(padByte, count: padCount ?? 0)
    }
}

extension DataSet {
    /// What stands before the value.
    package struct Header: Hashable, Sendable, ByteParsable {
        /// Bits 3 to 0 of the precursor; 15 there means 15 and the byte behind it, up to 270.
        package var oid: Int
        /// Bits 6 to 4 of the precursor.
        package var compaction: Compaction
        /// The byte announced by bit 7 of the precursor, 0 to 255; `nil` without that bit.
        package var padCount: Int?
        /// Bytes of the value, without pad bytes.
        package var length: Int

        /// Leaves the reader at the value, of which it reads nothing; throws on a length of more than four bytes.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            let precursor = try reader.byte("precursor")
            compaction = Compaction(rawValue: precursor >> 4 & 0x07) ?? .applicationDefined
            oid = Int(precursor & 0x0F)
            if oid == 15 { oid += Int(try reader.byte("additional object identifier")) }
            padCount = precursor & 0x80 == 0 ? nil : Int(try reader.byte("pad count"))
            length = try DataLength.parse(from: &reader)
        }
    }

    /// Ends the data set on the next multiple of `blockSize` when it starts at `offset`: the pad count takes one byte,
    /// pad bytes the rest (ISO 28560-2, annex on lock alignment).
    package mutating func align(startingAt offset: Int, toMultipleOf blockSize: Int) {
        padCount = nil
        let missing = (blockSize - (offset + byteCount) % blockSize) % blockSize
        if missing > 0 { padCount = missing - 1 }
    }

    /// Makes the data set `byteCount` bytes long; `false`, and no change, when padding cannot do that.
    package mutating func stretch(to wanted: Int) -> Bool {
        let bare = DataSet(oid: oid, compaction: compaction, data: data).byteCount
        guard (0...256).contains(wanted - bare) else { return false }
        padCount = wanted == bare ? nil : wanted - bare - 1
        return true
    }
}

/// The length field of a data set: base 128, most significant digit first, bit 7 set on all digits but the last.
package enum DataLength {
    /// Four digits, far above any tag's memory, are read at most.
    package static func parse(from reader: inout ByteReader) throws(ParseError) -> Int {
        let start = reader.offset
        var length = 0
        for _ in 0..<4 {
            let digit = try reader.byte("length")
            length = length << 7 | Int(digit & 0x7F)
            if digit & 0x80 == 0 { return length }
        }
        throw .invalid(field: "length", offset: start, found: "more than 4 bytes", wanted: "at most 4")
    }

    package static func write(_ length: Int, to writer: inout ByteWriter) {
        for digit in stride(from: byteCount(length) - 1, through: 0, by: -1) {
            let more: UInt8 = digit > 0 ? 0x80 : 0
            writer.byte(more | UInt8(truncatingIfNeeded: length >> (7 * digit)) & 0x7F)
        }
    }

    /// Bytes the field takes: one up to 127, two up to 16383.
    package static func byteCount(_ length: Int) -> Int {
        var count = 1
        while length >> (7 * count) > 0 { count += 1 }
        return count
    }
}
