package import Tags
import Wire

/// One tag in a reader's buffer. Its own length leads it, so that a record nobody understands never hides the next.
///
///     RecLen(2)  [TR-TYPE IDDT IDD-LEN IDD]  [DB-N(2) DB-SIZE DB]  [TIME(4)]  [DATE(5)]  rest  [ANT]
///
/// The antenna stands last whatever comes between (two captured gates); DB-N has two bytes on HF readers (captures from
/// a PRH200 and an LRM2500), whatever the drawing for a UHF antenna says.
package struct FEIGBufferRecord: Hashable, Sendable {
    /// Which tag it was.
    package struct Identity: Hashable, Sendable {
        /// TR-TYPE: 03 for ISO 15693.
        package var type: UInt8
        /// IDDT, 00 for a UID.
        package var kind: UInt8
        /// The eight bytes of a UID, `E0` first; of other kinds of tags what they have.
        package var bytes: [UInt8]

        /// `nil` for a tag of another standard.
        package var uid: TagUID? { type == 0x03 ? TagUID(bytes) : nil }
    }

    /// What was read of its memory.
    package struct Blocks: Hashable, Sendable {
        /// DB-SIZE, in bytes; 4 on nearly every library tag.
        package var size: UInt8
        /// In tag order.
        package var data: [UInt8]
    }

    /// The reader's clock; many are never set.
    package struct Time: Hashable, Sendable {
        /// 0 to 23 by the reader's own clock.
        package var hour: UInt8
        /// 0 to 59.
        package var minute: UInt8
        /// Seconds included, 0 to 59999.
        package var milliseconds: UInt16
    }

    /// `nil` when the reader is not set to note it, or the record contradicts itself.
    package var identity: Identity?
    /// `nil` when the reader is not set to read memory, or the record contradicts itself.
    package var blocks: Blocks?
    /// `nil` when the reader is not set to note it, or the record contradicts itself.
    package var time: Time?
    /// Five bytes whose order no capture has proven.
    package var date: [UInt8] = []
    /// Fields of TR-DATA2, or the whole content of a record that contradicts itself.
    package var rest: [UInt8] = []
    /// A number or one bit per antenna: the sources differ.
    package var antenna: UInt8?

    package init(identity: Identity? = nil, blocks: Blocks? = nil, antenna: UInt8? = nil) {
        self.identity = identity
        self.blocks = blocks
        self.antenna = antenna
    }
}

extension FEIGBufferRecord {
    /// Whether the announced fields were found; otherwise everything stands in ``rest``.
    package func isComplete(_ fields: FEIGReadBuffer.Fields) -> Bool {
        (identity != nil) == fields.contains(.identity) && (blocks != nil) == fields.contains(.blocks)
            && (time != nil) == fields.contains(.time) && (antenna != nil) == fields.contains(.antenna)
    }

    init(parsing reader: inout ByteReader, fields: FEIGReadBuffer.Fields) throws(ParseError) {
        let offset = reader.offset
        let length = try reader.uint16("record length")
        guard length >= 2 else {
            throw .invalid(field: "record length", offset: offset, found: "\(length)", wanted: "at least 2")
        }
        let content = Array(try reader.bytes(Int(length) - 2, "record"))
        do throws(ParseError) {
            var inner = ByteReader(fields.contains(.antenna) ? content.dropLast() : content[...])
            if fields.contains(.antenna) {
                guard let last = content.last else {
                    throw .truncated(field: "antenna", offset: offset + 2, wanted: 1, found: 0)
                }
                antenna = last
            }
            try parse(&inner, fields)
        } catch {
            self = FEIGBufferRecord()
            rest = content
        }
    }

    private mutating func parse(
        _ reader: inout ByteReader,
        _ fields: FEIGReadBuffer.Fields
    ) throws(ParseError) {
        if fields.contains(.identity) {
            let type = try reader.byte("tag type")
            let kind = try reader.byte("identity type")
            let length = try reader.byte("identity length")
            identity = Identity(type: type, kind: kind, bytes: Array(try reader.bytes(Int(length), "identity")))
        }
        if fields.contains(.blocks) {
            let count = try reader.uint16("block count")
            let size = try reader.byte("block size")
            let data = try reader.bytes(Int(count) * Int(size), "blocks")
            let inOrder =
                fields.contains(.tagOrder) ? Array(data) : FEIGBlockOrder.turned(data, blockSize: Int(size))
            blocks = Blocks(size: size, data: inOrder)
        }
        if fields.contains(.time) {
            time = Time(
                hour: try reader.byte("hour"),
                minute: try reader.byte("minute"),
                milliseconds: try reader.uint16("milliseconds")
            )
        }
        if fields.contains(.date) { date = Array(try reader.bytes(5, "date")) }
        rest = Array(reader.rest())
    }

    func write(to writer: inout ByteWriter, fields: FEIGReadBuffer.Fields) {
        var content = ByteWriter()
        if let identity {
            content.byte(identity.type)
            content.byte(identity.kind)
            content.byte(UInt8(clamping: identity.bytes.count))
            content.bytes(identity.bytes)
        }
        if let blocks {
            let size = Int(blocks.size)
            content.uint16(UInt16(clamping: blocks.data.count / max(1, size)))
            content.byte(blocks.size)
            content.bytes(
                fields.contains(.tagOrder) ? blocks.data : FEIGBlockOrder.turned(blocks.data, blockSize: size)
            )
        }
        if let time {
            content.byte(time.hour)
            content.byte(time.minute)
            content.uint16(time.milliseconds)
        }
        content.bytes(date)
        content.bytes(rest)
        if let antenna { content.byte(antenna) }
        writer.uint16(UInt16(clamping: content.bytes.count + 2))
        writer.bytes(content.bytes)
    }
}

extension FEIGReadBuffer.Reply {
    /// The records with what the status that came with them says: 93 that more were lost, 83 and 84 what a technician
    /// should know.
    package func tags(with status: FEIGStatus) -> BufferedTags {
        var tags = tags
        if status == .overflow { tags.incomplete = true }
        if let warning = status.warning { tags.warnings.append(warning) }
        return tags
    }

    /// The records in the words of the waist; those of other kinds of tags and those nobody understands are counted in
    /// the warnings.
    package var tags: BufferedTags {
        var result = BufferedTags(tags: [], records: records.count)
        for record in records {
            guard record.isComplete(fields) else {
                result.incomplete = true
                result.warnings.append("buffer record: found \(record.rest.count) bytes that contradict its fields")
                continue
            }
            if let identity = record.identity, identity.uid == nil { continue }
            result.tags.append(
                BufferedTag(
                    uid: record.identity?.uid,
                    memory: record.blocks?.data ?? [],
                    blockSize: Int(record.blocks?.size ?? 4),
                    antenna: record.antenna.map(Int.init)
                )
            )
        }
        return result
    }
}
