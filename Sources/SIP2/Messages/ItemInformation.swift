package import Wire

/// 17: what the system knows of an item.
package struct ItemInformationRequest: SIP2Request {
    package typealias Response = ItemInformationResponse
    package static let code = MessageCode.itemInformation
    package static let isRepeatable = true

    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AB: the item's barcode.
    package var item: String
    /// Field AC: the terminal's own password; sent even when it is empty.
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

    /// Fixed part: date 18. Throws when a place holds what it cannot.
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

    /// Fixed part, two digits; a number that the standard does not know is ``CirculationStatus/other``.
    package var status: CirculationStatus
    /// Fixed part, two digits: the magnetic strip in the item; has no value for a radio tag.
    package var marker: SecurityMarker
    /// Two digits.
    package var feeType: String
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field CF: how many patrons wait for the item, as the system writes it.
    package var holdQueueLength: String?
    /// Field AH: when the loan ends, a date of 18 places or the system's own words; `nil` when it sends none.
    package var dueDate: String?
    /// Field CJ: when the item was called back; `nil` when the system sends none.
    package var recallDate: String?
    /// Field CM: until when the item waits on the hold shelf; `nil` when the system sends none.
    package var holdPickupDate: String?
    /// Field AB: the item's barcode, as the system gives it back.
    package var item: String
    /// Field AJ: the title, which may tell what somebody reads; empty when the system sends none.
    package var title: Confidential
    /// Field BG: the library that owns the item; `nil` when the system sends none.
    package var owner: String?
    /// Field BH: the currency of ``feeAmount`` in three letters, e.g. `EUR`.
    package var currency: String?
    /// Field BV: what borrowing the item costs, as the system writes it, e.g. `1.50`.
    package var feeAmount: String?
    /// Field CK: three digits, e.g. `001` a book, `006` a CD, `000` other; says nothing of the security bit.
    package var mediaType: String?
    /// Field AQ: the branch or shelf the item belongs to; `nil` when the system sends none.
    package var permanentLocation: String?
    /// Field AP: where the item is at this moment; `nil` when the system sends none.
    package var currentLocation: String?
    /// Field CH: free text about the item in the system's words; `nil` when it sends none.
    package var itemProperties: String?
    /// Field CT, not in the standard: the branch it goes to; `nil` when the system sends none.
    package var destination: String?
    /// Field CS, not in the standard: the call number on the spine; `nil` when the system sends none.
    package var callNumber: String?
    /// Field CR, not in the standard: the collection the item belongs to; `nil` when the system sends none.
    package var collection: String?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
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

    /// Fixed part: status 2, security marker 2, fee type 2, date 18. Throws when a place holds what it cannot.
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
