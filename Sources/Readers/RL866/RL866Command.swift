package import Tags
package import Wire

/// The commands that serve a library; each is the first byte of the information.
package enum RL866Code: UInt8, Hashable, Sendable, CaseIterable {
    case inventory = 0x31
    case connect = 0x32
    case disconnect = 0x33
    case access = 0x34
}

/// 31: the tags in the field; a reply that holds only some of them is continued.
package struct RL866Inventory: ByteParsable, ByteWritable, Hashable, Sendable {
    /// Whether the reply before is continued.
    package var continues: Bool

    package init(continues: Bool = false) {
        self.continues = continues
    }

    /// One byte of flags, of which only bit 3 is looked at.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        continues = try reader.byte("inventory flags") & 0x08 != 0
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(continues ? 0x08 : 0x00)
    }

    /// The tags of one reply and how many there are in all.
    package struct Reply: Hashable, Sendable {
        /// Why the reader ended its look at the field; no list of the codes is known and nothing depends on them.
        package var stopReason: UInt8
        /// Tags found, in this reply and others.
        package var total: UInt16
        /// Those of this reply alone; where ``total`` is more, the inventory is continued.
        package var tags: [TagUID]

        package init(stopReason: UInt8 = 0, total: UInt16, tags: [TagUID]) {
            self.stopReason = stopReason
            self.total = total
            self.tags = tags
        }
    }
}

extension RL866Inventory.Reply: ByteParsable, ByteWritable {
    private static let hasSerial: UInt8 = 0x08
    /// Fields of one byte before the serial number: antenna, protocol, type.
    private static let shortFields: UInt8 = 0x07

    /// Throws on tag flags other than 08 to 0F and on a serial number of fewer than eight bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        stopReason = try reader.byte("stop reason")
        total = try reader.uint16LittleEndian("total")
        let count = try reader.byte("tag count")
        tags = []
        for _ in 0..<count {
            let offset = reader.offset
            let flags = try reader.byte("tag flags")
            guard flags & ~Self.shortFields == Self.hasSerial else {
                throw .invalid(field: "tag flags", offset: offset, found: Hex.string(flags), wanted: "08 to 0F")
            }
            _ = try reader.bytes((flags & Self.shortFields).nonzeroBitCount, "tag fields")
            // Nine bytes were seen: the UID and one nobody explains.
            let length = try reader.byte("serial length")
            let serial = try reader.bytes(Int(length), "serial")
            guard let uid = TagUID(onAir: serial.prefix(8)) else {
                throw .invalid(field: "serial", offset: offset, found: "\(length) bytes", wanted: "at least 8")
            }
            tags.append(uid)
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(stopReason)
        writer.uint16LittleEndian(total)
        writer.byte(UInt8(clamping: tags.count))
        for uid in tags {
            writer.byte(Self.hasSerial)
            writer.byte(8)
            writer.bytes(uid.onAir)
        }
    }
}

/// 32: takes one tag by its UID; the answer is a handle for what follows.
package struct RL866Connect: ByteParsable, ByteWritable, Hashable, Sendable {
    /// On the line least significant byte first, `E0` last.
    package var uid: TagUID

    package init(_ uid: TagUID) {
        self.uid = uid
    }

    /// Antenna 1, protocol ISO 15693, any chip, nine bytes to come, mode 01: addressed.
    private static let head: [UInt8] = [0x01, 0x01, 0x01, 0x09, 0x01]

    /// Throws unless 01 01 01 09 01 stands in front of the UID.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let offset = reader.offset
        let head = Array(try reader.bytes(Self.head.count, "connection"))
        guard head == Self.head else {
            throw .invalid(field: "connection", offset: offset, found: Hex.string(head), wanted: Hex.string(Self.head))
        }
        uid = TagUID(try reader.bytes(8, "UID").reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(Self.head)
        writer.bytes(uid.onAir)
    }
}

