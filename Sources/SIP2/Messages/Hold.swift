package import Wire

/// What becomes of a hold.
package enum HoldMode: String, Hashable, Sendable, CaseIterable {
    case add = "+"
    case delete = "-"
    case change = "*"
}

/// 15: a patron wants to reserve an item, or no longer.
package struct HoldRequest: SIP2Request {
    package typealias Response = HoldResponse
    package static let code = MessageCode.hold

    /// Fixed part, first place; a message with any other sign is refused, or a damaged delete would place a hold.
    package var mode: HoldMode
    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Field BW: the day on which the hold ends by itself; `nil` leaves that to the system.
    package var expiration: String?
    /// Field BS: the branch at which the patron picks the item up; `nil` leaves that to the system.
    package var pickupLocation: String?
    /// Field BY, one digit: whether any copy will do or this one is wanted; `nil` leaves the field out.
    package var holdType: String?
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AD: the patron's PIN; `nil` leaves the field out.
    package var patronPassword: Confidential?
    /// Field AB: the barcode of the copy; `nil` when it is the title that is wanted.
    package var item: String?
    /// Field AJ: the title, when no copy is named; `nil` leaves the field out.
    package var title: Confidential?
    /// Field AC: the terminal's own password; sent even when it is empty.
    package var terminalPassword: Confidential
    /// Field BO: whether the patron agrees to pay a fee for it; `nil` leaves the field out.
    package var feeAcknowledged: Bool?

    package init(
        mode: HoldMode,
        date: SIP2Date,
        expiration: String? = nil,
        pickupLocation: String? = nil,
        holdType: String? = nil,
        institution: String,
        patron: Confidential = .empty,
        patronPassword: Confidential? = nil,
        item: String? = nil,
        title: Confidential? = nil,
        terminalPassword: Confidential = .empty,
        feeAcknowledged: Bool? = nil
    ) {
        self.mode = mode
        self.date = date
        self.expiration = expiration
        self.pickupLocation = pickupLocation
        self.holdType = holdType
        self.institution = institution
        self.patron = patron
        self.patronPassword = patronPassword
        self.item = item
        self.title = title
        self.terminalPassword = terminalPassword
        self.feeAcknowledged = feeAcknowledged
    }
}

extension HoldRequest {
    /// Fixed part: mode 1, date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        mode = try reader.holdMode("hold mode")
        date = try reader.date("date")
        expiration = reader.field(.expiration)
        pickupLocation = reader.field(.pickupLocation)
        holdType = reader.field(.holdType)
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        patronPassword = reader.confidential(.patronPassword)
        item = reader.field(.itemIdentifier)
        title = reader.confidential(.titleIdentifier)
        terminalPassword = reader.requiredConfidential(.terminalPassword)
        feeAcknowledged = reader.flag(.feeAcknowledged)
    }

    package func write(to writer: inout ContentWriter) {
        writer.text(mode.rawValue, 1)
        writer.date(date)
        writer.field(.expiration, expiration)
        writer.field(.pickupLocation, pickupLocation)
        writer.field(.holdType, holdType)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.patronPassword, patronPassword)
        writer.field(.itemIdentifier, item)
        writer.field(.titleIdentifier, title)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.feeAcknowledged, feeAcknowledged)
    }
}

/// 16: whether the hold was placed.
package struct HoldResponse: SIP2Content {
    package static let code = MessageCode.holdResponse

    /// Fixed part, first place: whether the hold was placed, changed or deleted as asked.
    package var ok: Bool
    /// Fixed part, second place: the item is free just now and nobody has to wait for it.
    package var isAvailable: Bool
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field BW: the day on which the hold ends by itself, as the system writes it.
    package var expiration: String?
    /// Field BR: the patron's place among those who wait, as the system writes it.
    package var queuePosition: String?
    /// Field BS: the branch at which the item will wait; `nil` when the system does not say.
    package var pickupLocation: String?
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Field AA: the number of the patron's card; empty when the system sends none.
    package var patron: Confidential
    /// Field AB: the barcode of the copy; `nil` when the system sends none.
    package var item: String?
    /// Field AJ: the title, which may tell what somebody reads; `nil` when the system sends none.
    package var title: Confidential?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
    package var printLines: [Confidential]

    package init(
        ok: Bool,
        isAvailable: Bool,
        date: SIP2Date,
        expiration: String? = nil,
        queuePosition: String? = nil,
        pickupLocation: String? = nil,
        institution: String,
        patron: Confidential = .empty,
        item: String? = nil,
        title: Confidential? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.ok = ok
        self.isAvailable = isAvailable
        self.date = date
        self.expiration = expiration
        self.queuePosition = queuePosition
        self.pickupLocation = pickupLocation
        self.institution = institution
        self.patron = patron
        self.item = item
        self.title = title
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension HoldResponse {
    /// Fixed part: ok 1, available 1, date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        ok = try reader.ok("ok")
        isAvailable = try reader.yesNo("available")
        date = try reader.date("date")
        expiration = reader.field(.expiration)
        queuePosition = reader.field(.queuePosition)
        pickupLocation = reader.field(.pickupLocation)
        institution = reader.required(.institution)
        patron = reader.requiredConfidential(.patronIdentifier)
        item = reader.field(.itemIdentifier)
        title = reader.confidential(.titleIdentifier)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.ok(ok)
        writer.yesNo(isAvailable)
        writer.date(date)
        writer.field(.expiration, expiration)
        writer.field(.queuePosition, queuePosition)
        writer.field(.pickupLocation, pickupLocation)
        writer.field(.institution, institution)
        writer.field(.patronIdentifier, patron)
        writer.field(.itemIdentifier, item)
        writer.field(.titleIdentifier, title)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
