package import Tags
package import Wire

/// Commands that name a tag and at most one byte more: 01, 03, 06, 08–0C, 0E, 0F.
package struct ThreeMTagOrder: ByteParsable, ByteWritable, Hashable, Sendable {
    /// On the line most significant byte first, `E0` in front.
    package var uid: TagUID
    /// The AFI, DSFID or block number, or 1 and 0 for the EAS bit; `nil` where the command needs none.
    package var value: UInt8?

    package init(_ uid: TagUID, _ value: UInt8? = nil) {
        self.uid = uid
        self.value = value
    }

    /// Eight bytes of UID, and one of value when there is another byte.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        uid = try TagUID(threeM: &reader)
        value = reader.isAtEnd ? nil : try reader.byte("value")
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(uid.bytes)
        if let value { writer.byte(value) }
    }

    /// Every answer about a tag repeats its UID; what was asked for follows. The layout is that of the order.
    package typealias Reply = ThreeMTagOrder
}

/// 02: reads blocks.
package struct ThreeMReadBlocks: ThreeMCommand {
    package static let code = ThreeMCode.readBlocks

    /// On the line most significant byte first, `E0` in front.
    package var uid: TagUID
    /// Block number, from 0.
    package var first: UInt8
    /// True count of blocks.
    package var count: UInt8

    package init(uid: TagUID, first: UInt8, count: UInt8) {
        self.uid = uid
        self.first = first
        self.count = count
    }

    /// UID, first block and count, ten bytes; read options are not used.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        uid = try TagUID(threeM: &reader)
        first = try reader.byte("first block")
        count = try reader.byte("block count")
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(uid.bytes)
        writer.byte(first)
        writer.byte(count)
    }

    /// One block of four bytes with its number.
    package struct Block: Hashable, Sendable {
        /// Block number, from 0.
        package var number: UInt8
        /// 00 free, 01 locked by the user, 02 by the maker, 03 by both; anything larger is an error code.
        package var lock: UInt8
        /// Four bytes in tag order.
        package var data: [UInt8]

        package init(number: UInt8, lock: UInt8, data: [UInt8]) {
            self.number = number
            self.lock = lock
            self.data = data
        }

        /// Whether the data was read.
        package var isRead: Bool { lock <= 3 }
        /// The lock as a tag tells it, bit 0 for any of them: nobody writes to what the maker locked either.
        package var security: UInt8 { lock == 0 ? 0x00 : lock | 0x01 }
    }

    /// The blocks, each with its number.
    package struct Reply: Hashable, Sendable {
        /// That of the request, repeated.
        package var uid: TagUID
        /// As many as the count says; those that could not be read are among them, see ``Block/isRead``.
        package var blocks: [Block]

        package init(uid: TagUID, blocks: [Block]) {
            self.uid = uid
            self.blocks = blocks
        }
    }
}

extension ThreeMReadBlocks.Reply: ByteParsable, ByteWritable {
    /// UID and count, then number, lock and four bytes of each block.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        uid = try TagUID(threeM: &reader)
        blocks = []
        for _ in 0..<(try reader.byte("block count")) {
            blocks.append(
                ThreeMReadBlocks.Block(
                    number: try reader.byte("block number"),
                    lock: try reader.byte("block lock"),
                    data: Array(try reader.bytes(4, "block"))
                )
            )
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(uid.bytes)
        writer.byte(UInt8(clamping: blocks.count))
        for block in blocks {
            writer.byte(block.number)
            writer.byte(block.lock)
            writer.bytes(block.data)
        }
    }
}

/// 04: writes blocks of four bytes.
package struct ThreeMWriteBlocks: ThreeMCommand {
    package static let code = ThreeMCode.writeBlocks

    /// On the line most significant byte first, `E0` in front.
    package var uid: TagUID
    /// Block number, from 0.
    package var first: UInt8
    /// Whole blocks in tag order.
    package var data: [UInt8]

    package init(uid: TagUID, first: UInt8, data: [UInt8]) {
        self.uid = uid
        self.first = first
        self.data = data
    }

    /// UID, first block, count, a byte of options that is not looked at, then four bytes for each block.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        uid = try TagUID(threeM: &reader)
        first = try reader.byte("first block")
        let count = try reader.byte("block count")
        _ = try reader.byte("write options")
        data = Array(try reader.bytes(4 * Int(count), "blocks"))
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(uid.bytes)
        writer.byte(first)
        writer.byte(UInt8(clamping: data.count / 4))
        writer.byte(0x00)
        writer.bytes(data)
    }

    /// The number behind the last block written, or that of the one that failed; older firmware leaves it out.
    package typealias Reply = ThreeMTagOrder
}

