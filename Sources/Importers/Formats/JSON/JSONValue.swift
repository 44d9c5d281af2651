/// A JSON value of bounded depth and size (RFC 8259). Numbers keep their spelling.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// How deep values may nest.
    static let deepest = 32

    /// The member of an object; `nil` for other values and absent or null members.
    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// The value at a path of member names with points between: `status.name`.
    func value(at path: String) -> JSONValue? {
        value(at: Self.names(path))
    }

    /// The value at a path of member names.
    func value(at names: [String]) -> JSONValue? {
        var value: JSONValue? = self
        for name in names { value = value?[name] }
        return value
    }

    /// The member names of a path.
    static func names(_ path: String) -> [String] {
        path.split(separator: ".").map(String.init)
    }

    /// A string, number or truth value as text without surrounding spaces; `nil` for everything else.
    var text: String? {
        switch self {
        case .string(let text):
            var ignored = false
            return PlainText.decoded(Array(text.utf8)[...], wasLatin: &ignored)
        case .number(let text): return text
        case .bool(let value): return value ? "true" : "false"
        case .null, .array, .object: return nil
        }
    }
}
