package import Wire

/// 9F: carries a whole frame to a function unit on a gate's inner bus; the answer carries one back.
package struct FEIGPiggyback: FEIGCommand {
    package static let code = FEIGCommandCode.piggyback

    /// As captured: `00 0D 02`; 0D is the type number of the counter board, the rest is not understood.
    package var header: [UInt8]
    /// A complete advanced frame with its own checksum; the counter board answers to address 01.
    package var inner: FEIGFrame

    package init(header: [UInt8] = [0x00, 0x0D, 0x02], _ inner: FEIGFrame) {
        self.header = header
        self.inner = inner
    }

    /// Three bytes of header, then the inner frame; throws when that one is damaged.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        header = Array(try reader.bytes(3, "piggyback header"))
        inner = try FEIGFrame(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(header)
        inner.write(to: &writer)
    }

    /// The inner frame directly behind the status.
    package struct Reply: ByteParsable, ByteWritable, Hashable, Sendable {
        /// A complete frame too; its payload begins with the board's own status.
        package var inner: FEIGFrame

        package init(_ inner: FEIGFrame) {
            self.inner = inner
        }

        /// Throws when the inner frame is cut short or its checksum is wrong.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            inner = try FEIGFrame(parsing: &reader)
        }

        package func write(to writer: inout ByteWriter) {
            inner.write(to: &writer)
        }
    }
}

/// The four counters of the board; in a gate of one aisle the first two stay 0, the others count in and out.
package struct FEIGPeopleCounters: ByteParsable, ByteWritable, Hashable, Sendable {
    /// The first two, 0 in a gate of one aisle.
    package var others: [UInt32] = [0, 0]
    /// Third counter: people who came in since it was set back; most significant byte first.
    package var incoming: UInt32
    /// Fourth counter: people who went out since it was set back; most significant byte first.
    package var outgoing: UInt32

    package init(incoming: UInt32, outgoing: UInt32) {
        self.incoming = incoming
        self.outgoing = outgoing
    }

    /// The captured gate of one lane counts with the last pair. Which pair a second lane has was not seen: the first
    /// pair is taken for it, in the same order, and a pair that never counts is no lane.
    var lanes: [PeopleCount.Lane] {
        [
            PeopleCount.Lane(incoming: incoming, outgoing: outgoing),
            PeopleCount.Lane(incoming: others.first ?? 0, outgoing: others.last ?? 0),
        ]
    }

    /// 16 bytes, four counters one behind the other.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        others = [try reader.uint32("counter 1"), try reader.uint32("counter 2")]
        incoming = try reader.uint32("counter 3")
        outgoing = try reader.uint32("counter 4")
    }

    package func write(to writer: inout ByteWriter) {
        for counter in others + [incoming, outgoing] { writer.uint32(counter) }
    }
}

/// 77 on the inner bus: the counters.
package struct FEIGGetPeopleCounter: FEIGCommand {
    package static let code = FEIGCommandCode.getPeopleCounter
    package typealias Reply = FEIGPeopleCounters

    package init() {}

    /// One byte of mode, 00 in the captures; its value is not looked at.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try reader.byte("mode")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(0)
    }
}

/// 78 on the inner bus: sets the counters.
package struct FEIGSetPeopleCounter: FEIGCommand {
    package static let code = FEIGCommandCode.setPeopleCounter
    package typealias Reply = FEIGDone

    /// All four are sent; 0 in each sets the board back.
    package var counters: FEIGPeopleCounters

    package init(_ counters: FEIGPeopleCounters) {
        self.counters = counters
    }

    /// One byte of mode, not looked at, then 16 bytes of counters.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try reader.byte("mode")
        counters = try FEIGPeopleCounters(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(0)
        counters.write(to: &writer)
    }
}
