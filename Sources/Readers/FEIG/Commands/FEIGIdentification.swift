package import Wire

/// 65: what the reader is; every reader knows it, so it is the probe.
package struct FEIGSoftwareVersion: FEIGCommand {
    package static let code = FEIGCommandCode.softwareVersion

    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}

    /// What the reader is and which firmware it runs.
    package struct Reply: Hashable, Sendable {
        /// Major number in the high byte, minor in the low one.
        package var revision: UInt16
        /// D-REV, e.g. 00; nothing depends on it.
        package var developmentRevision: UInt8
        /// HW-TYPE, e.g. 44 from a captured CPR40; nothing depends on it.
        package var hardwareType: UInt8
        /// The model's number, see ``FEIGModel``.
        package var type: UInt8
        /// Which kinds of tags the firmware knows, one bit each.
        package var tagTypes: UInt16
        /// What newer firmware may say behind it.
        package var rest: [UInt8] = []

        /// `3.03`.
        package var firmware: String {
            let minor = UInt8(truncatingIfNeeded: revision)
            return "\(revision >> 8).\(minor < 10 ? "0" : "")\(minor)"
        }
    }
}

extension FEIGSoftwareVersion.Reply: ByteParsable, ByteWritable {
    /// Seven bytes, and whatever newer firmware puts behind them.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        revision = try reader.uint16("software revision")
        developmentRevision = try reader.byte("development revision")
        hardwareType = try reader.byte("hardware type")
        type = try reader.byte("reader type")
        tagTypes = try reader.uint16("tag types")
        rest = Array(reader.rest())
    }

    package func write(to writer: inout ByteWriter) {
        writer.uint16(revision)
        writer.byte(developmentRevision)
        writer.byte(hardwareType)
        writer.byte(type)
        writer.uint16(tagTypes)
        writer.bytes(rest)
    }
}

/// 66 with MODE 00: the version once more, and how long frames may be.
package struct FEIGReaderInfo: FEIGCommand {
    package static let code = FEIGCommandCode.readerInfo

    package init() {}

    /// One byte; throws on any MODE but 00.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let mode = try reader.byte("mode")
        guard mode == 0 else {
            throw .invalid(field: "mode", offset: 0, found: Hex.string(mode), wanted: "00")
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(0)
    }

    /// The version once more, and the buffers.
    package struct Reply: Hashable, Sendable {
        /// Seven bytes as in the version reply.
        package var version: FEIGSoftwareVersion.Reply
        /// The longest request the reader takes, in bytes; anything longer is answered with status 81.
        package var receiveBuffer: UInt16
        /// The longest reply the reader sends, in bytes.
        package var sendBuffer: UInt16
        /// What newer firmware may say behind it.
        package var rest: [UInt8] = []
    }
}

extension FEIGReaderInfo.Reply: ByteParsable, ByteWritable {
    /// Seven bytes of version, RX-BUF and TX-BUF in two bytes each, and whatever newer firmware puts behind them.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        version = try FEIGSoftwareVersion.Reply(Array(try reader.bytes(7, "version")))
        receiveBuffer = try reader.uint16("receive buffer")
        sendBuffer = try reader.uint16("send buffer")
        rest = Array(reader.rest())
    }

    package func write(to writer: inout ByteWriter) {
        version.write(to: &writer)
        writer.uint16(receiveBuffer)
        writer.uint16(sendBuffer)
        writer.bytes(rest)
    }
}
