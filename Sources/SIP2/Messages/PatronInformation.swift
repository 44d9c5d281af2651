package import Wire

/// 63: what the system knows of a patron, with at most one list of items.
package struct PatronInformationRequest: SIP2Request {
    package typealias Response = PatronInformationResponse
    package static let code = MessageCode.patronInformation
    package static let isRepeatable = true

    /// Fixed part, three digits: the language in which the system shall answer; 000 says nothing.
    package var language: String
    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// The list that is wanted.
    package var summary: PatronSummary?
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AC: the terminal's own password; `nil` leaves the field out.
    package var terminalPassword: Confidential?
    /// Field AD: the patron's PIN; `nil` leaves the field out.
    package var patronPassword: Confidential?
    /// Counted from 1.
    package var startItem: String?
    /// Field BQ: the last entry of the list that is wanted, counted from 1; `nil` leaves that to the system.
    package var endItem: String?

    package init(
        language: String,
        date: SIP2Date,
        summary: PatronSummary?,
        institution: String,
        patron: Confidential = .empty,
        terminalPassword: Confidential? = nil,
        patronPassword: Confidential? = nil,
        startItem: String? = nil,
        endItem: String? = nil
    ) {
        self.language = language
        self.date = date
        self.summary = summary
        self.institution = institution
        self.patron = patron
        self.terminalPassword = terminalPassword
        self.patronPassword = patronPassword
        self.startItem = startItem
        self.endItem = endItem
    }
}

extension PatronInformationRequest {
    /// Fixed part: language 3, date 18, summary 10. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        language = try reader.text(3, "language")
        date = try reader.date("date")
        summary = PatronSummary(places: try reader.text(10, "summary"))
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        terminalPassword = reader.confidential(.terminalPassword)
        patronPassword = reader.confidential(.patronPassword)
        startItem = reader.field(.startItem)
        endItem = reader.field(.endItem)
    }

    package func write(to writer: inout ContentWriter) {
        writer.text(language, 3)
        writer.date(date)
        writer.text(PatronSummary.places(summary), 10)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.patronPassword, patronPassword)
        writer.field(.startItem, startItem)
        writer.field(.endItem, endItem)
    }
}

