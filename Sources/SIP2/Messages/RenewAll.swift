package import Wire

/// 65: a patron wants to keep everything longer.
package struct RenewAllRequest: SIP2Request {
    package typealias Response = RenewAllResponse
    package static let code = MessageCode.renewAll

    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AD: the patron's PIN; `nil` leaves the field out.
    package var patronPassword: Confidential?
    /// Field AC: the terminal's own password; `nil` leaves the field out.
    package var terminalPassword: Confidential?
    /// Field BO: whether the patron agrees to pay a fee for it; `nil` leaves the field out.
    package var feeAcknowledged: Bool?

    package init(
        date: SIP2Date,
        institution: String,
        patron: Confidential = .empty,
        patronPassword: Confidential? = nil,
        terminalPassword: Confidential? = nil,
        feeAcknowledged: Bool? = nil
    ) {
        self.date = date
        self.institution = institution
        self.patron = patron
        self.patronPassword = patronPassword
        self.terminalPassword = terminalPassword
        self.feeAcknowledged = feeAcknowledged
    }
}

extension RenewAllRequest {
    /// Fixed part: date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        date = try reader.date("date")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        patronPassword = reader.confidential(.patronPassword)
        terminalPassword = reader.confidential(.terminalPassword)
        feeAcknowledged = reader.flag(.feeAcknowledged)
    }

    package func write(to writer: inout ContentWriter) {
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.patronPassword, patronPassword)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.feeAcknowledged, feeAcknowledged)
    }
}

/// 66: how much could be renewed.
package struct RenewAllResponse: SIP2Content {
    package static let code = MessageCode.renewAllResponse

    /// Fixed part, first place: whether the system took the request up; the counts say what came of it.
    package var ok: Bool
    /// Fixed part, four digits: loans that were renewed; `nil` when the places hold no number.
    package var renewedCount: Int?
    /// Fixed part, four digits: loans that were not renewed; `nil` when the places hold no number.
    package var unrenewedCount: Int?
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Items of one patron: not for a log.
    package var renewed: [Confidential]
    /// Field BN, one item each: what was not renewed. Items of one patron: not for a log.
    package var unrenewed: [Confidential]
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
    package var printLines: [Confidential]

    package init(
        ok: Bool,
        renewedCount: Int?,
        unrenewedCount: Int?,
        date: SIP2Date,
        institution: String,
        renewed: [Confidential] = [],
        unrenewed: [Confidential] = [],
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.ok = ok
        self.renewedCount = renewedCount
        self.unrenewedCount = unrenewedCount
        self.date = date
        self.institution = institution
        self.renewed = renewed
        self.unrenewed = unrenewed
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension RenewAllResponse {
    /// Fixed part: ok 1, renewed 4, unrenewed 4, date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        ok = try reader.ok("ok")
        renewedCount = try reader.number(4, "renewed count")
        unrenewedCount = try reader.number(4, "unrenewed count")
        date = try reader.date("date")
        institution = reader.required(.institution)
        renewed = reader.all(.renewedItems)
        unrenewed = reader.all(.unrenewedItems)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.ok(ok)
        writer.number(renewedCount, 4)
        writer.number(unrenewedCount, 4)
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.renewedItems, renewed)
        writer.field(.unrenewedItems, unrenewed)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
