import API
import Foundation

/// Finds out what JSON a type is read from, by letting it read and noting what it asks for: the document then says what
/// the program does, and not what somebody once wrote about it.
final class SchemaReader {
    /// Named objects and word lists that were come by, by name.
    private(set) var components: [String: JSONSchema] = [:]

    struct Unreadable: Error, CustomStringConvertible {
        var type: String
        var description: String { "\(type): no schema can be made of it; give a word list CaseIterable" }
    }

    func schema(of type: any Decodable.Type) throws -> JSONSchema { try read(type).schema }

    /// The schema of a type, and some value of it for whoever asked.
    fileprivate func read(_ type: any Decodable.Type) throws -> (schema: JSONSchema, value: any Decodable) {
        switch type {
        case is String.Type: return (.text, "")
        case is Bool.Type: return (.truth, false)
        case is Double.Type: return (.number, 0.0)
        case is Float.Type: return (.number, Float(0))
        case is Date.Type: return (.moment, Date(timeIntervalSince1970: 0))
        case let number as any (FixedWidthInteger & Decodable).Type: return (Self.integer(number), Self.zero(number))
        case let list as any ListSchema.Type:
            return (.list(try schema(of: list.elementType)), list.nothing)
        case let map as any MapSchema.Type: return (.map(try schema(of: map.valueType)), map.nothing)
        case let wrapped as any OptionalSchema.Type: return (try schema(of: wrapped.wrappedType), wrapped.nothing)
        // A text, a number, a list: what kind it is stands beside it.
        case is SettingValue.Type: return (.anything, SettingValue.text(""))
        default: return try named(type)
        }
    }

    private func named(_ type: any Decodable.Type) throws -> (schema: JSONSchema, value: any Decodable) {
        // `API.SecurityResult.Part` is SecurityResultPart.
        let name = String(reflecting: type).split(separator: ".").dropFirst().joined()
        if let cases = type as? any CaseIterable.Type {
            let words = Self.words(cases)
            guard let first = words.first?.value else { throw Unreadable(type: name) }
            components[name] = .word(words.map(\.word))
            return (.reference(name), first)
        }
        let notes = Notes(reader: self)
        let value: any Decodable
        do {
            value = try type.init(from: NotingDecoder(notes: notes))
        } catch let error as Unreadable {
            throw error
        } catch {
            throw Unreadable(type: name)
        }
        components[name] = .object(notes.properties)
        return (.reference(name), value)
    }

    private static func words(_ type: any CaseIterable.Type) -> [(word: String, value: any Decodable)] {
        func list<Words: CaseIterable>(_ type: Words.Type) -> [(word: String, value: any Decodable)] {
            type.allCases.compactMap { word in
                guard let value = word as? any Decodable & RawRepresentable, let text = value.rawValue as? String else {
                    return nil
                }
                return (text, value)
            }
        }
        return list(type)
    }

    private static func integer<Number: FixedWidthInteger>(_ type: Number.Type) -> JSONSchema {
        type.bitWidth < 32 ? .integer(least: Int(type.min), most: Int(type.max)) : .integer()
    }

    private static func zero<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) -> any Decodable {
        Number.zero
    }
}

private protocol ListSchema {
    static var elementType: any Decodable.Type { get }
    static var nothing: any Decodable { get }
}

extension Array: ListSchema where Element: Decodable {
    fileprivate static var elementType: any Decodable.Type { Element.self }
    fileprivate static var nothing: any Decodable { Self() }
}

private protocol MapSchema {
    static var valueType: any Decodable.Type { get }
    static var nothing: any Decodable { get }
}

extension Dictionary: MapSchema where Key == String, Value: Decodable {
    fileprivate static var valueType: any Decodable.Type { Value.self }
    fileprivate static var nothing: any Decodable { Self() }
}

private protocol OptionalSchema {
    static var wrappedType: any Decodable.Type { get }
    static var nothing: any Decodable { get }
}

extension Optional: OptionalSchema where Wrapped: Decodable {
    fileprivate static var wrappedType: any Decodable.Type { Wrapped.self }
    fileprivate static var nothing: any Decodable { Self.none as Self }
}

/// What a type has asked for.
private final class Notes {
    let reader: SchemaReader
    var optional: Set<String> = []
    private var found: [(name: String, schema: JSONSchema)] = []

    init(reader: SchemaReader) {
        self.reader = reader
    }

    var properties: [JSONSchema.Property] {
        found.map { JSONSchema.Property(name: $0.name, schema: $0.schema, isRequired: !optional.contains($0.name)) }
    }

    func value<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        let (schema, value) = try reader.read(type)
        found.append((name, schema))
        guard let value = value as? Value else { throw SchemaReader.Unreadable(type: "\(type)") }
        return value
    }
}

private struct NotingDecoder: Decoder {
    let notes: Notes
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(NotingContainer(notes: notes))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw SchemaReader.Unreadable(type: "list") }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw SchemaReader.Unreadable(type: "value")
    }
}

private struct NotingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let notes: Notes
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    /// Asked for what may be absent, before its type is.
    func decodeNil(forKey key: Key) -> Bool {
        notes.optional.insert(key.stringValue)
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try notes.value(type, key.stringValue)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw SchemaReader.Unreadable(type: key.stringValue)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SchemaReader.Unreadable(type: key.stringValue)
    }

    func superDecoder() throws -> any Decoder { throw SchemaReader.Unreadable(type: "super") }

    func superDecoder(forKey key: Key) throws -> any Decoder { throw SchemaReader.Unreadable(type: key.stringValue) }
}
