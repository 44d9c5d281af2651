/// Why bytes could not be understood: what was read, where, what was found and what was wanted.
package enum ParseError: Error, Hashable, Sendable {
    /// The bytes ended inside a field. `offset` is where the field starts.
    case truncated(field: String, offset: Int, wanted: Int, found: Int)
    /// A field holds a value the format does not allow.
    case invalid(field: String, offset: Int, found: String, wanted: String)
    /// A checksum does not match the bytes it covers.
    case checksum(field: String, stored: UInt16, computed: UInt16)
    /// Bytes are left where the message should have ended.
    case leftover(offset: Int, count: Int)
}

extension ParseError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated(let field, let offset, let wanted, let found):
            "\(field) at byte \(offset): found \(found) bytes, wanted \(wanted)"
        case .invalid(let field, let offset, let found, let wanted):
            "\(field) at byte \(offset): found \(found), wanted \(wanted)"
        case .checksum(let field, let stored, let computed):
            "\(field): stored \(Hex.string(stored)), computed \(Hex.string(computed))"
        case .leftover(let offset, let count):
            "message: found \(count) bytes left over at byte \(offset), wanted its end"
        }
    }
}
