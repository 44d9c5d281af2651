package import Wire

/// A message whose places and fields have names.
package protocol SIP2Content: Hashable, Sendable {
    static var code: MessageCode { get }

    /// Reads the fixed places in order, then the fields wherever they stand.
    init(reading reader: inout ContentReader) throws(ParseError)

    /// Writes the same, in the order of ils.md §2.1.
    func write(to writer: inout ContentWriter)
}

/// A message that a terminal sends, together with the kind of answer it gets.
package protocol SIP2Request: SIP2Content {
    associatedtype Response: SIP2Content
}

extension SIP2Content {
    /// Refuses a message with other digits, and fixed places that say what they cannot.
    package init(_ message: SIP2Message, in encoding: SIP2Encoding) throws(ParseError) {
        guard message.code == Self.code else {
            throw .invalid(field: "message code", offset: 0, found: "\(message.code)", wanted: "\(Self.code)")
        }
        var reader = ContentReader(message, in: encoding)
        try self.init(reading: &reader)
    }

    package func message(in encoding: SIP2Encoding) -> SIP2Message {
        var writer = ContentWriter(in: encoding)
        write(to: &writer)
        return SIP2Message(Self.code, fixed: writer.fixed, fields: writer.fields)
    }
}
