/// A piece of a JSON document.
indirect enum JSONValue: Encodable, Sendable {
    case text(String)
    case truth(Bool)
    case list([JSONValue])
    case object([String: JSONValue])
    case schema(Schema)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text): try text.encode(to: encoder)
        case .truth(let truth): try truth.encode(to: encoder)
        case .list(let list): try list.encode(to: encoder)
        case .object(let object): try object.encode(to: encoder)
        case .schema(let schema): try schema.encode(to: encoder)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(stringLiteral text: String) { self = .text(text) }

    init(dictionaryLiteral pairs: (String, JSONValue)...) {
        self = .object(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }

    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
}
