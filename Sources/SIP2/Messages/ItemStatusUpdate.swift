package import Wire

/// 19: the terminal tells something of an item.
package struct ItemStatusUpdateRequest: SIP2Request {
    package typealias Response = ItemStatusUpdateResponse
    package static let code = MessageCode.itemStatusUpdate

    package var date: SIP2Date
    package var institution: String
    package var item: String
    package var terminalPassword: Confidential
    package var itemProperties: String

    package init(
        date: SIP2Date,
        institution: String,
        item: String,
        terminalPassword: Confidential = .empty,
        itemProperties: String
    ) {
        self.date = date
        self.institution = institution
        self.item = item
        self.terminalPassword = terminalPassword
        self.itemProperties = itemProperties
    }
}

extension ItemStatusUpdateRequest {
    package var subject: String? { item }

    package init(reading reader: inout ContentReader) throws(ParseError) {
        date = try reader.date("date")
        institution = reader.required(.institution)
        item = reader.required(.itemIdentifier)
        terminalPassword = reader.requiredConfidential(.terminalPassword)
        itemProperties = reader.required(.itemProperties)
    }

    package func write(to writer: inout ContentWriter) {
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.itemIdentifier, item)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.itemProperties, itemProperties)
    }
}

/// 20: whether it was taken down.
package struct ItemStatusUpdateResponse: SIP2Content {
    package static let code = MessageCode.itemStatusUpdateResponse

    package var ok: Bool
    package var date: SIP2Date
    package var item: String
    package var title: Confidential?
    package var itemProperties: String?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    package var printLines: [Confidential]

    package init(
        ok: Bool,
        date: SIP2Date,
        item: String,
        title: Confidential? = nil,
        itemProperties: String? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.ok = ok
        self.date = date
        self.item = item
        self.title = title
        self.itemProperties = itemProperties
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension ItemStatusUpdateResponse {
    package var subject: String? { item }

    package init(reading reader: inout ContentReader) throws(ParseError) {
        ok = try reader.ok("item properties ok")
        date = try reader.date("date")
        item = reader.required(.itemIdentifier)
        title = reader.confidential(.titleIdentifier)
        itemProperties = reader.field(.itemProperties)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.ok(ok)
        writer.date(date)
        writer.field(.itemIdentifier, item)
        writer.field(.titleIdentifier, title)
        writer.field(.itemProperties, itemProperties)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
