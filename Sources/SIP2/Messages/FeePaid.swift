package import Wire

/// 37: the patron has paid.
package struct FeePaidRequest: SIP2Request {
    package typealias Response = FeePaidResponse
    package static let code = MessageCode.feePaid

    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Two digits.
    package var feeType: String
    /// Two digits.
    package var paymentType: String
    /// Three letters: EUR.
    package var currency: String
    /// Field BV: what was paid, in ``currency``, e.g. `1.50`.
    package var amount: Confidential
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AC: the terminal's own password; `nil` leaves the field out.
    package var terminalPassword: Confidential?
    /// Field AD: the patron's PIN; `nil` leaves the field out.
    package var patronPassword: Confidential?
    /// Field CG: the fee that the payment is for, as the system numbers it; `nil` leaves the field out.
    package var fee: Confidential?
    /// Field BK: the terminal's own number of the payment; `nil` leaves the field out.
    package var transaction: String?

    package init(
        date: SIP2Date,
        feeType: String,
        paymentType: String,
        currency: String,
        amount: Confidential = .empty,
        institution: String,
        patron: Confidential = .empty,
        terminalPassword: Confidential? = nil,
        patronPassword: Confidential? = nil,
        fee: Confidential? = nil,
        transaction: String? = nil
    ) {
        self.date = date
        self.feeType = feeType
        self.paymentType = paymentType
        self.currency = currency
        self.amount = amount
        self.institution = institution
        self.patron = patron
        self.terminalPassword = terminalPassword
        self.patronPassword = patronPassword
        self.fee = fee
        self.transaction = transaction
    }
}

extension FeePaidRequest {
    /// Fixed part: date 18, fee type 2, payment type 2, currency 3. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        date = try reader.date("date")
        feeType = try reader.text(2, "fee type")
        paymentType = try reader.text(2, "payment type")
        currency = try reader.text(3, "currency")
        amount = reader.requiredConfidential(.feeAmount)
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        terminalPassword = reader.confidential(.terminalPassword)
        patronPassword = reader.confidential(.patronPassword)
        fee = reader.confidential(.feeIdentifier)
        transaction = reader.field(.transaction)
    }

    package func write(to writer: inout ContentWriter) {
        writer.date(date)
        writer.text(feeType, 2)
        writer.text(paymentType, 2)
        writer.text(currency, 3)
        writer.field(.feeAmount, amount)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.patronPassword, patronPassword)
        writer.field(.feeIdentifier, fee)
        writer.field(.transaction, transaction)
    }
}

/// 38: whether the payment was taken down.
package struct FeePaidResponse: SIP2Content {
    package static let code = MessageCode.feePaidResponse

    /// Fixed part, first place: whether the payment was taken down.
    package var isAccepted: Bool
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Field AA: the number of the patron's card; empty when the system sends none.
    package var patron: Confidential
    /// Field BK: the number of the payment, as the system gives it back; `nil` when it sends none.
    package var transaction: String?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
    package var printLines: [Confidential]

    package init(
        isAccepted: Bool,
        date: SIP2Date,
        institution: String,
        patron: Confidential = .empty,
        transaction: String? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.isAccepted = isAccepted
        self.date = date
        self.institution = institution
        self.patron = patron
        self.transaction = transaction
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension FeePaidResponse {
    /// Fixed part: accepted 1, date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        isAccepted = try reader.yesNo("payment accepted")
        date = try reader.date("date")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        transaction = reader.field(.transaction)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.yesNo(isAccepted)
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.transaction, transaction)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
