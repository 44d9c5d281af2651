package import Wire

extension ISO15693 {
    /// The lowest bits a UID must have to be meant by an inventory; length and value are separate, because leading zero
    /// bits count.
    package struct Mask: Hashable, Sendable {
        /// Bits compared, 0 to 64.
        package let length: Int
        /// Bits above `length` are zero.
        package let value: UInt64

        /// Cuts `value` to its lowest `length` bits; `nil` when `length` is not 0 to 64.
        package init?(length: Int, value: UInt64) {
            guard 0...64 ~= length else { return nil }
            self.length = length
            self.value = length == 64 ? value : value & (1 << UInt64(length) - 1)
        }

        private init() {
            length = 0
            value = 0
        }

        /// Every tag.
        package static let none = Mask()

        /// This tag alone.
        package init(_ uid: TagUID) {
            length = 64
            value = uid.rawValue
        }

        /// Whether the lowest ``length`` bits of the UID are those of the mask; every UID matches a mask of length 0.
        package func matches(_ uid: TagUID) -> Bool {
            (uid.rawValue ^ value) << UInt64(64 - length) == 0
        }

        /// The bits above the mask, lowest first: the 16-slot number when `count` is 4.
        package func bits(above uid: TagUID, count: Int) -> UInt64 {
            length >= 64 ? 0 : uid.rawValue >> UInt64(length) & (1 << UInt64(count) - 1)
        }

        /// This mask with `count` bits of `bits` put above it; `nil` beyond 64 bits.
        package func adding(_ bits: UInt64, count: Int) -> Mask? {
            guard length + count <= 64 else { return nil }
            return Mask(length: length + count, value: value | bits << UInt64(length))
        }

        /// Whole bytes, least significant first, unused top bits zero.
        package var bytes: [UInt8] {
            (0..<((length + 7) / 8)).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
        }
    }

    /// How many slots a tag chooses from, by the UID bits above the mask.
    package enum Slots: Int, Hashable, Sendable {
        case one = 1
        case sixteen = 16

        /// UID bits that choose the slot.
        package var bits: Int { self == .one ? 0 : 4 }
        /// Longest mask: all 64 bits are fixed then (iso15693 §4.1).
        package var longestMask: Int { 64 - bits }
    }

    /// "Who is there?": flags, 01, AFI when asked for, mask length in bits, mask (iso15693 §4.1).
    package struct InventoryRequest: Hashable, Sendable {
        /// One or sixteen; one is a flag of its own on air.
        package var slots: Slots
        /// Only tags with this AFI answer; `nil` for all, tags without AFI too.
        package var afi: UInt8?
        /// Only tags whose lowest UID bits are these answer.
        package var mask: Mask
        /// The flags beside inventory, slot and AFI flag: data rate and sub-carriers of the answer.
        package var signalling: RequestFlags

        package init(slots: Slots, afi: UInt8? = nil, mask: Mask = .none, signalling: RequestFlags = .highDataRate) {
            self.slots = slots
            self.afi = afi
            self.mask = mask
            self.signalling = signalling
        }
    }

    /// A tag's answer to an inventory: response flags 00, DSFID, UID.
    package struct InventoryAnswer: Hashable, Sendable {
        /// Data storage format identifier, byte 1 of the answer.
        package var dsfid: UInt8
        /// Eight bytes on air, least significant first, `E0` last.
        package var uid: TagUID

        package init(dsfid: UInt8, uid: TagUID) {
            self.dsfid = dsfid
            self.uid = uid
        }
    }
}

extension ISO15693.InventoryRequest: ByteParsable, ByteWritable {
    /// The content without check bytes. Refuses a mask that is too long for its slots, as a tag does by silence.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let flags = ISO15693.RequestFlags(rawValue: try reader.byte("flags"))
        guard flags.contains(.inventory) else {
            throw .invalid(field: "flags", offset: 0, found: "a request", wanted: "an inventory")
        }
        let code = try reader.byte("command")
        guard code == 0x01 else {
            throw .invalid(field: "command", offset: 1, found: Hex.string(code), wanted: "01")
        }
        signalling = flags.subtracting([.inventory, .oneSlot, .afi])
        slots = flags.contains(.oneSlot) ? .one : .sixteen
        afi = flags.contains(.afi) ? try reader.byte("AFI") : nil
        mask = try ISO15693.Mask(parsing: &reader, slots: slots)
    }

    package func write(to writer: inout ByteWriter) {
        var flags = signalling.union(.inventory)
        if slots == .one { flags.insert(.oneSlot) }
        if afi != nil { flags.insert(.afi) }
        writer.byte(flags.rawValue)
        writer.byte(0x01)
        if let afi { writer.byte(afi) }
        mask.write(to: &writer)
    }

    /// A whole frame as it arrived on air.
    package init(onAir frame: [UInt8]) throws(ParseError) {
        try self.init(ISO15693.FrameCheck.opening(frame))
    }

    /// The whole frame, check bytes included.
    package var onAir: [UInt8] { ISO15693.FrameCheck.sealing(bytes) }
}

extension ISO15693.Mask: ByteWritable {
    /// Length in bits, then whole bytes. Padding bits are not looked at.
    package init(parsing reader: inout ByteReader, slots: ISO15693.Slots) throws(ParseError) {
        try self.init(length: Int(try reader.byte("mask length")), parsing: &reader, slots: slots)
    }

    /// The bytes behind a length already read.
    package init(length: Int, parsing reader: inout ByteReader, slots: ISO15693.Slots) throws(ParseError) {
        guard length <= slots.longestMask else {
            throw .invalid(
                field: "mask length",
                offset: reader.offset,
                found: String(length),
                wanted: "0 to \(slots.longestMask)"
            )
        }
        let bytes = try reader.bytes((length + 7) / 8, "mask")
        let value = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        self = ISO15693.Mask(length: length, value: value) ?? .none
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(UInt8(truncatingIfNeeded: length))
        writer.bytes(bytes)
    }
}

extension ISO15693.InventoryAnswer: ByteParsable, ByteWritable {
    /// Ten bytes without check bytes; a UID that does not begin with E0 is refused, since noise can pass for a frame.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let flags = try reader.byte("response flags")
        guard flags & 0x01 == 0 else {
            throw .invalid(field: "response flags", offset: 0, found: Hex.string(flags), wanted: "no error")
        }
        dsfid = try reader.byte("DSFID")
        guard let uid = TagUID(onAir: try reader.bytes(8, "UID")) else {
            throw .truncated(field: "UID", offset: 2, wanted: 8, found: 0)
        }
        guard uid.rawValue >> 56 == 0xE0 else {
            throw .invalid(field: "UID", offset: 2, found: uid.description, wanted: "E0 in front")
        }
        self.uid = uid
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes([0x00, dsfid])
        writer.bytes(uid.onAir)
    }

    /// A whole frame as it arrived on air.
    package init(onAir frame: [UInt8]) throws(ParseError) {
        try self.init(ISO15693.FrameCheck.opening(frame))
    }

    /// The whole frame, check bytes included.
    package var onAir: [UInt8] { ISO15693.FrameCheck.sealing(bytes) }
}
