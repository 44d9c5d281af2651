package import Wire

/// 11: a patron wants to borrow an item.
package struct CheckoutRequest: SIP2Request {
    package typealias Response = CheckoutResponse
    package static let code = MessageCode.checkout

    /// Whether a loan of the same patron may be renewed instead.
    package var allowsRenewal: Bool
    /// It happened while the system was out of reach and cannot be refused.
    package var noBlock: Bool
    package var date: SIP2Date
    /// Given with no block.
    package var dueDate: SIP2Date?
    package var institution: String
    package var patron: Confidential
    package var item: String
    package var terminalPassword: Confidential
    package var itemProperties: String?
    package var patronPassword: Confidential?
    package var feeAcknowledged: Bool?
    /// Takes a loan or a return back; rarely honoured.
    package var cancel: Bool?

    package init(
        allowsRenewal: Bool,
        noBlock: Bool,
        date: SIP2Date,
        dueDate: SIP2Date? = nil,
        institution: String,
        patron: Confidential = .empty,
        item: String,
        terminalPassword: Confidential = .empty,
        itemProperties: String? = nil,
        patronPassword: Confidential? = nil,
        feeAcknowledged: Bool? = nil,
        cancel: Bool? = nil
    ) {
        self.allowsRenewal = allowsRenewal
        self.noBlock = noBlock
        self.date = date
        self.dueDate = dueDate
        self.institution = institution
        self.patron = patron
        self.item = item
        self.terminalPassword = terminalPassword
        self.itemProperties = itemProperties
        self.patronPassword = patronPassword
        self.feeAcknowledged = feeAcknowledged
        self.cancel = cancel
    }
}

extension CheckoutRequest {
    package var subject: String? { item }

    package init(reading reader: inout ContentReader) throws(ParseError) {
        allowsRenewal = try reader.yesNo("renewal policy")
        noBlock = try reader.yesNo("no block")
        date = try reader.date("date")
        dueDate = try reader.optionalDate("due date of no block")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        item = reader.required(.itemIdentifier)
        terminalPassword = reader.requiredConfidential(.terminalPassword)
        itemProperties = reader.field(.itemProperties)
        patronPassword = reader.confidential(.patronPassword)
        feeAcknowledged = reader.flag(.feeAcknowledged)
        cancel = reader.flag(.cancel)
    }

    package func write(to writer: inout ContentWriter) {
        writer.yesNo(allowsRenewal)
        writer.yesNo(noBlock)
        writer.date(date)
        writer.date(dueDate)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.itemIdentifier, item)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.itemProperties, itemProperties)
        writer.field(.patronPassword, patronPassword)
        writer.field(.feeAcknowledged, feeAcknowledged)
        writer.field(.cancel, cancel)
    }
}

/// 12: whether the loan was made. Look at `ok` first: nothing else counts when it is no.
package struct CheckoutResponse: SIP2Content {
    package static let code = MessageCode.checkoutResponse

    package var ok: Bool
    /// Y when it was a renewal.
    package var renewalOK: Bool
    package var isMagnetic: Ternary
    /// The security bit is to be cleared; unknown counts as no.
    package var desensitize: Ternary
    package var date: SIP2Date
    package var institution: String
    package var patron: Confidential
    package var item: String
    package var title: Confidential
    /// As the system writes it.
    package var dueDate: String
    package var feeType: String?
    /// Y: leave the item armed whatever else is said.
    package var securityInhibit: Bool?
    package var currency: String?
    package var feeAmount: Confidential?
    package var mediaType: String?
    package var itemProperties: String?
    package var transaction: String?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    package var printLines: [Confidential]

    package init(
        ok: Bool,
        renewalOK: Bool,
        isMagnetic: Ternary,
        desensitize: Ternary,
        date: SIP2Date,
        institution: String,
        patron: Confidential = .empty,
        item: String,
        title: Confidential = .empty,
        dueDate: String,
        feeType: String? = nil,
        securityInhibit: Bool? = nil,
        currency: String? = nil,
        feeAmount: Confidential? = nil,
        mediaType: String? = nil,
        itemProperties: String? = nil,
        transaction: String? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.ok = ok
        self.renewalOK = renewalOK
        self.isMagnetic = isMagnetic
        self.desensitize = desensitize
        self.date = date
        self.institution = institution
        self.patron = patron
        self.item = item
        self.title = title
        self.dueDate = dueDate
        self.feeType = feeType
        self.securityInhibit = securityInhibit
        self.currency = currency
        self.feeAmount = feeAmount
        self.mediaType = mediaType
        self.itemProperties = itemProperties
        self.transaction = transaction
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension CheckoutResponse {
    package var subject: String? { item }

    package init(reading reader: inout ContentReader) throws(ParseError) {
        ok = try reader.ok("ok")
        renewalOK = try reader.yesNo("renewal ok")
        isMagnetic = try reader.ternary("magnetic media")
        desensitize = try reader.ternary("desensitize")
        date = try reader.date("date")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        item = reader.required(.itemIdentifier)
        title = reader.requiredConfidential(.titleIdentifier)
        dueDate = reader.required(.dueDate)
        feeType = reader.field(.feeType)
        securityInhibit = reader.flag(.securityInhibit)
        currency = reader.field(.currency)
        feeAmount = reader.confidential(.feeAmount)
        mediaType = reader.field(.mediaType)
        itemProperties = reader.field(.itemProperties)
        transaction = reader.field(.transaction)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.ok(ok)
        writer.yesNo(renewalOK)
        writer.ternary(isMagnetic)
        writer.ternary(desensitize)
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.itemIdentifier, item)
        writer.field(.titleIdentifier, title)
        writer.field(.dueDate, dueDate)
        writer.field(.feeType, feeType)
        writer.field(.securityInhibit, securityInhibit)
        writer.field(.currency, currency)
        writer.field(.feeAmount, feeAmount)
        writer.field(.mediaType, mediaType)
        writer.field(.itemProperties, itemProperties)
        writer.field(.transaction, transaction)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