/// 34: does something with the tag behind a handle.
package struct RL866Access: ByteParsable, ByteWritable, Hashable, Sendable {
    /// What is done; the words of its parameters go least significant byte first.
    package enum Operation: UInt16, Hashable, Sendable {
        case reset = 0x0001
        case select = 0x0002
        case readBlocks = 0x0003
        case writeBlocks = 0x0004
        case writeAFI = 0x0006
        case systemInformation = 0x000A
        case setEAS = 0x000C
        case clearEAS = 0x000D
        case alarmEAS = 0x000F
    }

    /// The tag's number, as the reply to 32 gave it.
    package var handle: UInt8
    /// Two bytes, least significant first.
    package var operation: Operation
    /// As the operation wants them, 16-bit numbers least significant byte first.
    package var parameters: [UInt8]

    package init(handle: UInt8, _ operation: Operation, _ parameters: [UInt8] = []) {
        self.handle = handle
        self.operation = operation
        self.parameters = parameters
    }

    /// Handle, length, operation, parameters; throws on an operation that is not in the list.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        handle = try reader.byte("handle")
        let length = try reader.byte("access length")
        let offset = reader.offset
        let code = try reader.uint16LittleEndian("operation")
        guard let operation = Operation(rawValue: code) else {
            throw .invalid(field: "operation", offset: offset, found: Hex.string(code), wanted: "a known operation")
        }
        self.operation = operation
        parameters = Array(try reader.bytes(Int(length) - 2, "parameters"))
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(handle)
        writer.byte(UInt8(clamping: parameters.count + 2))
        writer.uint16LittleEndian(operation.rawValue)
        writer.bytes(parameters)
    }

    /// What came of it: data, or the tag's or reader's error.
    package struct Reply: Hashable, Sendable {
        /// The request's operation, repeated; one that is not in the list is kept.
        package var operation: UInt16
        /// What stands behind success byte 01, or the error word behind any other.
        package var result: Result<[UInt8], RL866Error>
    }
}

extension RL866Access.Reply: ByteParsable, ByteWritable {
    /// Throws when a failure carries anything but an error word of two bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let length = try reader.byte("access length")
        var content = ByteReader(try reader.bytes(Int(length), "access result"))
        operation = try content.uint16LittleEndian("operation")
        switch try content.byte("success") {
        case 0x01: result = .success(Array(content.rest()))
        default:
            result = .failure(RL866Error(code: try content.uint16LittleEndian("error")))
            try content.finish()
        }
    }

    package func write(to writer: inout ByteWriter) {
        var content = ByteWriter()
        content.uint16LittleEndian(operation)
        switch result {
        case .success(let data):
            content.byte(0x01)
            content.bytes(data)
        case .failure(let error):
            content.byte(0x00)
            content.uint16LittleEndian(error.code)
        }
        writer.byte(UInt8(clamping: content.bytes.count))
        writer.bytes(content.bytes)
    }
}

/// 000A: what a tag says of itself, in plain numbers.
package struct RL866SystemInformation: ByteParsable, ByteWritable, Hashable, Sendable {
    /// The tag's information flags.
    package var flags: UInt8 = 0x0F
    /// On the line least significant byte first, `E0` last.
    package var uid: TagUID
    /// Data storage format identifier, 06 for ISO 28560-2.
    package var dsfid: UInt8
    /// Application family identifier: 07 in stock and C2 on loan nearly everywhere.
    package var afi: UInt8
    /// True count, not minus one as on air.
    package var blockCount: UInt8
    /// In bytes; the true size, not minus one as on air.
    package var blockSize: UInt8
    /// The chip maker's number for the kind of chip.
    package var icReference: UInt8

    package init(uid: TagUID, dsfid: UInt8, afi: UInt8, blockCount: UInt8, blockSize: UInt8, icReference: UInt8) {
        self.uid = uid
        self.dsfid = dsfid
        self.afi = afi
        self.blockCount = blockCount
        self.blockSize = blockSize
        self.icReference = icReference
    }

    /// 14 bytes; every field is there, whatever the flags say.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        flags = try reader.byte("information flags")
        uid = TagUID(try reader.bytes(8, "UID").reversed().reduce(0) { $0 << 8 | UInt64($1) })
        dsfid = try reader.byte("DSFID")
        afi = try reader.byte("AFI")
        blockCount = try reader.byte("block count")
        blockSize = try reader.byte("block size")
        icReference = try reader.byte("IC reference")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(flags)
        writer.bytes(uid.onAir)
        writer.bytes([dsfid, afi, blockCount, blockSize, icReference])
    }
}
