package import Wire

/// 19: the terminal tells something of an item.
package struct ItemStatusUpdateRequest: SIP2Request {
    package typealias Response = ItemStatusUpdateResponse
    package static let code = MessageCode.itemStatusUpdate

    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AB: the item's barcode.
    package var item: String
    /// Field AC: the terminal's own password; sent even when it is empty.
    package var terminalPassword: Confidential
    /// Field CH: what is told of the item, as free text.
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

    /// Fixed part: date 18. Throws when a place holds what it cannot.
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

    /// Fixed part, first place: whether the text was stored; Koha answers without storing it.
    package var ok: Bool
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field AB: the item's barcode, as the system gives it back.
    package var item: String
    /// Field AJ: the title, which may tell what somebody reads; `nil` when the system sends none.
    package var title: Confidential?
    /// Field CH: free text about the item in the system's words; `nil` when it sends none.
    package var itemProperties: String?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
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

    /// Fixed part: ok 1, date 18. Throws when a place holds what it cannot.
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
