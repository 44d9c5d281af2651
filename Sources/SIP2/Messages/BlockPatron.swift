package import Wire

/// 01: a card was left or kept at the terminal and shall not be used. Answered with a 24.
package struct BlockPatronRequest: SIP2Request {
    package typealias Response = PatronStatusResponse
    package static let code = MessageCode.blockPatron

    package var isCardRetained: Bool
    package var date: SIP2Date
    package var institution: String
    package var message: Confidential
    package var patron: Confidential
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
