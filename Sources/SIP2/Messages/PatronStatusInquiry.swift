package import Wire

/// 23: may this patron borrow?
package struct PatronStatusRequest: SIP2Request {
    package typealias Response = PatronStatusResponse
    package static let code = MessageCode.patronStatus
    package static let isRepeatable = true

    package var language: String
    package var date: SIP2Date
    package var institution: String
    package var patron: Confidential
    package var terminalPassword: Confidential
    package var patronPassword: Confidential

    package init(
        language: String,
        date: SIP2Date,
        institution: String,
        patron: Confidential = .empty,
        terminalPassword: Confidential = .empty,
        patronPassword: Confidential = .empty
    ) {
        self.language = language
        self.date = date
        self.institution = institution
        self.patron = patron
        self.terminalPassword = terminalPassword
        self.patronPassword = patronPassword
    }
}

extension PatronStatusRequest {
    package init(reading reader: inout ContentReader) throws(ParseError) {
        language = try reader.text(3, "language")
        date = try reader.date("date")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        terminalPassword = reader.requiredConfidential(.terminalPassword)
        patronPassword = reader.requiredConfidential(.patronPassword)
    }

    package func write(to writer: inout ContentWriter) {
        writer.text(language, 3)
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.patronPassword, patronPassword)
    }
}

/// 24: what the patron may not do.
package struct PatronStatusResponse: SIP2Content {
    package static let code = MessageCode.patronStatusResponse

    /// What the patron may not do.
    package var status: PatronStatus
    /// Three digits; 000 says nothing.
    package var language: String
    package var date: SIP2Date
    package var institution: String
    package var patron: Confidential
    package var name: Confidential
    package var isValid: Bool?
    package var isPasswordValid: Bool?
    package var currency: String?
    package var feeAmount: Confidential?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    package var printLines: [Confidential]

    package init(
        status: PatronStatus,
        language: String,
        date: SIP2Date,
        institution: String,
        patron: Confidential = .empty,
        name: Confidential = .empty,
        isValid: Bool? = nil,
        isPasswordValid: Bool? = nil,
        currency: String? = nil,
        feeAmount: Confidential? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.status = status
        self.language = language
        self.date = date
        self.institution = institution
        self.patron = patron
        self.name = name
        self.isValid = isValid
        self.isPasswordValid = isPasswordValid
        self.currency = currency
        self.feeAmount = feeAmount
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension PatronStatusResponse {
    package init(reading reader: inout ContentReader) throws(ParseError) {
        status = PatronStatus(try reader.text(14, "patron status"))
        language = try reader.text(3, "language")
        date = try reader.date("date")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        name = reader.requiredConfidential(.personalName)
        isValid = reader.flag(.validPatron)
        isPasswordValid = reader.flag(.validPatronPassword)
        currency = reader.field(.currency)
        feeAmount = reader.confidential(.feeAmount)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.text(status.text, 14)
        writer.text(language, 3)
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.personalName, name)
        writer.field(.validPatron, isValid)
        writer.field(.validPatronPassword, isPasswordValid)
        writer.field(.currency, currency)
        writer.field(.feeAmount, feeAmount)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
