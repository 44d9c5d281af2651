package import Wire

/// 35: the patron has finished.
package struct EndPatronSessionRequest: SIP2Request {
    package typealias Response = EndSessionResponse
    package static let code = MessageCode.endPatronSession
    package static let isRepeatable = true

    package var date: SIP2Date
    package var institution: String
    package var patron: Confidential
    package var terminalPassword: Confidential?
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

    package var isEnded: Bool
    package var date: SIP2Date
    package var institution: String
    package var patron: Confidential
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
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
