package import Wire

/// The transparent session of PC/SC part 3: what goes on air is put into data objects, what was heard comes back in
/// others (PCSC3 §3.2.2; traffic of an ACR1552U).
package enum TransparentSession {
    private static let instruction: UInt8 = 0xC2

    /// FF C2 00 00: begin, end, switch the field.
    package enum Management: UInt8, Hashable, Sendable {
        case begin = 0x81
        case end = 0x82
        case fieldOff = 0x83
        case fieldOn = 0x84
    }

    /// FF C2 00 00 with one empty data object whose tag is the step.
    package static func manage(_ step: Management) -> CardCommand {
        CardCommand(instruction, 0x00, 0x00, [step.rawValue, 0x00], expected: 0x00)
    }

    /// FF C2 00 02: ISO 15693, layer 3.
    package static let switchProtocol = CardCommand(instruction, 0x00, 0x02, [0x8F, 0x02, 0x02, 0x03])

    /// FF C2 00 01: says something on air. A tag that programs needs longer than readers wait by themselves: the timer,
    /// in microseconds, goes into the same command.
    package static func exchange(_ content: [UInt8], wait: UInt32? = nil) -> CardCommand {
        var data = ByteWriter()
        if let wait {
            data.bytes([0x5F, 0x46, 0x04])
            // The only working example has the least significant byte first.
            data.uint16LittleEndian(UInt16(truncatingIfNeeded: wait))
            data.uint16LittleEndian(UInt16(truncatingIfNeeded: wait >> 16))
        }
        DataObject(tag: 0x95, value: content).write(to: &data)
        return CardCommand(instruction, 0x00, 0x01, data.bytes, expected: 0x00)
    }

    /// What the data objects of a command ask for; `nil` when it is no command of the session.
    package static func question(_ command: CardCommand) throws(ParseError) -> Question? {
        guard command.instruction == instruction, command.first == 0 else { return nil }
        let objects = try DataObject.all(in: command.data)
        switch command.second {
        case 0x00: return objects.first.flatMap { Management(rawValue: UInt8($0.tag & 0xFF)) }.map(Question.manage)
        case 0x01:
            let wait = objects.first { $0.tag == 0x5F46 }?.value.reversed().reduce(0) { $0 << 8 | UInt32($1) }
            return objects.first { $0.tag == 0x95 }.map { Question.exchange($0.value, wait: wait) }
        case 0x02: return objects.first { $0.tag == 0x8F }.map { Question.switchProtocol($0.value) }
        default: return nil
        }
    }

    /// A command of the session as the reader's side understands it.
    package enum Question: Hashable, Sendable {
        case manage(Management)
        case exchange([UInt8], wait: UInt32?)
        case switchProtocol([UInt8])
    }
}

/// What came of a command of the session.
package struct TransparentReply: Hashable, Sendable {
    /// The word of object C0: 9000, or why the object with this number failed.
    package var status: UInt16
    /// First byte of object C0: number of the object that failed, 00 when none did.
    package var failedObject: UInt8
    /// Bits of object 96: checksum, collision, parity, framing.
    package var radio: UInt8
    /// What was heard, without check bytes; object 97.
    package var heard: [UInt8]?

    package init(status: UInt16 = 0x9000, failedObject: UInt8 = 0, radio: UInt8 = 0, heard: [UInt8]? = nil) {
        self.status = status
        self.failedObject = failedObject
        self.radio = radio
        self.heard = heard
    }

    /// The word of object C0 when all went well.
    package static let ok: UInt16 = 0x9000
    /// No answer from the tag in the time given.
    package static let tagMute: UInt16 = 0x6401
}

extension TransparentReply: ByteParsable, ByteWritable {
    /// Takes the objects in any order, unknown ones too; throws when there is no object C0 of three bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        self.init(status: 0)
        let objects = try DataObject.all(in: Array(reader.rest()))
        guard let report = objects.first(where: { $0.tag == 0xC0 })?.value, report.count == 3 else {
            throw .invalid(field: "object C0", offset: 0, found: "none of three bytes", wanted: "what came of it")
        }
        failedObject = report[0]
        status = UInt16(report[1]) << 8 | UInt16(report[2])
        radio = objects.first { $0.tag == 0x96 }?.value.reduce(0, |) ?? 0
        heard = objects.first { $0.tag == 0x97 }?.value
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes([0xC0, 0x03, failedObject])
        writer.uint16(status)
        guard let heard else { return }
        writer.bytes([0x92, 0x01, 0x00, 0x96, 0x02, radio, 0x00])
        DataObject(tag: 0x97, value: heard).write(to: &writer)
    }
}

/// A tag, a length, a value (ISO 8825-1, the forms in use here).
package struct DataObject: ByteParsable, ByteWritable, Hashable, Sendable {
    /// One byte, or two when the first ends in 1F.
    package var tag: UInt16
    /// As many bytes as the length in front says, at most 65535.
    package var value: [UInt8]

    package init(tag: UInt16, value: [UInt8]) {
        self.tag = tag
        self.value = value
    }

    /// Throws when the value is cut short, on a length of more than two bytes and on one left open.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let first = try reader.byte("tag")
        tag = UInt16(first)
        if first & 0x1F == 0x1F { tag = tag << 8 | UInt16(try reader.byte("tag")) }
        var length = Int(try reader.byte("length"))
        if length == 0x81 {
            length = Int(try reader.byte("length"))
        } else if length == 0x82 {
            length = Int(try reader.uint16("length"))
        } else if length > 0x7F {
            // 80 is the form without a length, which only an end mark closes; nobody here uses it.
            throw .invalid(field: "length", offset: reader.offset - 1, found: "\(length)", wanted: "a short form")
        }
        value = Array(try reader.bytes(length, "value"))
    }

    package func write(to writer: inout ByteWriter) {
        if tag > 0xFF { writer.byte(UInt8(truncatingIfNeeded: tag >> 8)) }
        writer.byte(UInt8(truncatingIfNeeded: tag))
        switch value.count {
        case ...0x7F: writer.byte(UInt8(value.count))
        case ...0xFF: writer.bytes([0x81, UInt8(value.count)])
        default:
            writer.byte(0x82)
            writer.uint16(UInt16(clamping: value.count))
        }
        writer.bytes(value)
    }

    /// All objects, one behind the other.
    static func all(in bytes: [UInt8]) throws(ParseError) -> [DataObject] {
        var reader = ByteReader(bytes)
        var objects: [DataObject] = []
        while !reader.isAtEnd { objects.append(try DataObject(parsing: &reader)) }
        return objects
    }
}