/// 0D: what the tag tells of itself; which fields it could tell leads them.
package struct ThreeMTagInformation: ThreeMCommand {
    package static let code = ThreeMCode.tagInformation

    /// Which facts are meant.
    package struct Fields: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let dsfid = Fields(rawValue: 0x01)
        /// Bit 1: the AFI, one byte.
        package static let afi = Fields(rawValue: 0x02)
        /// Bit 2: bytes in a block and number of blocks, both minus one.
        package static let size = Fields(rawValue: 0x04)
        /// Bit 3: IC reference, two bytes.
        package static let ic = Fields(rawValue: 0x08)
        /// The four facts there are, 0F.
        package static let all: Fields = [.dsfid, .afi, .size, .ic]
    }

    /// On the line most significant byte first, `E0` in front.
    package var uid: TagUID
    /// What is asked for; the reply says which of it the tag could tell.
    package var wanted: Fields

    package init(uid: TagUID, wanted: Fields = .all) {
        self.uid = uid
        self.wanted = wanted
    }

    /// UID and one byte of wanted facts.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        uid = try TagUID(threeM: &reader)
        wanted = Fields(rawValue: try reader.byte("wanted fields"))
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(uid.bytes)
        writer.byte(wanted.rawValue)
    }

    /// The facts the tag could tell.
    package struct Reply: Hashable, Sendable {
        /// That of the request, repeated.
        package var uid: TagUID
        /// `nil` when the tag does not tell it.
        package var dsfid: UInt8?
        /// `nil` when the tag does not tell it.
        package var afi: UInt8?
        /// On the wire both numbers are one less.
        package var geometry: MemoryGeometry?
        /// Two bytes here, most significant first; `nil` when the tag does not tell it.
        package var icReference: UInt16?

        package init(uid: TagUID) {
            self.uid = uid
        }
    }
}

extension ThreeMTagInformation.Reply: ByteParsable, ByteWritable {
    /// UID, one byte that says which facts follow, then those facts in the order of their bits.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        uid = try TagUID(threeM: &reader)
        let fields = ThreeMTagInformation.Fields(rawValue: try reader.byte("available fields"))
        if fields.contains(.dsfid) { dsfid = try reader.byte("DSFID") }
        if fields.contains(.afi) { afi = try reader.byte("AFI") }
        if fields.contains(.size) {
            let blockSize = Int(try reader.byte("block size") & 0x1F) + 1
            geometry = MemoryGeometry(blockSize: blockSize, blockCount: Int(try reader.byte("block count")) + 1)
        }
        if fields.contains(.ic) { icReference = try reader.uint16("IC reference") }
    }

    package func write(to writer: inout ByteWriter) {
        var fields: ThreeMTagInformation.Fields = []
        if dsfid != nil { fields.insert(.dsfid) }
        if afi != nil { fields.insert(.afi) }
        if geometry != nil { fields.insert(.size) }
        if icReference != nil { fields.insert(.ic) }
        writer.bytes(uid.bytes)
        writer.byte(fields.rawValue)
        if let dsfid { writer.byte(dsfid) }
        if let afi { writer.byte(afi) }
        if let geometry {
            writer.byte(UInt8(clamping: geometry.blockSize - 1))
            writer.byte(UInt8(clamping: geometry.blockCount - 1))
        }
        if let icReference { writer.uint16(icReference) }
    }
}

/// 14: hands an air request to the tags as it is, flags first, without checksum (SPEC).
package struct ThreeMPassThrough: ThreeMCommand {
    package static let code = ThreeMCode.passThrough

    /// How the pad shall send and listen.
    package struct Control: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// Bits 0–11 say how long to wait for the answer.
        package static let overridesWait = Control(rawValue: 0x1000)
        /// A lone end of frame goes out after the wait, as writes with the option flag need.
        package static let endOfFrameAfterWait = Control(rawValue: 0x2000)
        /// Bit 14: the answer is handed on as it was received.
        package static let rawAnswer = Control(rawValue: 0x4000)
        /// A byte for the reader's radio leads the air request; its bits are not needed here.
        package static let withRadioFlags = Control(rawValue: 0x8000)
    }

    /// In bytes, the tag's flags included.
    package var mostReceived: UInt16
    /// Bits 0 to 11 count clocks to wait, bits 12 to 15 are the options.
    package var control: Control
    /// Flags, command and parameters as on air.
    package var request: [UInt8]

    package init(mostReceived: UInt16, control: Control, request: [UInt8]) {
        self.mostReceived = mostReceived
        self.control = control
        self.request = request
    }

    /// Send size, receive size and control in two bytes each, then the request; the size leaves out a byte of radio
    /// flags.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let size = try reader.uint16("send size")
        mostReceived = try reader.uint16("receive size")
        control = Control(rawValue: try reader.uint16("control"))
        request = Array(try reader.bytes(Int(size) + (control.contains(.withRadioFlags) ? 1 : 0), "air request"))
    }

    package func write(to writer: inout ByteWriter) {
        writer.uint16(UInt16(clamping: request.count - (control.contains(.withRadioFlags) ? 1 : 0)))
        writer.uint16(mostReceived)
        writer.uint16(control.rawValue)
        writer.bytes(request)
    }

    /// What the tag said.
    package struct Reply: ByteParsable, ByteWritable, Hashable, Sendable {
        /// 83 when all went well in the only example.
        package var flags: UInt8
        /// The tag's answer, its flags first, without checksum.
        package var answer: [UInt8]

        package init(flags: UInt8, answer: [UInt8]) {
            self.flags = flags
            self.answer = answer
        }

        /// Result flags, size of the answer in two bytes, answer; throws when fewer bytes follow.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            flags = try reader.byte("result flags")
            answer = Array(try reader.bytes(Int(try reader.uint16("answer size")), "air answer"))
        }

        package func write(to writer: inout ByteWriter) {
            writer.byte(flags)
            writer.uint16(UInt16(clamping: answer.count))
            writer.bytes(answer)
        }
    }
}
