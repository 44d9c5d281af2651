package import Wire

/// 52: baud rate detection, the cheapest sign of life.
package struct FEIGPing: FEIGCommand {
    package static let code = FEIGCommandCode.ping
    package typealias Reply = FEIGDone

    package init() {}

    /// One byte; throws on any value but 00.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let value = try reader.byte("baud rate detection")
        guard value == 0 else {
            throw .invalid(field: "baud rate detection", offset: 0, found: Hex.string(value), wanted: "00")
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(0)
    }
}

/// 63: restarts the reader, which answers first.
package struct FEIGCPUReset: FEIGCommand {
    package static let code = FEIGCommandCode.cpuReset
    package typealias Reply = FEIGDone

    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}
}

/// 69: field off for about 15 ms, all tags back to ready (M-CPR).
package struct FEIGFieldReset: FEIGCommand {
    package static let code = FEIGCommandCode.fieldReset
    package typealias Reply = FEIGDone

    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}
}

/// 6A: switches the field of one antenna on, or all off.
package struct FEIGFieldOutput: FEIGCommand {
    package static let code = FEIGCommandCode.fieldOutput
    package typealias Reply = FEIGDone

    /// Antenna from 1 on; 0 switches the field off.
    package var antenna: UInt8

    package init(antenna: UInt8) {
        self.antenna = antenna
    }

    /// One byte of any value.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        antenna = try reader.byte("antenna")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(antenna)
    }
}
