package import Wire

/// 35: the patron has finished.
package struct EndPatronSessionRequest: SIP2Request {
    package typealias Response = EndSessionResponse
    package static let code = MessageCode.endPatronSession
    package static let isRepeatable = true

    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AC: the terminal's own password; `nil` leaves the field out.
    package var terminalPassword: Confidential?
    /// Field AD: the patron's PIN; `nil` leaves the field out.
    package var patronPassword: Confidential?

    package init(
        date: SIP2Date,
        institution: String,
        patron: Confidential = .empty,
        terminalPassword: Confidential? = nil,
        patronPassword: Confidential? = nil
    ) {
        self.date = date
        self.institution = institution
        self.patron = patron
        self.terminalPassword = terminalPassword
        self.patronPassword = patronPassword
    }
}

extension EndPatronSessionRequest {
    /// Fixed part: date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        date = try reader.date("date")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        terminalPassword = reader.confidential(.terminalPassword)
        patronPassword = reader.confidential(.patronPassword)
    }

    package func write(to writer: inout ContentWriter) {
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.patronPassword, patronPassword)
    }
}

/// 36: the session is over.
package struct EndSessionResponse: SIP2Content {
    package static let code = MessageCode.endSessionResponse

    /// Fixed part, first place: whether the system has closed the patron's session.
    package var isEnded: Bool
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Field AA: the number of the patron's card; empty when the system sends none.
    package var patron: Confidential
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
    package var printLines: [Confidential]

    package init(
        isEnded: Bool,
        date: SIP2Date,
        institution: String,
        patron: Confidential = .empty,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.isEnded = isEnded
        self.date = date
        self.institution = institution
        self.patron = patron
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension EndSessionResponse {
    /// Fixed part: session ended 1, date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        isEnded = try reader.yesNo("end session")
        date = try reader.date("date")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.yesNo(isEnded)
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
