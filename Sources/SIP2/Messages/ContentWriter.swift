/// Collects a message's fixed places and fields in the order in which they are written.
package struct ContentWriter: Sendable {
    private(set) var fixed: [UInt8] = []
    private(set) var fields: [SIP2Field] = []
    private let encoding: SIP2Encoding

    init(in encoding: SIP2Encoding) {
        self.encoding = encoding
    }

    mutating func ok(_ value: Bool) {
        fixed.append(value ? UInt8(ascii: "1") : UInt8(ascii: "0"))
    }

    mutating func yesNo(_ value: Bool) {
        fixed.append(Self.letter(value))
    }

    mutating func ternary(_ value: Ternary) {
        switch value {
        case .yes: fixed.append(UInt8(ascii: "Y"))
        case .no: fixed.append(UInt8(ascii: "N"))
        case .unknown: fixed.append(UInt8(ascii: "U"))
        }
    }

    mutating func date(_ date: SIP2Date?) {
        fixed += date?.bytes ?? [UInt8](repeating: 0x20, count: SIP2Date.length)
    }

    /// Digits with zeros before them; the largest number of so many digits when `value` has more, blanks for `nil`.
    mutating func number(_ value: Int?, _ digits: Int) {
        guard let value else {
            text("", digits)
            return
        }
        let written = Array(String(max(0, value)).utf8)
        fixed +=
            written.count > digits
            ? [UInt8](repeating: UInt8(ascii: "9"), count: digits)
            : [UInt8](repeating: UInt8(ascii: "0"), count: digits - written.count) + written
    }

    /// Exactly so many places: cut, or filled with blanks; what is not printable ASCII becomes a blank.
    mutating func text(_ value: String, _ count: Int) {
        let bytes = value.unicodeScalars.prefix(count).map { scalar in
            (0x20...0x7E).contains(scalar.value) && scalar != "|" ? UInt8(truncatingIfNeeded: scalar.value) : 0x20
        }
        fixed += bytes + [UInt8](repeating: 0x20, count: count - bytes.count)
    }

    /// A field that is always there, empty or not.
    mutating func field(_ code: FieldCode, _ value: String) {
        fields.append(SIP2Field(code, value, in: encoding))
    }

    /// A field that is there when it has a value.
    mutating func field(_ code: FieldCode, _ value: String?) {
        if let value { field(code, value) }
    }

    mutating func field(_ code: FieldCode, _ value: Confidential) {
        field(code, value.revealed)
    }

    mutating func field(_ code: FieldCode, _ value: Confidential?) {
        if let value { field(code, value.revealed) }
    }

    mutating func field(_ code: FieldCode, _ values: [Confidential]) {
        for value in values { field(code, value.revealed) }
    }

    mutating func field(_ code: FieldCode, _ value: Bool?) {
        if let value { fields.append(SIP2Field(code, [Self.letter(value)])) }
    }

    private static func letter(_ value: Bool) -> UInt8 {
        value ? UInt8(ascii: "Y") : UInt8(ascii: "N")
    }
}
