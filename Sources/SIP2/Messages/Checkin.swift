package import Wire

/// 09: an item has come back.
package struct CheckinRequest: SIP2Request {
    package typealias Response = CheckinResponse
    package static let code = MessageCode.checkin

    /// It happened while the system was out of reach and cannot be refused.
    package var noBlock: Bool
    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Fixed part, 18 places: when the item came back, which lies before ``date`` for a return told later.
    package var returnDate: SIP2Date
    /// The branch at which it came back; several systems look at nothing else.
    package var currentLocation: String
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AB: the item's barcode.
    package var item: String
    /// Field AC: the terminal's own password; sent even when it is empty.
    package var terminalPassword: Confidential
    /// Field CH: free text about the item; `nil` leaves the field out.
    package var itemProperties: String?
    /// Takes a loan or a return back; rarely honoured.
    package var cancel: Bool?

    package init(
        noBlock: Bool,
        date: SIP2Date,
        returnDate: SIP2Date,
        currentLocation: String,
        institution: String,
        item: String,
        terminalPassword: Confidential = .empty,
        itemProperties: String? = nil,
        cancel: Bool? = nil
    ) {
        self.noBlock = noBlock
        self.date = date
        self.returnDate = returnDate
        self.currentLocation = currentLocation
        self.institution = institution
        self.item = item
        self.terminalPassword = terminalPassword
        self.itemProperties = itemProperties
        self.cancel = cancel
    }
}

extension CheckinRequest {
    package var subject: String? { item }

    /// Fixed part: no block 1, date 18, return date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        noBlock = try reader.yesNo("no block")
        date = try reader.date("date")
        returnDate = try reader.date("return date")
        currentLocation = reader.required(.currentLocation)
        institution = reader.required(.institution)
        item = reader.required(.itemIdentifier)
        terminalPassword = reader.requiredConfidential(.terminalPassword)
        itemProperties = reader.field(.itemProperties)
        cancel = reader.flag(.cancel)
    }

    package func write(to writer: inout ContentWriter) {
        writer.yesNo(noBlock)
        writer.date(date)
        writer.date(returnDate)
        writer.field(.currentLocation, currentLocation)
        writer.field(.institution, institution)
        writer.field(.itemIdentifier, item)
        writer.field(.terminalPassword, terminalPassword)
        writer.field(.itemProperties, itemProperties)
        writer.field(.cancel, cancel)
    }
}

/// 10: whether it counts as returned, and what is to be done with it.
///
/// Look at `ok` first: some systems ask for the security bit even when they refuse the return (ils §2.1).
package struct CheckinResponse: SIP2Content {
    package static let code = MessageCode.checkinResponse

    /// Fixed part, first place: whether the item counts as returned.
    package var ok: Bool
    /// The security bit is to be set.
    package var resensitize: Ternary
    /// Fixed part, third place: a tape or another medium that a magnetic desensitiser would spoil; nothing that a radio
    /// tag minds.
    package var isMagnetic: Ternary
    /// Somebody should look: a hold, a transfer.
    package var alert: Bool
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Field AB: the item's barcode, as the system gives it back.
    package var item: String
    /// Field AQ: the branch or shelf the item belongs to; empty when the system sends none.
    package var permanentLocation: String
    /// Field AJ: the title, which may tell what somebody reads; `nil` when the system sends none.
    package var title: Confidential?
    /// Field CL: the bin of a sorting machine, as the system numbers them; `nil` when it sends none.
    package var sortBin: String?
    /// Field AA: the card of the patron who had the item; `nil` when the system sends none.
    package var patron: Confidential?
    /// Field CK: three digits, e.g. `001` a book, `006` a CD, `000` other; says nothing of the security bit.
    package var mediaType: String?
    /// Field CH: free text about the item in the system's words; `nil` when it sends none.
    package var itemProperties: String?
    /// Y: leave the item armed whatever else is said.
    package var securityInhibit: Bool?
    /// Field CR, not in the standard: the collection the item belongs to; `nil` when the system sends none.
    package var collection: String?
    /// Field CS, not in the standard: the call number on the spine; `nil` when the system sends none.
    package var callNumber: String?
    /// The branch it goes to.
    package var destination: String?
    /// 00 unknown, 01 hold here, 02 hold elsewhere, 03 from elsewhere, 04 goes to another branch, 99 other.
    package var alertType: String?
    /// Field CY, not in the standard: the card of the patron who waits for the item. Not for a log.
    package var holdPatron: Confidential?
    /// Field DA, not in the standard: the name of the patron who waits for the item. Not for a log.
    package var holdPatronName: Confidential?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
    package var printLines: [Confidential]

    package init(
        ok: Bool,
        resensitize: Ternary,
        isMagnetic: Ternary,
        alert: Bool,
        date: SIP2Date,
        institution: String,
        item: String,
        permanentLocation: String,
        title: Confidential? = nil,
        sortBin: String? = nil,
        patron: Confidential? = nil,
        mediaType: String? = nil,
        itemProperties: String? = nil,
        securityInhibit: Bool? = nil,
        collection: String? = nil,
        callNumber: String? = nil,
        destination: String? = nil,
        alertType: String? = nil,
        holdPatron: Confidential? = nil,
        holdPatronName: Confidential? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.ok = ok
        self.resensitize = resensitize
        self.isMagnetic = isMagnetic
        self.alert = alert
        self.date = date
        self.institution = institution
        self.item = item
        self.permanentLocation = permanentLocation
        self.title = title
        self.sortBin = sortBin
        self.patron = patron
        self.mediaType = mediaType
        self.itemProperties = itemProperties
        self.securityInhibit = securityInhibit
        self.collection = collection
        self.callNumber = callNumber
        self.destination = destination
        self.alertType = alertType
        self.holdPatron = holdPatron
        self.holdPatronName = holdPatronName
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension CheckinResponse {
    package var subject: String? { item }

    /// Fixed part: ok 1, resensitize 1, magnetic 1, alert 1, date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        ok = try reader.ok("ok")
        resensitize = try reader.ternary("resensitize")
        isMagnetic = try reader.ternary("magnetic media")
        alert = try reader.yesNo("alert")
        date = try reader.date("date")
        institution = reader.required(.institution)
        item = reader.required(.itemIdentifier)
        permanentLocation = reader.required(.permanentLocation)
        title = reader.confidential(.titleIdentifier)
        sortBin = reader.field(.sortBin)
        patron = reader.confidential(.patronIdentifier)
        mediaType = reader.field(.mediaType)
        itemProperties = reader.field(.itemProperties)
        securityInhibit = reader.flag(.securityInhibit)
        collection = reader.field(.collection)
        callNumber = reader.field(.callNumber)
        destination = reader.field(.destination)
        alertType = reader.field(.alertType)
        holdPatron = reader.confidential(.holdPatron)
        holdPatronName = reader.confidential(.holdPatronName)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.ok(ok)
        writer.ternary(resensitize)
        writer.ternary(isMagnetic)
        writer.yesNo(alert)
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.itemIdentifier, item)
        writer.field(.permanentLocation, permanentLocation)
        writer.field(.titleIdentifier, title)
        writer.field(.sortBin, sortBin)
        writer.field(.patronIdentifier, patron)
        writer.field(.mediaType, mediaType)
        writer.field(.itemProperties, itemProperties)
        writer.field(.securityInhibit, securityInhibit)
        writer.field(.collection, collection)
        writer.field(.callNumber, callNumber)
        writer.field(.destination, destination)
        writer.field(.alertType, alertType)
        writer.field(.holdPatron, holdPatron)
        writer.field(.holdPatronName, holdPatronName)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
