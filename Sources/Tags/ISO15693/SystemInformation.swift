package import Wire

extension ISO15693 {
    /// What a tag says of itself (Get System Information, 2B and 3B). A field is `nil` when the tag does not tell it.
    package struct SystemInformation: Hashable, Sendable {
        /// The only field every answer has.
        package var uid: TagUID
        /// Data storage format identifier: 06 for ISO 28560-2, 3E for ISO 28560-3.
        package var dsfid: UInt8?
        /// Application family identifier: 07 in stock and C2 on loan nearly everywhere.
        package var afi: UInt8?
        /// True numbers; on air block size and block count are one less.
        package var geometry: MemoryGeometry?
        /// The maker's number for the kind of chip, e.g. 01 for ICODE SLI, SLIX and SLIX2.
        package var icReference: UInt8?
        /// Which optional commands the tag knows: four bytes, first byte lowest (3B only).
        package var commands: OptionalCommands?
        /// Why the answer could not be read to its end; the UID and the fields in front of it still hold.
        package var problem: ParseError?

        package init(
            uid: TagUID,
            dsfid: UInt8? = nil,
            afi: UInt8? = nil,
            geometry: MemoryGeometry? = nil,
            icReference: UInt8? = nil,
            commands: OptionalCommands? = nil
        ) {
            self.uid = uid
            self.dsfid = dsfid
            self.afi = afi
            self.geometry = geometry
            self.icReference = icReference
            self.commands = commands
        }
    }

    /// What to tell (request of 3B) and what is told (information flags of 2B and 3B); iso15693 §3.2, §3.3.
    package struct SystemParameters: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Bit 0: the DSFID, one byte.
        package static let dsfid = SystemParameters(rawValue: 0x01)
        /// Bit 1: the AFI, one byte.
        package static let afi = SystemParameters(rawValue: 0x02)
        /// Bit 2: block count and block size.
        package static let memory = SystemParameters(rawValue: 0x04)
        /// Bit 3: the IC reference, one byte.
        package static let icReference = SystemParameters(rawValue: 0x08)
        /// Says that block numbers have 16 bits; carries no field.
        package static let wideBlocks = SystemParameters(rawValue: 0x10)
        /// Bit 5: the list of optional commands, four bytes; 3B only.
        package static let commands = SystemParameters(rawValue: 0x20)
        /// Bit 6: the list of crypto suites, which is passed over; 3B only.
        package static let cryptoSuites = SystemParameters(rawValue: 0x40)
        /// The information flags have a second byte, which no known tag sends.
        package static let twoBytes = SystemParameters(rawValue: 0x80)

        /// Everything a tag can tell behind one flag byte.
        package static let everything = SystemParameters(rawValue: 0x7F)
    }

    /// Optional commands a tag says it knows, one bit each (iso15693 §3.3).
    package struct OptionalCommands: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Codes by bit number; `nil` where a bit stands for no single code or is not known for certain.
        private static let codes: [UInt8?] = [
            0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x2C,
            0x27, 0x28, 0x29, 0x2A, 0x2B, nil, 0x2D, nil,
            0x30, 0x31, 0x32, 0x33, 0x34, 0x3C, 0x3D, nil,
        ]

        /// Whether the list says that the command is known; `nil` when it has no bit for it.
        package func knows(_ code: UInt8) -> Bool? {
            guard let bit = Self.codes.firstIndex(of: code) else { return nil }
            return rawValue >> UInt32(bit) & 1 == 1
        }

        /// The list of a tag that knows exactly these of the optional commands.
        package init(codes: some Sequence<UInt8>) {
            let known = Set(codes)
            rawValue = Self.codes.enumerated().reduce(0) { bits, entry in
                guard let code = entry.element, known.contains(code) else { return bits }
                return bits | 1 << UInt32(entry.offset)
            }
        }
    }
}

extension ISO15693.SystemInformation {
    /// Reads the answer's parameters behind the response flags.
    ///
    /// `wide`: the block count has two bytes, as in the answer to 3B and to 2B under the protocol extension flag.
    /// Throws only when not even the UID is there; anything later becomes ``problem``, since real tags claim fields
    /// they do not send.
    package init(parsing reader: inout ByteReader, wide: Bool) throws(ParseError) {
        let flags = ISO15693.SystemParameters(rawValue: try reader.byte("information flags"))
        guard let uid = TagUID(onAir: try reader.bytes(8, "UID")) else {
            throw .truncated(field: "UID", offset: 2, wanted: 8, found: 0)
        }
        self.init(uid: uid)
        do {
            try readFields(flags, from: &reader, wide: wide)
        } catch {
            problem = error
            _ = reader.rest()
        }
    }

    private mutating func readFields(
        _ flags: ISO15693.SystemParameters,
        from reader: inout ByteReader,
        wide: Bool
    ) throws(ParseError) {
        if flags.contains(.dsfid) { dsfid = try reader.byte("DSFID") }
        if flags.contains(.afi) { afi = try reader.byte("AFI") }
        if flags.contains(.memory) {
            let count = wide ? Int(try reader.uint16LittleEndian("block count")) : Int(try reader.byte("block count"))
            let size = Int(try reader.byte("block size") & 0x1F)
            geometry = MemoryGeometry(blockSize: size + 1, blockCount: count + 1)
        }
        if flags.contains(.icReference) { icReference = try reader.byte("IC reference") }
        if flags.contains(.commands) {
            let bytes = try reader.bytes(4, "command list")
            commands = ISO15693.OptionalCommands(rawValue: bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
        if flags.contains(.cryptoSuites) { _ = reader.rest() }
        if flags.contains(.twoBytes) {
            throw .invalid(field: "information flags", offset: 0, found: "a second byte", wanted: "one byte")
        }
        try reader.finish()
    }

    /// Writes the answer's parameters behind the response flags, for a tag that tells exactly the fields that are set.
    package func write(to writer: inout ByteWriter, wide: Bool, wideBlocks: Bool = false) {
        var flags: ISO15693.SystemParameters = []
        if dsfid != nil { flags.insert(.dsfid) }
        if afi != nil { flags.insert(.afi) }
        if geometry != nil { flags.insert(.memory) }
        if icReference != nil { flags.insert(.icReference) }
        if wideBlocks { flags.insert(.wideBlocks) }
        if commands != nil { flags.insert(.commands) }
        writer.byte(flags.rawValue)
        writer.bytes(uid.onAir)
        if let dsfid { writer.byte(dsfid) }
        if let afi { writer.byte(afi) }
        if let geometry {
            let count = UInt16(truncatingIfNeeded: geometry.blockCount &- 1)
            if wide { writer.uint16LittleEndian(count) } else { writer.byte(UInt8(truncatingIfNeeded: count)) }
            writer.byte(UInt8(truncatingIfNeeded: geometry.blockSize &- 1) & 0x1F)
        }
        if let icReference { writer.byte(icReference) }
        if let commands {
            for shift: UInt32 in [0, 8, 16, 24] {
                writer.byte(UInt8(truncatingIfNeeded: commands.rawValue >> shift))
            }
        }
    }
}
