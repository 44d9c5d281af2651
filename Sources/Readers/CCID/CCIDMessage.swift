package import Wire

/// One message between host and a smart-card reader on USB (CCID 1.1, chapter 6).
///
///     type  length (4, least significant first)  slot  sequence  three bytes by type  data…
///
/// A reply carries the sequence of its request; its three bytes are status, error, and one of little use.
package struct CCIDMessage: Hashable, Sendable {
    /// Byte 0, the type: below 80 from host to reader, from 80 on from reader to host.
    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        // Host to reader.
        case powerOn = 0x62
        case powerOff = 0x63
        case slotStatus = 0x65
        /// Data for the reader itself, card or no card.
        case escape = 0x6B
        /// Data for the card; contactless readers answer some of it themselves.
        case transfer = 0x6F
        // Reader to host.
        case dataBlock = 0x80
        case status = 0x81
        case escapeReply = 0x83
    }

    /// Byte 0; a message of any other type is refused.
    package var kind: Kind
    /// Byte 5: the card slot, counted from 0; the driver speaks to slot 0 alone.
    package var slot: UInt8
    /// Byte 6: counted up with each request; a reply with another number belongs to an older one.
    package var sequence: UInt8
    /// Bytes 7 to 9: in a reply status, error and chaining, see ``CCIDStatus``; in a request waiting time and level, 0
    /// here.
    package var specific: [UInt8]
    /// From byte 10 on; at most 1014 bytes.
    package var data: [UInt8]

    /// - Parameter specific: three bytes.
    package init(_ kind: Kind, slot: UInt8 = 0, sequence: UInt8, specific: [UInt8] = [0, 0, 0], data: [UInt8] = []) {
        self.kind = kind
        self.slot = slot
        self.sequence = sequence
        self.specific = specific
        self.data = data
    }

    static let overhead = 10
}

extension CCIDMessage: ByteParsable, ByteWritable {
    /// Throws on an unknown type and on a length of more than 1014 bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let type = try reader.byte("type")
        guard let kind = Kind(rawValue: type) else {
            throw .invalid(field: "type", offset: 0, found: Hex.string(type), wanted: "a known message")
        }
        self.kind = kind
        let low = try reader.uint16LittleEndian("length")
        let high = try reader.uint16LittleEndian("length")
        guard high == 0, Int(low) <= Self.longest - Self.overhead else {
            let wanted = "at most \(Self.longest - Self.overhead)"
            throw .invalid(field: "length", offset: 1, found: "\(UInt32(high) << 16 | UInt32(low))", wanted: wanted)
        }
        slot = try reader.byte("slot")
        sequence = try reader.byte("sequence")
        specific = Array(try reader.bytes(3, "parameters"))
        data = Array(try reader.bytes(Int(low), "data"))
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(kind.rawValue)
        writer.uint16LittleEndian(UInt16(clamping: data.count))
        writer.uint16LittleEndian(0)
        writer.byte(slot)
        writer.byte(sequence)
        writer.bytes(specific.prefix(3))
        writer.fill(0, count: 3 - specific.count)
        writer.bytes(data)
    }
}

extension CCIDMessage: SizedFrame {
    /// Short commands and answers; 271 is what most readers say they take.
    package static let longest = 1024
    package static let checksum = FrameChecksum.absent

    package static func length(of pending: ArraySlice<UInt8>) -> FrameLength {
        let head = pending.startIndex
        guard Kind(rawValue: pending[head]) != nil else { return .impossible }
        guard pending.count >= 5 else { return .undecided }
        let length = Int(pending[head + 1]) | Int(pending[head + 2]) << 8
        guard pending[head + 3] == 0, pending[head + 4] == 0, length + overhead <= longest else { return .impossible }
        return .bytes(length + overhead)
    }
}

/// Finds CCID messages in a stream of bytes, on either side.
package typealias CCIDDecoder = SizedDecoder<CCIDMessage>

/// What the slot says in every reply.
package struct CCIDStatus: Hashable, Sendable {
    /// Bits 1 and 0 of the status byte: whether a card lies there and has power.
    package enum Card: UInt8, Hashable, Sendable {
        case active = 0
        /// There, but not powered.
        case present = 1
        case absent = 2
    }

    /// Bits 7 and 6 of the status byte: 00 done, 01 failed, 10 more time.
    package enum Outcome: Hashable, Sendable {
        case done
        case failed(CCIDError)
        /// The reader asks for patience: the same request will be answered again.
        case timeExtension
    }

    /// Also `.absent` when the bits say 3, which is no state.
    package var card: Card
    /// What became of the request; a failure brings the error byte behind the status along.
    package var outcome: Outcome

    package init(card: Card, outcome: Outcome) {
        self.card = card
        self.outcome = outcome
    }

    /// The first two of a reply's three bytes.
    package init(_ specific: [UInt8]) {
        let bits = specific.first ?? 0
        card = Card(rawValue: bits & 0x03) ?? .absent
        switch bits & 0xC0 {
        case 0x00: outcome = .done
        case 0x80: outcome = .timeExtension
        default: outcome = .failed(CCIDError(code: specific.dropFirst().first ?? 0))
        }
    }

    /// The three bytes of a reply: status, error, 00; when more time is asked for, 01 stands in place of the error.
    package var specific: [UInt8] {
        switch outcome {
        case .done: [card.rawValue, 0x00, 0x00]
        case .failed(let error): [card.rawValue | 0x40, error.code, 0x00]
        case .timeExtension: [card.rawValue | 0x80, 0x01, 0x00]
        }
    }
}

/// Why the slot failed (CCID 1.1, table 6.2-2).
package struct CCIDError: Error, Hashable, Sendable {
    /// The error byte of a reply whose status says failed.
    package var code: UInt8

    package init(code: UInt8) {
        self.code = code
    }

    /// 00: the reader does not have this command.
    package static let notSupported = CCIDError(code: 0x00)
    /// FE: the card did not answer.
    package static let mute = CCIDError(code: 0xFE)
    /// E0: the slot is busy with an earlier request.
    package static let busy = CCIDError(code: 0xE0)

    /// In words, lower case.
    package var meaning: String {
        switch code {
        case 0x00: "command not supported"
        case 0xE0: "slot busy"
        case 0xEF, 0xF0: "number pad cancelled or too late"
        case 0xFB: "hardware error"
        case 0xFC: "overrun"
        case 0xFD: "parity error"
        case 0xFE: "card mute"
        default: "slot error"
        }
    }
}
