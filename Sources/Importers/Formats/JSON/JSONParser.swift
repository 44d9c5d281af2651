/// Reads one JSON value from bytes that hold nothing else (RFC 8259).
struct JSONParser {
    /// What is wrong with the bytes, and where, counted from 0.
    struct Flaw: Error, Hashable, Sendable {
        var found: String
        var offset: Int
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    static func value(_ bytes: ArraySlice<UInt8>) throws(Flaw) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.endIndex else { throw parser.flaw() }
        return value
    }

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    private func flaw() -> Flaw {
        let found = peek.map { $0 > 0x20 && $0 < 0x7F ? "'\(Unicode.Scalar($0))'" : "byte \($0)" } ?? "the end"
        return Flaw(found: found, offset: position - bytes.startIndex)
    }

    private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Flaw) -> JSONValue {
        guard depth < JSONValue.deepest else {
            throw Flaw(found: "more than \(JSONValue.deepest) levels", offset: position - bytes.startIndex)
        }
        skipSpace()
        switch peek {
        case 0x7B: return try object(depth: depth)
        case 0x5B: return try array(depth: depth)
        case 0x22: return .string(try string())
        case 0x74: return try word(Self.trueWord, .bool(true))
        case 0x66: return try word(Self.falseWord, .bool(false))
        case 0x6E: return try word(Self.nullWord, .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Flaw) -> JSONValue {
        var members: [String: JSONValue] = [:]
        position += 1
        skipSpace()
        if take(0x7D) { return .object(members) }
        while true {
            skipSpace()
            guard peek == 0x22 else { throw flaw() }
            let key = try string()
            skipSpace()
            guard take(0x3A) else { throw flaw() }
            members[key] = try value(depth: depth + 1)
            skipSpace()
            if take(0x7D) { return .object(members) }
            guard take(0x2C) else { throw flaw() }
        }
    }

    private mutating func array(depth: Int) throws(Flaw) -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        skipSpace()
        if take(0x5D) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(0x5D) { return .array(elements) }
            guard take(0x2C) else { throw flaw() }
        }
    }

    private static let trueWord = Array("true".utf8)
    private static let falseWord = Array("false".utf8)
    private static let nullWord = Array("null".utf8)

    private mutating func word(_ letters: [UInt8], _ value: JSONValue) throws(Flaw) -> JSONValue {
        guard bytes[position...].starts(with: letters) else { throw flaw() }
        position += letters.count
        return value
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || byte == 0x2B || byte == 0x2D || byte == 0x2E || byte | 0x20 == 0x65
    }

    private mutating func number() throws(Flaw) -> JSONValue {
        let start = position
        while let byte = peek, Self.isNumeric(byte) { position += 1 }
        let spelling = String(decoding: bytes[start..<position], as: UTF8.self)
        guard Double(spelling) != nil else {
            position = start
            throw flaw()
        }
        return .number(spelling)
    }

    private mutating func string() throws(Flaw) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            switch byte {
            case 0x22:
                position += 1
                return String(decoding: content, as: UTF8.self)
            case 0x5C:
                position += 1
                try escape(into: &content)
            case 0..<0x20: throw flaw()
            default:
                content.append(byte)
                position += 1
            }
        }
        throw flaw()
    }

    private mutating func escape(into content: inout [UInt8]) throws(Flaw) {
        guard let byte = peek else { throw flaw() }
        position += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: content.append(byte)
        case 0x62: content.append(0x08)
        case 0x66: content.append(0x0C)
        case 0x6E: content.append(0x0A)
        case 0x72: content.append(0x0D)
        case 0x74: content.append(0x09)
        case 0x75: content.append(contentsOf: String(try unicode()).utf8)
        default:
            position -= 1
            throw flaw()
        }
    }

    /// `\uXXXX`, two of them where they are a surrogate pair; half a pair becomes U+FFFD.
    private mutating func unicode() throws(Flaw) -> Character {
        let first = try codeUnit()
        guard UTF16.isLeadSurrogate(first), bytes[position...].starts(with: [0x5C, 0x75]) else {
            return Character(Unicode.Scalar(first) ?? "\u{FFFD}")
        }
        let start = position
        position += 2
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else {
            position = start
            return "\u{FFFD}"
        }
        return Character(UTF16.decode(UTF16.EncodedScalar([first, second])))
    }

    private mutating func codeUnit() throws(Flaw) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ ($0 &- 0x30 < 10) || (($0 | 0x20) &- 0x61 < 6) }),
            let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw flaw() }
        position += 4
        return value
    }
}