/// 64: all of it is about a patron, none of it is for a log.
package struct PatronInformationResponse: SIP2Content {
    package static let code = MessageCode.patronInformationResponse

    /// Fixed part, 14 places: what the patron may not do.
    package var status: PatronStatus
    /// Fixed part, three digits: the language of the patron; 000 says nothing.
    package var language: String
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Fixed part, four digits: items on hold for the patron; `nil` when the places hold no number.
    package var holdCount: Int?
    /// Fixed part, four digits: items kept too long; `nil` when the places hold no number.
    package var overdueCount: Int?
    /// Fixed part, four digits: items on loan; `nil` when the places hold no number.
    package var chargedCount: Int?
    /// Fixed part, four digits: items that cost a fine; `nil` when the places hold no number.
    package var fineCount: Int?
    /// Fixed part, four digits: items on loan that are called back; `nil` when the places hold no number.
    package var recallCount: Int?
    /// Fixed part, four digits: holds that cannot be picked up yet; `nil` when the places hold no number.
    package var unavailableHoldCount: Int?
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Field AA: the number of the patron's card; empty when the system sends none.
    package var patron: Confidential
    /// Field AE: the patron's name; empty when the system sends none.
    package var name: Confidential
    /// Field BZ: how many holds the patron may have, as the system writes it.
    package var holdLimit: String?
    /// Field CA: how many overdue items the patron may have, as the system writes it.
    package var overdueLimit: String?
    /// Field CB: how many items the patron may have on loan, as the system writes it.
    package var chargedLimit: String?
    /// Field BL: whether the system knows this card as valid; `nil` when it does not say.
    package var isValid: Bool?
    /// Field CQ: whether the PIN was right; `nil` when the system does not say.
    package var isPasswordValid: Bool?
    /// Field BH: the currency of the amount in three letters, e.g. `EUR`.
    package var currency: String?
    /// Field BV: what the patron owes, as the system writes it, in the currency of field BH.
    package var feeAmount: Confidential?
    /// Field CC: how much the patron may owe and still borrow, as the system writes it.
    package var feeLimit: Confidential?
    /// Field AS, one item each: what is on hold for the patron; empty unless this list was asked for.
    package var holdItems: [Confidential]
    /// Field AT, one item each: what is overdue; empty unless this list was asked for.
    package var overdueItems: [Confidential]
    /// Field AU, one item each: what is on loan; empty unless this list was asked for.
    package var chargedItems: [Confidential]
    /// Field AV, one item each: what costs a fine; empty unless this list was asked for.
    package var fineItems: [Confidential]
    /// Field BU, one item each: what is called back; empty unless this list was asked for.
    package var recallItems: [Confidential]
    /// Field CD, one item each: holds that cannot be picked up yet; empty unless this list was asked for.
    package var unavailableHoldItems: [Confidential]
    /// Field BD: the patron's address in one line; `nil` when the system sends none.
    package var homeAddress: Confidential?
    /// Field BE: the patron's mail address; `nil` when the system sends none.
    package var email: Confidential?
    /// Field BF: the patron's telephone at home; `nil` when the system sends none.
    package var phone: Confidential?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
    package var printLines: [Confidential]

    package init(
        status: PatronStatus,
        language: String,
        date: SIP2Date,
        holdCount: Int?,
        overdueCount: Int?,
        chargedCount: Int?,
        fineCount: Int?,
        recallCount: Int?,
        unavailableHoldCount: Int?,
        institution: String,
        patron: Confidential = .empty,
        name: Confidential = .empty,
        holdLimit: String? = nil,
        overdueLimit: String? = nil,
        chargedLimit: String? = nil,
        isValid: Bool? = nil,
        isPasswordValid: Bool? = nil,
        currency: String? = nil,
        feeAmount: Confidential? = nil,
        feeLimit: Confidential? = nil,
        holdItems: [Confidential] = [],
        overdueItems: [Confidential] = [],
        chargedItems: [Confidential] = [],
        fineItems: [Confidential] = [],
        recallItems: [Confidential] = [],
        unavailableHoldItems: [Confidential] = [],
        homeAddress: Confidential? = nil,
        email: Confidential? = nil,
        phone: Confidential? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.status = status
        self.language = language
        self.date = date
        self.holdCount = holdCount
        self.overdueCount = overdueCount
        self.chargedCount = chargedCount
        self.fineCount = fineCount
        self.recallCount = recallCount
        self.unavailableHoldCount = unavailableHoldCount
        self.institution = institution
        self.patron = patron
        self.name = name
        self.holdLimit = holdLimit
        self.overdueLimit = overdueLimit
        self.chargedLimit = chargedLimit
        self.isValid = isValid
        self.isPasswordValid = isPasswordValid
        self.currency = currency
        self.feeAmount = feeAmount
        self.feeLimit = feeLimit
        self.holdItems = holdItems
        self.overdueItems = overdueItems
        self.chargedItems = chargedItems
        self.fineItems = fineItems
        self.recallItems = recallItems
        self.unavailableHoldItems = unavailableHoldItems
        self.homeAddress = homeAddress
        self.email = email
        self.phone = phone
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension PatronInformationResponse {
    /// Fixed part: patron status 14, language 3, date 18, six counts of 4. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        status = PatronStatus(try reader.text(14, "patron status"))
        language = try reader.text(3, "language")
        date = try reader.date("date")
        holdCount = try reader.number(4, "hold items count")
        overdueCount = try reader.number(4, "overdue items count")
        chargedCount = try reader.number(4, "charged items count")
        fineCount = try reader.number(4, "fine items count")
        recallCount = try reader.number(4, "recall items count")
        unavailableHoldCount = try reader.number(4, "unavailable holds count")
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        name = reader.requiredConfidential(.personalName)
        holdLimit = reader.field(.holdItemsLimit)
        overdueLimit = reader.field(.overdueItemsLimit)
        chargedLimit = reader.field(.chargedItemsLimit)
        isValid = reader.flag(.validPatron)
        isPasswordValid = reader.flag(.validPatronPassword)
        currency = reader.field(.currency)
        feeAmount = reader.confidential(.feeAmount)
        feeLimit = reader.confidential(.feeLimit)
        holdItems = reader.all(.holdItems)
        overdueItems = reader.all(.overdueItems)
        chargedItems = reader.all(.chargedItems)
        fineItems = reader.all(.fineItems)
        recallItems = reader.all(.recallItems)
        unavailableHoldItems = reader.all(.unavailableHoldItems)
        homeAddress = reader.confidential(.homeAddress)
        email = reader.confidential(.emailAddress)
        phone = reader.confidential(.homePhone)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.text(status.text, 14)
        writer.text(language, 3)
        writer.date(date)
        writer.number(holdCount, 4)
        writer.number(overdueCount, 4)
        writer.number(chargedCount, 4)
        writer.number(fineCount, 4)
        writer.number(recallCount, 4)
        writer.number(unavailableHoldCount, 4)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.personalName, name)
        writer.field(.holdItemsLimit, holdLimit)
        writer.field(.overdueItemsLimit, overdueLimit)
        writer.field(.chargedItemsLimit, chargedLimit)
        writer.field(.validPatron, isValid)
        writer.field(.validPatronPassword, isPasswordValid)
        writer.field(.currency, currency)
        writer.field(.feeAmount, feeAmount)
        writer.field(.feeLimit, feeLimit)
        writer.field(.holdItems, holdItems)
        writer.field(.overdueItems, overdueItems)
        writer.field(.chargedItems, chargedItems)
        writer.field(.fineItems, fineItems)
        writer.field(.recallItems, recallItems)
        writer.field(.unavailableHoldItems, unavailableHoldItems)
        writer.field(.homeAddress, homeAddress)
        writer.field(.emailAddress, email)
        writer.field(.homePhone, phone)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
