package import Wire

/// 11: a patron wants to borrow an item.
package struct CheckoutRequest: SIP2Request {
    package typealias Response = CheckoutResponse
    package static let code = MessageCode.checkout

    /// Whether a loan of the same patron may be renewed instead.
    package var allowsRenewal: Bool
    /// It happened while the system was out of reach and cannot be refused.
    package var noBlock: Bool
    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Given with no block.
    package var dueDate: SIP2Date?
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AB: the item's barcode.
    package var item: String
    /// Field AC: the terminal's own password; sent even when it is empty.
    package var terminalPassword: Confidential
    /// Field CH: free text about the item; `nil` leaves the field out.
    package var itemProperties: String?
    /// Field AD: the patron's PIN; `nil` leaves the field out.
    package var patronPassword: Confidential?
    /// Field BO: whether the patron agrees to pay a fee for it; `nil` leaves the field out.
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

    /// Fixed part: renewal allowed 1, no block 1, date 18, due date 18. Throws when a place holds what it cannot.
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

    /// Fixed part, first place: whether the patron may take the item.
    package var ok: Bool
    /// Y when it was a renewal.
    package var renewalOK: Bool
    /// Fixed part, third place: a tape or another medium that a magnetic desensitiser would spoil; nothing that a radio
    /// tag minds.
    package var isMagnetic: Ternary
    /// The security bit is to be cleared; unknown counts as no.
    package var desensitize: Ternary
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Field AA: the number of the patron's card; empty when the system sends none.
    package var patron: Confidential
    /// Field AB: the item's barcode, as the system gives it back.
    package var item: String
    /// Field AJ: the title, which may tell what somebody reads; empty when the system sends none.
    package var title: Confidential
    /// As the system writes it.
    package var dueDate: String
    /// Field BT: two digits that say what the fee is for; `nil` when the system sends none.
    package var feeType: String?
    /// Y: leave the item armed whatever else is said.
    package var securityInhibit: Bool?
    /// Field BH: the currency of the amount in three letters, e.g. `EUR`.
    package var currency: String?
    /// Field BV: the amount as the system writes it, e.g. `1.50`, in the currency of field BH.
    package var feeAmount: Confidential?
    /// Field CK: three digits, e.g. `001` a book, `006` a CD, `000` other; says nothing of the security bit.
    package var mediaType: String?
    /// Field CH: free text about the item in the system's words; `nil` when it sends none.
    package var itemProperties: String?
    /// Field BK: the number that the system gave the transaction; `nil` when it sends none.
    package var transaction: String?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
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

    /// Fixed part: ok 1, renewal ok 1, magnetic 1, desensitize 1, date 18. Throws when a place holds what it cannot.
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
