package import Wire

/// 65: a patron wants to keep everything longer.
package struct RenewAllRequest: SIP2Request {
    package typealias Response = RenewAllResponse
    package static let code = MessageCode.renewAll

    package var date: SIP2Date
    package var institution: String
    package var patron: Confidential
    package var patronPassword: Confidential?
    package var terminalPassword: Confidential?
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

    package var ok: Bool
    package var renewedCount: Int?
    package var unrenewedCount: Int?
    package var date: SIP2Date
    package var institution: String
    /// Items of one patron: not for a log.
    package var renewed: [Confidential]
    package var unrenewed: [Confidential]
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
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
