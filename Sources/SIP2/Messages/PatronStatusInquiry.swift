package import Wire

/// 23: may this patron borrow?
package struct PatronStatusRequest: SIP2Request {
    package typealias Response = PatronStatusResponse
    package static let code = MessageCode.patronStatus
    package static let isRepeatable = true

    /// Fixed part, three digits: the language in which the system shall answer; 000 says nothing.
    package var language: String
    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AC: the terminal's own password; sent even when it is empty.
    package var terminalPassword: Confidential
    /// Field AD: the patron's PIN; sent even when it is empty.
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
    /// Fixed part: language 3, date 18. Throws when a place holds what it cannot.
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
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Field AA: the number of the patron's card; empty when the system sends none.
    package var patron: Confidential
    /// Field AE: the patron's name; empty when the system sends none.
    package var name: Confidential
    /// Field BL: whether the system knows this card as valid; `nil` when it does not say.
    package var isValid: Bool?
    /// Field CQ: whether the PIN was right; `nil` when the system does not say.
    package var isPasswordValid: Bool?
    /// Field BH: the currency of the amount in three letters, e.g. `EUR`.
    package var currency: String?
    /// Field BV: what the patron owes, as the system writes it, in the currency of field BH.
    package var feeAmount: Confidential?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
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
    /// Fixed part: patron status 14, language 3, date 18. Throws when a place holds what it cannot.
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
