/// One variable field: two letters and a value that ends at the next bar.
///
/// The value keeps the bytes of the line; what they mean as text is the encoding's affair. A field does not show its
/// value when it is printed: see ``TraceLine`` for what may be shown.
package struct SIP2Field: Hashable, Sendable {
    /// Letters that nobody knows are kept as well.
    package var code: FieldCode
    /// The bytes between the two letters and the bar, in the system's encoding.
    package var value: [UInt8]

    /// Bytes as they came; whoever writes one makes sure that there is no bar among them.
    package init(_ code: FieldCode, _ value: [UInt8]) {
        self.code = code
        self.value = value
    }

    /// The byte that ends every field.
    package static let end = UInt8(ascii: "|")

    /// `text` as a value: what would end the field or the line becomes a space.
    package init(_ code: FieldCode, _ text: String, in encoding: SIP2Encoding) {
        self.init(code, encoding.bytes(text).map { $0 == Self.end || $0 < 0x20 ? 0x20 : $0 })
    }

    /// The value as text; a control character becomes a space, as it does when it is written, and what Evergreen
    /// writes for a bar becomes one again (ils §2.2).
    package func text(in encoding: SIP2Encoding) -> String {
        let plain: [UInt8] = value.map { $0 < 0x20 ? 0x20 : $0 }
        var rest = plain[...]
        var bytes: [UInt8] = []
        while let sign = rest.firstIndex(of: UInt8(ascii: "&")) {
            bytes += rest[..<sign]
            rest = rest[sign...]
            let isBar = rest.starts(with: Self.barInside)
            bytes.append(isBar ? Self.end : UInt8(ascii: "&"))
            rest = rest.dropFirst(isBar ? Self.barInside.count : 1)
        }
        return encoding.text(bytes + rest)
    }

    private static let barInside = Array("&#124;".utf8)
}

extension SIP2Field: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(code)(\(value.count) bytes)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
