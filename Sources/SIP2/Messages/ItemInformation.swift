package import Wire

/// 17: what the system knows of an item.
package struct ItemInformationRequest: SIP2Request {
    package typealias Response = ItemInformationResponse
    package static let code = MessageCode.itemInformation
    package static let isRepeatable = true

    package var date: SIP2Date
    package var institution: String
    package var item: String
    package var terminalPassword: Confidential

    package init(
        date: SIP2Date,
        institution: String,
        item: String,
        terminalPassword: Confidential = .empty
    ) {
        self.date = date
        self.institution = institution
        self.item = item
        self.terminalPassword = terminalPassword
    }
}

extension ItemInformationRequest {
    package var subject: String? { item }

    package init(reading reader: inout ContentReader) throws(ParseError) {
        date = try reader.date("date")
        institution = reader.required(.institution)
        item = reader.required(.itemIdentifier)
        terminalPassword = reader.requiredConfidential(.terminalPassword)
    }

    package func write(to writer: inout ContentWriter) {
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.itemIdentifier, item)
        writer.field(.terminalPassword, terminalPassword)
    }
}

/// 18: how an item stands.
package struct ItemInformationResponse: SIP2Content {
    package static let code = MessageCode.itemInformationResponse

    package var status: CirculationStatus
    package var marker: SecurityMarker
    /// Two digits.
    package var feeType: String
    package var date: SIP2Date
    package var holdQueueLength: String?
    package var dueDate: String?
    package var recallDate: String?
    package var holdPickupDate: String?
    package var item: String
    package var title: Confidential
    package var owner: String?
    package var currency: String?
    package var feeAmount: String?
    package var mediaType: String?
    package var permanentLocation: String?
    package var currentLocation: String?
    package var itemProperties: String?
    package var destination: String?
    package var callNumber: String?
    package var collection: String?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    package var printLines: [Confidential]

    package init(
        status: CirculationStatus,
        marker: SecurityMarker,
        feeType: String,
        date: SIP2Date,
        holdQueueLength: String? = nil,
        dueDate: String? = nil,
        recallDate: String? = nil,
        holdPickupDate: String? = nil,
        item: String,
        title: Confidential = .empty,
        owner: String? = nil,
        currency: String? = nil,
        feeAmount: String? = nil,
        mediaType: String? = nil,
        permanentLocation: String? = nil,
        currentLocation: String? = nil,
        itemProperties: String? = nil,
        destination: String? = nil,
        callNumber: String? = nil,
        collection: String? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.status = status
        self.marker = marker
        self.feeType = feeType
        self.date = date
        self.holdQueueLength = holdQueueLength
        self.dueDate = dueDate
        self.recallDate = recallDate
        self.holdPickupDate = holdPickupDate
        self.item = item
        self.title = title
        self.owner = owner
        self.currency = currency
        self.feeAmount = feeAmount
        self.mediaType = mediaType
        self.permanentLocation = permanentLocation
        self.currentLocation = currentLocation
        self.itemProperties = itemProperties
        self.destination = destination
        self.callNumber = callNumber
        self.collection = collection
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension ItemInformationResponse {
    package var subject: String? { item }

    package init(reading reader: inout ContentReader) throws(ParseError) {
        status = CirculationStatus(number: try reader.number(2, "circulation status"))
        marker = SecurityMarker(number: try reader.number(2, "security marker"))
        feeType = try reader.text(2, "fee type")
        date = try reader.date("date")
        holdQueueLength = reader.field(.holdQueueLength)
        dueDate = reader.field(.dueDate)
        recallDate = reader.field(.recallDate)
        holdPickupDate = reader.field(.holdPickupDate)
        item = reader.required(.itemIdentifier)
        title = reader.requiredConfidential(.titleIdentifier)
        owner = reader.field(.owner)
        currency = reader.field(.currency)
        feeAmount = reader.field(.feeAmount)
        mediaType = reader.field(.mediaType)
        permanentLocation = reader.field(.permanentLocation)
        currentLocation = reader.field(.currentLocation)
        itemProperties = reader.field(.itemProperties)
        destination = reader.field(.destination)
        callNumber = reader.field(.callNumber)
        collection = reader.field(.collection)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.number(status.rawValue, 2)
        writer.number(marker.rawValue, 2)
        writer.text(feeType, 2)
        writer.date(date)
        writer.field(.holdQueueLength, holdQueueLength)
        writer.field(.dueDate, dueDate)
        writer.field(.recallDate, recallDate)
        writer.field(.holdPickupDate, holdPickupDate)
        writer.field(.itemIdentifier, item)
        writer.field(.titleIdentifier, title)
        writer.field(.owner, owner)
        writer.field(.currency, currency)
        writer.field(.feeAmount, feeAmount)
        writer.field(.mediaType, mediaType)
        writer.field(.permanentLocation, permanentLocation)
        writer.field(.currentLocation, currentLocation)
        writer.field(.itemProperties, itemProperties)
        writer.field(.destination, destination)
        writer.field(.callNumber, callNumber)
        writer.field(.collection, collection)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
