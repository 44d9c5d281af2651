package import Wire

extension NXP {
    /// Inventory and read in one: every tag answers in its slot with blocks of its memory (A0, A1) or, on SLI-S, SLIX-S
    /// and their small relatives, with pages of four blocks (B0, B1; iso15693 §7.3).
    ///
    /// Flags, command, 04, AFI when asked for, mask length, mask, first block or page, count minus one. In the extended
    /// form of ICODE SLIX2 the mask length has its top bit set and an option byte follows it.
    package struct InventoryRead: Hashable, Sendable {
        /// One or sixteen, chosen by the UID bits above the mask.
        package var slots: ISO15693.Slots
        /// Only tags with this AFI answer; `nil` for all.
        package var afi: UInt8?
        /// The lowest bits a UID must have to answer, as in the standard's own inventory.
        package var mask: ISO15693.Mask
        /// Which command it is, and what ``blocks`` counts.
        package var unit: Unit
        /// Answer at twice the data rate (A1, B1).
        package var fast: Bool
        /// The option flag: the part of the UID that mask and slot do not say stands in front of the blocks.
        package var withUID: Bool
        /// The option byte of the extended form.
        package var extended: Options?
        /// Blocks or pages wanted; `nil` when the option byte says that no data are wanted.
        package var blocks: Range<Int>?
        /// The flags beside inventory, slot, AFI and option flag: data rate and sub-carriers of the answer.
        package var signalling: ISO15693.RequestFlags

        package init(
            slots: ISO15693.Slots,
            afi: UInt8? = nil,
            mask: ISO15693.Mask = .none,
            unit: Unit = .block,
            fast: Bool = false,
            withUID: Bool = true,
            extended: Options? = nil,
            blocks: Range<Int>?,
            signalling: ISO15693.RequestFlags = .highDataRate
        ) {
            self.slots = slots
            self.afi = afi
            self.mask = mask
            self.unit = unit
            self.fast = fast
            self.withUID = withUID
            self.extended = extended
            self.blocks = blocks
            self.signalling = signalling
        }
    }
}

extension NXP.InventoryRead {
    /// What is counted and read.
    package enum Unit: UInt8, Hashable, Sendable {
        /// A0, A1.
        case block = 0xA0
        /// B0, B1: a status byte in front of each page of 16 bytes; 0F alone stands for a protected page.
        case page = 0xB0
    }

    /// The option byte of the extended inventory read. 0x21 lists the armed items and leaves the others in peace.
    package struct Options: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Only tags whose EAS is armed.
        package static let armedOnly = Options(rawValue: 0x01)
        /// The whole UID in the answer.
        package static let wholeUID = Options(rawValue: 0x02)
        /// No blocks in the answer; the fields for them are left out of the request.
        package static let withoutData = Options(rawValue: 0x10)
        /// Be quiet afterwards.
        package static let thenQuiet = Options(rawValue: 0x20)
        /// Be quiet afterwards, even over a short loss of the field.
        package static let thenPersistentlyQuiet = Options(rawValue: 0x40)
        /// Both together mean something else: persistently quiet tags answer too, and nobody becomes quiet.
        package static let reachingQuiet: Options = [.thenQuiet, .thenPersistentlyQuiet]
    }
}

