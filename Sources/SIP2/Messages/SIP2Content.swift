package import Wire

/// A message whose places and fields have names.
package protocol SIP2Content: Hashable, Sendable {
    static var code: MessageCode { get }

    /// The item that the message is about, as an answer gives it back; `nil` when it is about none.
    var subject: String? { get }

    /// Reads the fixed places in order, then the fields wherever they stand.
    init(reading reader: inout ContentReader) throws(ParseError)

    /// Writes the same, in the order of ils §2.1.
    func write(to writer: inout ContentWriter)
}

/// A message that a terminal sends, together with the kind of answer it gets.
package protocol SIP2Request: SIP2Content {
    associatedtype Response: SIP2Content

    /// Whether asking twice does no more than asking once, so that a lost answer can simply be asked for again.
    static var isRepeatable: Bool { get }
}

extension SIP2Request {
    package static var isRepeatable: Bool { false }
}

extension SIP2Content {
    package var subject: String? { nil }

    /// Refuses a message with other digits, and fixed places that say what they cannot.
    package init(_ message: SIP2Message, in encoding: SIP2Encoding) throws(ParseError) {
        guard message.code == Self.code else {
            throw .invalid(field: "message code", offset: 0, found: "\(message.code)", wanted: "\(Self.code)")
        }
        var reader = ContentReader(message, in: encoding)
        try self.init(reading: &reader)
    }

    /// The message with its places and fields in the order of ils §2.1; a character that `encoding` does not have
    /// becomes a question mark.
    package func message(in encoding: SIP2Encoding) -> SIP2Message {
        var writer = ContentWriter(in: encoding)
        write(to: &writer)
        return SIP2Message(Self.code, fixed: writer.fixed, fields: writer.fields)
    }
}
