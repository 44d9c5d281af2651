package import Wire

/// A message taken apart: its digits, its fixed places, its variable fields in the order in which they came.
///
/// Fields that nobody knows are kept; pieces too short to be a field are dropped. Printing a message shows no value.
package struct SIP2Message: Hashable, Sendable {
    /// Its first two digits.
    package let code: MessageCode
    /// Exactly as many places as the code wants.
    package let fixed: [UInt8]
    /// In the order in which they came; the same letters may come more than once.
    package var fields: [SIP2Field]

    /// `fixed` is cut or filled with blanks to the length that the code wants.
    package init(_ code: MessageCode, fixed: [UInt8], fields: [SIP2Field]) {
        self.code = code
        let missing = max(0, code.fixedLength - fixed.count)
        self.fixed = fixed.prefix(code.fixedLength) + [UInt8](repeating: 0x20, count: missing)
        self.fields = fields
    }

    /// The value of the first field of this code.
    package func value(_ code: FieldCode) -> [UInt8]? {
        fields.first { $0.code == code }?.value
    }
}

extension SIP2Message: ByteParsable, ByteWritable {
    /// Takes a frame's body, without AY and AZ. Digits of no known message and a fixed part that is cut short throw.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let digits = try reader.bytes(2, "message code")
        guard let code = MessageCode(digits) else {
            throw .invalid(field: "message code", offset: 0, found: "another", wanted: "one of SIP2")
        }
        self.code = code
        fixed = Array(try reader.bytes(code.fixedLength, "fixed part of \(code)"))
        fields = reader.rest().split(separator: SIP2Field.end).compactMap { piece in
            let value = piece.dropFirst(2)
            guard let first = piece.first, let second = piece.dropFirst().first else { return nil }
            return SIP2Field(FieldCode(first, second), Array(value))
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(code.digits)
        writer.bytes(fixed)
        for field in fields {
            writer.byte(field.code.first)
            writer.byte(field.code.second)
            writer.bytes(field.value)
            writer.byte(SIP2Field.end)
        }
    }
}

extension SIP2Message: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { TraceLine(self).text }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
