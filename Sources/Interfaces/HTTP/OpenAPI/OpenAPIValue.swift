/// A piece of the document of the API: JSON, and the schemas in it.
indirect enum OpenAPIValue: Encodable, Sendable {
    case text(String)
    case truth(Bool)
    case list([OpenAPIValue])
    case object([String: OpenAPIValue])
    case schema(JSONSchema)

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

extension OpenAPIValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(stringLiteral text: String) { self = .text(text) }

    init(dictionaryLiteral pairs: (String, OpenAPIValue)...) {
        self = .object(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }

    init(arrayLiteral elements: OpenAPIValue...) { self = .list(elements) }
}
