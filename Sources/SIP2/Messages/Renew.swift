package import Wire

/// 29: a patron wants to keep an item longer.
package struct RenewRequest: SIP2Request {
    package typealias Response = RenewResponse
    package static let code = MessageCode.renew

    /// Fixed part, first place: somebody other than the borrower may ask for the renewal.
    package var allowsThirdParty: Bool
    /// Fixed part, second place: it happened while the system was out of reach and cannot be refused.
    package var noBlock: Bool
    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Fixed part, 18 places: given with no block; `nil` leaves the places blank.
    package var dueDate: SIP2Date?
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AD: the patron's PIN; `nil` leaves the field out.
    package var patronPassword: Confidential?
    /// Field AB: the item's barcode; `nil` leaves the field out.
    package var item: String?
    /// Field AJ: the title, for a request that names no item; `nil` leaves the field out.
    package var title: Confidential?
    /// Field AC: the terminal's own password; sent even when it is empty.
    package var terminalPassword: Confidential
    /// Field CH: free text about the item; `nil` leaves the field out.
    package var itemProperties: String?
    /// Field BO: whether the patron agrees to pay a fee for it; `nil` leaves the field out.
    package var feeAcknowledged: Bool?

    package init(
        allowsThirdParty: Bool,
        noBlock: Bool,
        date: SIP2Date,
        dueDate: SIP2Date? = nil,
        institution: String,
        patron: Confidential = .empty,
        patronPassword: Confidential? = nil,
        item: String? = nil,
        title: Confidential? = nil,
        terminalPassword: Confidential = .empty,
        itemProperties: String? = nil,
        feeAcknowledged: Bool? = nil
    ) {
        self.allowsThirdParty = allowsThirdParty
        self.noBlock = noBlock
        self.date = date
        self.dueDate = dueDate
        self.institution = institution
        self.patron = patron
        self.patronPassword = patronPassword
        self.item = item
        self.title = title
        self.terminalPassword = terminalPassword
        self.itemProperties = itemProperties
        self.feeAcknowledged = feeAcknowledged
    }
}

extension RenewRequest {
    package var subject: String? { item }

    /// Fixed part: third party 1, no block 1, date 18, due date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        allowsThirdParty = try reader.yesNo("third party")
        noBlock = try reader.yesNo("no block")
        date = try reader.date("date")
        dueDate = try reader.optionalDate("due date of no block")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        patronPassword = reader.confidential(.patronPassword)
        item = reader.field(.itemIdentifier)
        title = reader.confidential(.titleIdentifier)
        terminalPassword = reader.requiredConfidential(.terminalPassword)
        itemProperties = reader.field(.itemProperties)
        feeAcknowledged = reader.flag(.feeAcknowledged)
    }

    package func write(to writer: inout ContentWriter) {
        writer.yesNo(allowsThirdParty)
        writer.yesNo(noBlock)
        writer.date(date)
        writer.date(dueDate)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.patronPassword, patronPassword)
        writer.field(.itemIdentifier, item)
        writer.field(.titleIdentifier, title)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.itemProperties, itemProperties)
        writer.field(.feeAcknowledged, feeAcknowledged)
    }
}

/// 30: whether the loan was renewed; laid out like the answer to a check-out.
package struct RenewResponse: SIP2Content {
    package static let code = MessageCode.renewResponse

    /// Fixed part, first place: whether the patron may keep the item.
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

extension RenewResponse {
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
