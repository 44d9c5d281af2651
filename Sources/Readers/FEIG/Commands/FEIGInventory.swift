package import Tags
package import Wire

/// B0 01: which tags are in the field.
package struct FEIGInventory: FEIGCommand {
    package static let code = FEIGCommandCode.tag

    /// Which of the three inventories.
    package enum Mode: Hashable, Sendable {
        case once
        /// The reader answers when a tag appears or the time is over, in steps of 100 ms; it cannot be interrupted.
        case waiting(UInt8)
        /// Fetches what status 94 announced: MODE 80 (M-CPR, M-MR101).
        case more
    }

    /// MODE 00, 40 with a time behind it, or 80.
    package var mode: Mode

    package init(_ mode: Mode) {
        self.mode = mode
    }

    /// Throws on any sub-command but 01 and on a MODE other than 00, 40 and 80.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try FEIGTagCode.parse(&reader, wanted: [.inventory])
        let offset = reader.offset
        let byte = try reader.byte("mode")
        switch byte {
        case 0x00: mode = .once
        case 0x40: mode = .waiting(try reader.byte("waiting time"))
        case 0x80: mode = .more
        default: throw .invalid(field: "mode", offset: offset, found: Hex.string(byte), wanted: "00, 40 or 80")
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(FEIGTagCode.inventory.rawValue)
        switch mode {
        case .once:
            writer.byte(0x00)
        case .waiting(let time):
            writer.byte(0x40)
            writer.byte(time)
        case .more:
            writer.byte(0x80)
        }
    }

    /// The tags of one reply; parsing stops before a record of unknown type, whose length nobody knows.
    package struct Reply: Hashable, Sendable {
        /// How many records the reader announced.
        package var announced: UInt8
        /// In the reader's order; fewer than ``announced`` when a record of unknown type ended the reading.
        package var records: [Record]
        /// From the record of unknown type on; empty when all were understood.
        package var unread: [UInt8]

        /// A reply of just these tags; it can announce 255 at most.
        package init(records: [Record]) {
            announced = UInt8(clamping: records.count)
            self.records = records
            unread = []
        }
    }

    /// One tag as the reader tells it.
    package enum Record: Hashable, Sendable {
        /// TR-TYPE 03.
        case iso15693(dsfid: UInt8, uid: TagUID)
        /// A tag of another kind, kept so that the records behind it can be read.
        case other(type: UInt8, body: [UInt8])
    }
}

extension FEIGInventory.Reply: ByteParsable, ByteWritable {
    /// Throws when the bytes end before the announced number; a record of unknown type ends the reading instead.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        announced = try reader.byte("data sets")
        records = []
        while records.count < Int(announced), let type = reader.next {
            guard FEIGInventory.Record.isKnown(type: type) else { break }
            records.append(try FEIGInventory.Record(parsing: &reader))
        }
        guard records.count == Int(announced) || !reader.isAtEnd else {
            throw .truncated(field: "data sets", offset: 0, wanted: Int(announced), found: records.count)
        }
        unread = records.count == Int(announced) ? [] : Array(reader.rest())
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(announced)
        for record in records { record.write(to: &writer) }
        writer.bytes(unread)
    }
}

extension FEIGInventory.Record: ByteParsable, ByteWritable {
    /// Types whose record layout is known (M-CPR): 04 and 05 ISO 14443, 08 Jewel, 09 and 84 EPC.
    static func isKnown(type: UInt8) -> Bool {
        [0x03, 0x04, 0x05, 0x08, 0x09, 0x84].contains(type)
    }

    /// Throws on a type whose length is not known: any but 03, 04, 05, 08, 09 and 84.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let offset = reader.offset
        let type = try reader.byte("tag type")
        switch type {
        case 0x03:
            let dsfid = try reader.byte("DSFID")
            self = .iso15693(dsfid: dsfid, uid: TagUID(try reader.bytes(8, "UID").reduce(0) { $0 << 8 | UInt64($1) }))
        case 0x04:
            let info = try reader.byte("tag information")
            let length = info & 0b100 != 0 ? 11 : 8
            self = .other(type: type, body: [info] + Array(try reader.bytes(length, "ISO 14443 A identity")))
        case 0x05:
            self = .other(type: type, body: Array(try reader.bytes(9, "ISO 14443 B identity")))
        case 0x08:
            self = .other(type: type, body: Array(try reader.bytes(8, "Jewel identity")))
        case 0x09, 0x84:
            let kind = try reader.byte("identity type")
            let length = try reader.byte("identity length")
            self = .other(type: type, body: [kind, length] + Array(try reader.bytes(Int(length), "identity")))
        default:
            throw .invalid(field: "tag type", offset: offset, found: Hex.string(type), wanted: "a known type")
        }
    }

    package func write(to writer: inout ByteWriter) {
        switch self {
        case .iso15693(let dsfid, let uid):
            writer.byte(0x03)
            writer.byte(dsfid)
            writer.bytes(uid.bytes)
        case .other(let type, let body):
            writer.byte(type)
            writer.bytes(body)
        }
    }
}
