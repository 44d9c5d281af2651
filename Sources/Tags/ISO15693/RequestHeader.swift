package import Wire

extension ISO15693 {
    /// What a request begins with whatever its command: enough for a tag to know whether it is meant.
    package struct RequestHeader: Hashable, Sendable {
        /// Never with the inventory flag when read from bytes: an inventory has another layout.
        package var flags: RequestFlags
        /// The command code, second byte of the frame.
        package var code: UInt8
        /// The IC manufacturer code, in front of the UID, on the makers' own commands A0–DF.
        package var manufacturer: UInt8?
        /// Present when the address flag is set.
        package var uid: TagUID?

        package init(flags: RequestFlags, code: UInt8, manufacturer: UInt8? = nil, uid: TagUID? = nil) {
            self.flags = flags
            self.code = code
            self.manufacturer = manufacturer
            self.uid = uid
        }

        /// The tag whose UID is there; without one the select flag decides.
        package var recipient: Recipient {
            if let uid { return .tag(uid) }
            return flags.contains(.select) ? .selected : .everyone
        }
    }
}

extension ISO15693.RequestHeader: ByteParsable, ByteWritable {
    /// Throws for an inventory (another layout), for select together with address, and for a frame that ends early.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        flags = ISO15693.RequestFlags(rawValue: try reader.byte("flags"))
        guard !flags.contains(.inventory) else {
            throw .invalid(field: "flags", offset: 0, found: "an inventory", wanted: "a request")
        }
        guard !flags.isSuperset(of: [.select, .address]) else {
            throw .invalid(field: "flags", offset: 0, found: "select and address", wanted: "one of them at most")
        }
        code = try reader.byte("command")
        manufacturer = 0xA0...0xDF ~= code ? try reader.byte("manufacturer") : nil
        uid = flags.contains(.address) ? TagUID(onAir: try reader.bytes(8, "UID")) : nil
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(flags.rawValue)
        writer.byte(code)
        if let manufacturer { writer.byte(manufacturer) }
        if let uid { writer.bytes(uid.onAir) }
    }
}
