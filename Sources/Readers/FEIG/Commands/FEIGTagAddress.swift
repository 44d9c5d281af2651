package import Tags
package import Wire

/// Which tag a B0 or B1 command is for: its MODE byte and, when addressed, the UID, most significant byte first.
package struct FEIGTagAddress: Hashable, Sendable {
    /// Whom the command is for.
    package enum Target: Hashable, Sendable {
        /// Whichever tag hears it: works with exactly one tag in the field, and never goes out for a write.
        case any
        case uid(TagUID)
        case selected
    }

    /// ADR, bits 2 to 0 of MODE: 000 any, 001 with a UID behind it, 010 selected.
    package var target: Target
    /// Whether the lock state of blocks is asked for; captured writes with this bit exist too.
    package var withSecurity: Bool

    package init(_ target: Target, withSecurity: Bool = false) {
        self.target = target
        self.withSecurity = withSecurity
    }

    private static let addressed: UInt8 = 0b001
    private static let selected: UInt8 = 0b010
    private static let security: UInt8 = 0b1000
}

extension FEIGTagAddress: ByteParsable, ByteWritable {
    /// Throws when MODE has other bits than ADR and SEC; long identifiers and 16-bit addresses are not used.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let offset = reader.offset
        let mode = try reader.byte("mode")
        withSecurity = mode & Self.security != 0
        switch mode & ~Self.security {
        case 0:
            target = .any
        case Self.addressed:
            target = .uid(TagUID(try reader.bytes(8, "UID").reduce(0) { $0 << 8 | UInt64($1) }))
        case Self.selected:
            target = .selected
        default:
            throw .invalid(field: "mode", offset: offset, found: Hex.string(mode), wanted: "00, 01 or 02, with 08")
        }
    }

    package func write(to writer: inout ByteWriter) {
        let security = withSecurity ? Self.security : 0
        switch target {
        case .any:
            writer.byte(security)
        case .uid(let uid):
            writer.byte(Self.addressed | security)
            writer.bytes(uid.bytes)
        case .selected:
            writer.byte(Self.selected | security)
        }
    }
}
