/// What JSON may stand at a place (JSON Schema 2020-12, as OpenAPI 3.1 uses it).
indirect enum JSONSchema: Hashable, Sendable {
    case text
    case word([String])
    case moment
    case integer(least: Int? = nil, most: Int? = nil)
    case number
    case truth
    case list(JSONSchema)
    /// An object whose names are the site's own.
    case map(JSONSchema)
    case object([Property])
    case reference(String)
    /// Any JSON at all.
    case anything

    struct Property: Hashable, Sendable {
        var name: String
        var schema: JSONSchema
        var isRequired: Bool
    }
}

extension JSONSchema: Encodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        func set(_ name: String, _ value: some Encodable) throws { try container.encode(value, forKey: Key(name)) }
        switch self {
        case .text: try set("type", "string")
        case .word(let words):
            try set("type", "string")
            try set("enum", words)
        case .moment:
            try set("type", "string")
            try set("format", "date-time")
        case .integer(let least, let most):
            try set("type", "integer")
            if let least { try set("minimum", least) }
            if let most { try set("maximum", most) }
        case .number: try set("type", "number")
        case .truth: try set("type", "boolean")
        case .list(let element):
            try set("type", "array")
            try set("items", element)
        case .map(let value):
            try set("type", "object")
            try set("additionalProperties", value)
        case .object(let properties):
            try set("type", "object")
            var inner = container.nestedContainer(keyedBy: Key.self, forKey: Key("properties"))
            for property in properties { try inner.encode(property.schema, forKey: Key(property.name)) }
            let required = properties.filter(\.isRequired).map(\.name)
            if !required.isEmpty { try set("required", required) }
        case .reference(let name): try set("$ref", "#/components/schemas/\(name)")
        case .anything: break
        }
    }
}
