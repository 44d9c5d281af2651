package import Wire

/// 22: what a reader in buffered read mode has noted; it stays there until command 32 (M-LR1002, M-LRU3000).
package struct FEIGReadBuffer: FEIGCommand {
    package static let code = FEIGCommandCode.readBuffer

    /// Records wanted at most.
    package var dataSets: UInt16

    package init(dataSets: UInt16) {
        self.dataSets = dataSets
    }

    /// Two bytes, most significant first.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        dataSets = try reader.uint16("data sets")
    }

    package func write(to writer: inout ByteWriter) {
        writer.uint16(dataSets)
    }

    /// Which fields each record has: TR-DATA1.
    package struct Fields: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The tag's type and UID.
        package static let identity = Fields(rawValue: 0x01)
        /// Memory the reader was set to read.
        package static let blocks = Fields(rawValue: 0x02)
        /// Block data stands in tag order instead of turned round.
        package static let tagOrder = Fields(rawValue: 0x08)
        /// Bit 4: the last byte of each record tells the antenna.
        package static let antenna = Fields(rawValue: 0x10)
        /// Bit 5: hour, minute and milliseconds, four bytes.
        package static let time = Fields(rawValue: 0x20)
        /// Bit 6: five bytes, see ``FEIGBufferRecord/date``.
        package static let date = Fields(rawValue: 0x40)
        /// TR-DATA2 follows: input state, direction.
        package static let more = Fields(rawValue: 0x80)
    }

    /// The records, all with the same fields, oldest first.
    package struct Reply: Hashable, Sendable {
        /// TR-DATA1, which holds for all records of the reply.
        package var fields: Fields
        /// TR-DATA2.
        package var moreFields: UInt8?
        /// As many as DATA-SETS says, oldest first; a reader with nothing to tell answers with status 92 instead.
        package var records: [FEIGBufferRecord]

        package init(fields: Fields, moreFields: UInt8? = nil, records: [FEIGBufferRecord]) {
            self.fields = fields
            self.moreFields = moreFields
            self.records = records
        }
    }
}

extension FEIGReadBuffer.Reply: ByteParsable, ByteWritable {
    /// TR-DATA1, TR-DATA2 when bit 7 announces it, DATA-SETS in two bytes, then each record by its own length.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        fields = FEIGReadBuffer.Fields(rawValue: try reader.byte("TR-DATA1"))
        moreFields = fields.contains(.more) ? try reader.byte("TR-DATA2") : nil
        let count = try reader.uint16("data sets")
        records = []
        for _ in 0..<count {
            records.append(try FEIGBufferRecord(parsing: &reader, fields: fields))
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(fields.rawValue)
        if let moreFields { writer.byte(moreFields) }
        writer.uint16(UInt16(clamping: records.count))
        for record in records { record.write(to: &writer, fields: fields) }
    }
}

/// 32: forget the records read last.
package struct FEIGClearBuffer: FEIGCommand {
    package static let code = FEIGCommandCode.clearBuffer
    package typealias Reply = FEIGDone

    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}
}

/// 33: forget everything noted.
package struct FEIGInitialiseBuffer: FEIGCommand {
    package static let code = FEIGCommandCode.initialiseBuffer
    package typealias Reply = FEIGDone

    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}
}

/// 31: how full the buffer is.
package struct FEIGBufferInfo: FEIGCommand {
    package static let code = FEIGCommandCode.bufferInfo

    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}

    /// The fill of the buffer, in records.
    package struct Reply: ByteParsable, ByteWritable, Hashable, Sendable {
        /// Records the table holds.
        package var size: UInt16
        /// First record not read yet.
        package var start: UInt16
        /// Records noted.
        package var length: UInt16

        package init(size: UInt16, start: UInt16, length: UInt16) {
            self.size = size
            self.start = start
            self.length = length
        }

        /// TAB-SIZE, TAB-START and TAB-LEN, two bytes each.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            size = try reader.uint16("table size")
            start = try reader.uint16("table start")
            length = try reader.uint16("table length")
        }

        package func write(to writer: inout ByteWriter) {
            writer.uint16(size)
            writer.uint16(start)
            writer.uint16(length)
        }
    }
}
