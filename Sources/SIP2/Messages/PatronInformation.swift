package import Wire

/// 63: what the system knows of a patron, with at most one list of items.
package struct PatronInformationRequest: SIP2Request {
    package typealias Response = PatronInformationResponse
    package static let code = MessageCode.patronInformation
    package static let isRepeatable = true

    package var language: String
    package var date: SIP2Date
    /// The list that is wanted.
    package var summary: PatronSummary?
    package var institution: String
    package var patron: Confidential
    package var terminalPassword: Confidential?
    package var patronPassword: Confidential?
    /// Counted from 1.
    package var startItem: String?
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

    package var status: PatronStatus
    package var language: String
    package var date: SIP2Date
    package var holdCount: Int?
    package var overdueCount: Int?
    package var chargedCount: Int?
    package var fineCount: Int?
    package var recallCount: Int?
    package var unavailableHoldCount: Int?
    package var institution: String
    package var patron: Confidential
    package var name: Confidential
    package var holdLimit: String?
    package var overdueLimit: String?
    package var chargedLimit: String?
    package var isValid: Bool?
    package var isPasswordValid: Bool?
    package var currency: String?
    package var feeAmount: Confidential?
    package var feeLimit: Confidential?
    package var holdItems: [Confidential]
    package var overdueItems: [Confidential]
    package var chargedItems: [Confidential]
    package var fineItems: [Confidential]
    package var recallItems: [Confidential]
    package var unavailableHoldItems: [Confidential]
    package var homeAddress: Confidential?
    package var email: Confidential?
    package var phone: Confidential?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
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
