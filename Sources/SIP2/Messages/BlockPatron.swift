package import Wire

/// 01: a card was left or kept at the terminal and shall not be used. Answered with a 24.
package struct BlockPatronRequest: SIP2Request {
    package typealias Response = PatronStatusResponse
    package static let code = MessageCode.blockPatron

    /// Fixed part, first place: the terminal has kept the card.
    package var isCardRetained: Bool
    /// Fixed part, 18 places: the terminal's time of the transaction.
    package var date: SIP2Date
    /// Field AO: the library, as the system's account for the terminal names it.
    package var institution: String
    /// Field AL: why the card is blocked, in words for staff.
    package var message: Confidential
    /// Field AA: the number of the patron's card.
    package var patron: Confidential
    /// Field AC: the terminal's own password; sent even when it is empty.
    package var terminalPassword: Confidential

    package init(
        isCardRetained: Bool,
        date: SIP2Date,
        institution: String,
        message: Confidential = .empty,
        patron: Confidential = .empty,
        terminalPassword: Confidential = .empty
    ) {
        self.isCardRetained = isCardRetained
        self.date = date
        self.institution = institution
        self.message = message
        self.patron = patron
        self.terminalPassword = terminalPassword
    }
}

extension BlockPatronRequest {
    /// Fixed part: card retained 1, date 18. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        isCardRetained = try reader.yesNo("card retained")
        date = try reader.date("date")
        institution = reader.required(.institution)
        message = reader.requiredConfidential(.blockedCardMessage)
        patron = reader.requiredConfidential(.patronIdentifier)
        terminalPassword = reader.requiredConfidential(.terminalPassword)
    }

    package func write(to writer: inout ContentWriter) {
        writer.yesNo(isCardRetained)
        writer.date(date)
        writer.field(.institution, institution)
        writer.field(.blockedCardMessage, message)
        writer.field(.patronIdentifier, patron)
        writer.field(.terminalPassword, terminalPassword)
    }
}
