/// Splits the XML of one record into tags and text: as much of XML 1.0 as records need.
///
/// Comments, processing instructions and document types are skipped, the five named entities and character references
/// are resolved, CDATA is text; names lose their namespace prefix. Other entities are refused: nothing is ever fetched.
package struct XMLTokenizer {
    /// A tag or the text between two tags; names without their namespace prefix.
    package enum Token: Hashable {
        case start(String, attributes: [String: String])
        case end(String)
        case text(String)
    }

    /// What is wrong, and where, counted from 0.
    package struct Flaw: Error, Hashable, Sendable {
        /// In words: what stands there instead of XML.
        package var found: String
        /// Bytes from the beginning of the record.
        package var offset: Int
    }

    private let bytes: [UInt8]
    private var position = 0
    /// The end of an element written as one tag: `<leader/>`.
    private var pendingEnd: String?

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next token; `nil` at the end.
    package mutating func next() throws(Flaw) -> Token? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name)
        }
        while position < bytes.count {
            guard bytes[position] == 0x3C else { return .text(try text()) }
            if let content = characterData() { return .text(content) }
            if skipMarkup() { continue }
            return try tag()
        }
        return nil
    }

    private func flaw(_ found: String) -> Flaw { Flaw(found: found, offset: position) }

    private static let commentStart = Array("<!--".utf8)
    private static let commentEnd = Array("-->".utf8)
    private static let instructionStart = Array("<?".utf8)
    private static let instructionEnd = Array("?>".utf8)
    private static let characterDataStart = Array("<![CDATA[".utf8)
    private static let characterDataEnd = Array("]]>".utf8)
    private static let declarationStart = Array("<!".utf8)
    private static let declarationEnd = Array(">".utf8)

    private func find(_ text: [UInt8], from place: Int) -> Int? {
        var index = place
        while index < bytes.count {
            if bytes[index...].starts(with: text) { return index }
            index += 1
        }
        return nil
    }

    /// Steps over a comment, an instruction or a declaration.
    private mutating func skipMarkup() -> Bool {
        guard position + 1 < bytes.count, bytes[position + 1] == 0x21 || bytes[position + 1] == 0x3F else {
            return false
        }
        return skip(Self.commentStart, to: Self.commentEnd) || skip(Self.instructionStart, to: Self.instructionEnd)
            || skip(Self.declarationStart, to: Self.declarationEnd)
    }

    private mutating func skip(_ opening: [UInt8], to closing: [UInt8]) -> Bool {
        guard bytes[position...].starts(with: opening) else { return false }
        position = find(closing, from: position + opening.count).map { $0 + closing.count } ?? bytes.count
        return true
    }

    private mutating func characterData() -> String? {
        guard position + 1 < bytes.count, bytes[position + 1] == 0x21,
            bytes[position...].starts(with: Self.characterDataStart)
        else { return nil }
        let start = position + Self.characterDataStart.count
        let end = find(Self.characterDataEnd, from: start) ?? bytes.count
        position = min(bytes.count, end + Self.characterDataEnd.count)
        return Self.decoded(bytes[start..<end])
    }

    private mutating func text() throws(Flaw) -> String {
        let start = position
        while position < bytes.count, bytes[position] != 0x3C { position += 1 }
        return try resolved(bytes[start..<position])
    }

    private mutating func tag() throws(Flaw) -> Token {
        position += 1
        let isEnd = position < bytes.count && bytes[position] == 0x2F
        if isEnd { position += 1 }
        let name = try self.name()
        var attributes: [String: String] = [:]
        while true {
            skipSpace()
            guard position < bytes.count else { throw flaw("the end inside a tag") }
            switch bytes[position] {
            case 0x3E:
                position += 1
                return isEnd ? .end(name) : .start(name, attributes: attributes)
            case 0x2F where position + 1 < bytes.count && bytes[position + 1] == 0x3E && !isEnd:
                position += 2
                pendingEnd = name
                return .start(name, attributes: attributes)
            default:
                let key = try self.name()
                attributes[key] = try attribute()
            }
        }
    }

    private mutating func attribute() throws(Flaw) -> String {
        skipSpace()
        guard position < bytes.count, bytes[position] == 0x3D else { throw flaw("an attribute without value") }
        position += 1
        skipSpace()
        guard position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27 else {
            throw flaw("an attribute without quotes")
        }
        let quote = bytes[position]
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != quote { position += 1 }
        guard position < bytes.count else { throw flaw("a quote that never closes") }
        position += 1
        return try resolved(bytes[start..<position - 1])
    }

    private mutating func name() throws(Flaw) -> String {
        let start = position
        while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
        let local = bytes[start..<position].split(separator: 0x3A, omittingEmptySubsequences: true).last
        guard let local else { throw flaw("a tag without name") }
        return Self.decoded(local)
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == 0x2F || byte == 0x3C || byte == 0x3D || byte == 0x3E
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? PlainText.windows1252(bytes)
    }

    private func resolved(_ bytes: ArraySlice<UInt8>) throws(Flaw) -> String {
        guard bytes.contains(0x26) else { return Self.decoded(bytes) }
        var result = ""
        var rest = bytes
        while let ampersand = rest.firstIndex(of: 0x26) {
            result += Self.decoded(rest[..<ampersand])
            let reference = rest[(ampersand + 1)...]
            guard let end = reference.prefix(12).firstIndex(of: 0x3B) else { throw flaw("an & that begins no entity") }
            result.unicodeScalars.append(try entity(String(decoding: reference[..<end], as: UTF8.self)))
            rest = rest[(end + 1)...]
        }
        return result + Self.decoded(rest)
    }

    private func entity(_ name: String) throws(Flaw) -> Unicode.Scalar {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let digits = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
            guard name.hasPrefix("#"), let digits, let scalar = Unicode.Scalar(digits) else {
                throw flaw("entity &\(name);")
            }
            return scalar
        }
    }
}
