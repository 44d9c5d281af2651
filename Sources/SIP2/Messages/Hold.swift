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

    package var mode: HoldMode
    package var date: SIP2Date
    package var expiration: String?
    package var pickupLocation: String?
    package var holdType: String?
    package var institution: String
    package var patron: Confidential
    package var patronPassword: Confidential?
    package var item: String?
    package var title: Confidential?
    package var terminalPassword: Confidential
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
    package init(reading reader: inout ContentReader) throws(ParseError) {
        mode = HoldMode(rawValue: try reader.text(1, "hold mode")) ?? .add
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

    package var ok: Bool
    package var isAvailable: Bool
    package var date: SIP2Date
    package var expiration: String?
    package var queuePosition: String?
    package var pickupLocation: String?
    package var institution: String
    package var patron: Confidential
    package var item: String?
    package var title: Confidential?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
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
