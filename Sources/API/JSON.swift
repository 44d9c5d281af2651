package import FoundationEssentials

/// JSON as daemon, command line and page speak it: times in ISO 8601, UTC; keys as the properties are called.
package enum JSON {
    /// Keys in alphabetical order, so that the same value is always the same bytes; `pretty` is for people: indented.
    package static func encode(_ value: some Encodable, pretty: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting =
            pretty ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// Reads times as ``encode(_:pretty:)`` writes them: `2026-03-02T10:00:00Z`. Throws `DecodingError`.
    package static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(type, from: data)
    }
}
