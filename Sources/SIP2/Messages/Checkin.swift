package import Wire

/// 09: an item has come back.
package struct CheckinRequest: SIP2Request {
    package typealias Response = CheckinResponse
    package static let code = MessageCode.checkin

    /// It happened while the system was out of reach and cannot be refused.
    package var noBlock: Bool
    package var date: SIP2Date
    package var returnDate: SIP2Date
    /// The branch at which it came back; several systems look at nothing else.
    package var currentLocation: String
    package var institution: String
    package var item: String
    package var terminalPassword: Confidential
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
/// Look at `ok` first: some systems ask for the security bit even when they refuse the return (ils.md §2.1).
package struct CheckinResponse: SIP2Content {
    package static let code = MessageCode.checkinResponse

    package var ok: Bool
    /// The security bit is to be set.
    package var resensitize: Ternary
    package var isMagnetic: Ternary
    /// Somebody should look: a hold, a transfer.
    package var alert: Bool
    package var date: SIP2Date
    package var institution: String
    package var item: String
    package var permanentLocation: String
    package var title: Confidential?
    package var sortBin: String?
    package var patron: Confidential?
    package var mediaType: String?
    package var itemProperties: String?
    /// Y: leave the item armed whatever else is said.
    package var securityInhibit: Bool?
    package var collection: String?
    package var callNumber: String?
    /// The branch it goes to.
    package var destination: String?
    /// 00 unknown, 01 hold here, 02 hold elsewhere, 03 from elsewhere, 04 goes to another branch, 99 other.
    package var alertType: String?
    package var holdPatron: Confidential?
    package var holdPatronName: Confidential?
    /// For the patron's screen; may name a person.
    package var screenMessages: [Confidential]
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
