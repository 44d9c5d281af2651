import Wire

/// Reads a message's fixed places in order and its fields by name.
///
/// Errors name the place, never what was found there: a line that lost a byte may have a patron's number in any place.
package struct ContentReader: Sendable {
    private var fixed: ByteReader
    private let fields: [SIP2Field]
    private let encoding: SIP2Encoding

    init(_ message: SIP2Message, in encoding: SIP2Encoding) {
        fixed = ByteReader(message.fixed)
        fields = message.fields
        self.encoding = encoding
    }

    private func wrong(_ place: String, _ offset: Int, wanted: String) -> ParseError {
        .invalid(field: place, offset: offset + 2, found: "something else", wanted: wanted)
    }

    /// `1` or `0`; some systems write `Y` or `N`.
    mutating func ok(_ place: String) throws(ParseError) -> Bool {
        try yesNo(place)
    }

    /// `Y` or `N`; some systems write `1` or `0`, and a blank means no.
    mutating func yesNo(_ place: String) throws(ParseError) -> Bool {
        let offset = fixed.offset
        guard let value = Self.yesNo(try fixed.byte(place)) else { throw wrong(place, offset, wanted: "Y or N") }
        return value
    }

    /// `Y`, `N` or `U`.
    mutating func ternary(_ place: String) throws(ParseError) -> Ternary {
        let offset = fixed.offset
        let byte = try fixed.byte(place)
        if byte == UInt8(ascii: "U") || byte == UInt8(ascii: "u") { return .unknown }
        guard let value = Self.yesNo(byte) else { throw wrong(place, offset, wanted: "Y, N or U") }
        return value ? .yes : .no
    }

    /// `+`, `-` or `*`.
    mutating func holdMode(_ place: String) throws(ParseError) -> HoldMode {
        let offset = fixed.offset
        guard let mode = HoldMode(rawValue: try text(1, place)) else { throw wrong(place, offset, wanted: "+, - or *") }
        return mode
    }

    mutating func date(_ place: String) throws(ParseError) -> SIP2Date {
        let offset = fixed.offset
        guard let date = SIP2Date(bytes: try fixed.bytes(SIP2Date.length, place)) else {
            throw wrong(place, offset, wanted: "a date and time")
        }
        return date
    }

    /// `nil` when the places are blank.
    mutating func optionalDate(_ place: String) throws(ParseError) -> SIP2Date? {
        let date = try date(place)
        return date.bytes.allSatisfy { $0 == 0x20 } ? nil : date
    }

    /// A number of so many digits; `nil` when the places are blank or hold something else.
    mutating func number(_ digits: Int, _ place: String) throws(ParseError) -> Int? {
        let bytes = try fixed.bytes(digits, place)
        guard bytes.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x20 }) else { return nil }
        return Int(String(decoding: bytes.filter { $0 != 0x20 }, as: UTF8.self))
    }

    /// So many places of printable text.
    mutating func text(_ count: Int, _ place: String) throws(ParseError) -> String {
        let offset = fixed.offset
        let bytes = try fixed.bytes(count, place)
        guard bytes.allSatisfy({ (0x20...0x7E).contains($0) && $0 != SIP2Field.end }) else {
            throw wrong(place, offset, wanted: "\(count) characters")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first field of this code; `nil` when there is none.
    func field(_ code: FieldCode) -> String? {
        fields.first { $0.code == code }?.text(in: encoding)
    }

    /// The first field of this code; empty when there is none.
    func required(_ code: FieldCode) -> String {
        field(code) ?? ""
    }

    func confidential(_ code: FieldCode) -> Confidential? {
        field(code).map(Confidential.init)
    }

    func requiredConfidential(_ code: FieldCode) -> Confidential {
        Confidential(required(code))
    }

    /// Every field of this code, in order.
    func all(_ code: FieldCode) -> [Confidential] {
        fields.filter { $0.code == code }.map { Confidential($0.text(in: encoding)) }
    }

    /// `Y` or `N` in a field; `nil` when it is absent, empty or something else.
    func flag(_ code: FieldCode) -> Bool? {
        fields.first { $0.code == code }?.value.first.flatMap(Self.yesNo)
    }

    private static func yesNo(_ byte: UInt8) -> Bool? {
        switch byte {
        case UInt8(ascii: "Y"), UInt8(ascii: "y"), UInt8(ascii: "1"): true
        case UInt8(ascii: "N"), UInt8(ascii: "n"), UInt8(ascii: "0"), 0x20: false
        default: nil
        }
    }
}

/// An answer of three kinds.
package enum Ternary: Hashable, Sendable, CaseIterable {
    case yes, no, unknown
}