extension NXP.InventoryRead: ByteParsable, ByteWritable {
    /// The content without check bytes; throws on any command but A0, A1, B0 and B1 of NXP and on a mask too long for
    /// the slots.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let flags = ISO15693.RequestFlags(rawValue: try reader.byte("flags"))
        guard flags.contains(.inventory) else {
            throw .invalid(field: "flags", offset: 0, found: "a request", wanted: "an inventory")
        }
        let code = try reader.byte("command")
        let manufacturer = try reader.byte("manufacturer")
        guard let unit = Unit(rawValue: code & 0xFE), manufacturer == NXP.manufacturer else {
            throw .invalid(
                field: "command",
                offset: 1,
                found: Hex.string([code, manufacturer]),
                wanted: "A0, A1, B0 or B1 and 04"
            )
        }
        self.unit = unit
        fast = code & 0x01 == 1
        withUID = flags.contains(.option)
        slots = flags.contains(.oneSlot) ? .one : .sixteen
        signalling = flags.subtracting([.inventory, .oneSlot, .afi, .option])
        afi = flags.contains(.afi) ? try reader.byte("AFI") : nil
        let length = try reader.byte("mask length")
        extended = length & 0x80 != 0 ? Options(rawValue: try reader.byte("options")) : nil
        mask = try ISO15693.Mask(length: Int(length & 0x7F), parsing: &reader, slots: slots)
        if extended?.contains(.withoutData) == true {
            blocks = nil
        } else {
            let first = Int(try reader.byte("block"))
            blocks = first..<(first + Int(try reader.byte("block count")) + 1)
        }
    }

    package func write(to writer: inout ByteWriter) {
        var flags = signalling.union(.inventory)
        if slots == .one { flags.insert(.oneSlot) }
        if afi != nil { flags.insert(.afi) }
        if withUID { flags.insert(.option) }
        writer.byte(flags.rawValue)
        writer.byte(unit.rawValue | (fast ? 0x01 : 0x00))
        writer.byte(NXP.manufacturer)
        if let afi { writer.byte(afi) }
        writer.byte(UInt8(truncatingIfNeeded: mask.length) | (extended == nil ? 0 : 0x80))
        if let extended { writer.byte(extended.rawValue) }
        writer.bytes(mask.bytes)
        if let blocks {
            writer.byte(UInt8(truncatingIfNeeded: blocks.lowerBound))
            writer.byte(UInt8(truncatingIfNeeded: blocks.count &- 1))
        }
    }

    /// The whole frame, check bytes included.
    package var onAir: [UInt8] { ISO15693.FrameCheck.sealing(bytes) }
}

extension NXP.InventoryRead {
    /// What a tag answered in its slot.
    package struct Answer: Hashable, Sendable {
        /// Put together from mask, slot and what the tag sent; `nil` when it was not asked for.
        package var uid: TagUID?
        /// The blocks, one behind the other; or the pages with their status bytes, see ``pages``.
        package var data: [UInt8]

        package init(uid: TagUID?, data: [UInt8]) {
            self.uid = uid
            self.data = data
        }

        /// The pages in ``data``; `nil` for one that is protected. What follows a cut page is left out.
        package var pages: [[UInt8]?] {
            var pages: [[UInt8]?] = []
            var rest = data[...]
            while let status = rest.popFirst() {
                if status == 0x0F {
                    pages.append(nil)
                } else {
                    guard rest.count >= 16 else { return pages }
                    pages.append(Array(rest.prefix(16)))
                    rest = rest.dropFirst(16)
                }
            }
            return pages
        }
    }

    /// How many bytes of the UID stand in the answer, from its top (iso15693 §7.3).
    package var uidBytes: Int {
        if extended?.contains(.wholeUID) == true { return 8 }
        return withUID ? (max(64 - slots.bits - mask.length, 0) + 7) / 8 : 0
    }

    /// Reads the answer heard in `slot`, check bytes included. UID bits that were known before must agree.
    package func answer(onAir frame: [UInt8], slot: Int) throws(ParseError) -> Answer {
        var reader = ByteReader(try ISO15693.FrameCheck.opening(frame))
        let flags = try reader.byte("response flags")
        guard flags & 0x01 == 0 else {
            throw .invalid(field: "response flags", offset: 0, found: Hex.string(flags), wanted: "no error")
        }
        let top = try reader.bytes(uidBytes, "UID")
        let data = Array(reader.rest())
        guard !top.isEmpty else { return Answer(uid: nil, data: data) }
        let known = mask.adding(UInt64(truncatingIfNeeded: slot), count: slots.bits) ?? mask
        let sent = top.reversed().reduce(0) { $0 << 8 | UInt64($1) } << UInt64(64 - 8 * top.count)
        let unsent = top.count == 8 ? 0 : UInt64.max >> UInt64(8 * top.count)
        let uid = TagUID(sent | known.value & unsent)
        guard known.matches(uid), uid.rawValue >> 56 == 0xE0 else {
            throw .invalid(field: "UID", offset: 1, found: uid.description, wanted: "E0 and the bits asked for")
        }
        return Answer(uid: uid, data: data)
    }
}
