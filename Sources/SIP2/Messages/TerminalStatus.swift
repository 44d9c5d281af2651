package import Wire

/// 99: the terminal says how it is and asks what the system can do.
package struct TerminalStatus: SIP2Request {
    package typealias Response = SystemStatus
    package static let code = MessageCode.terminalStatus
    package static let isRepeatable = true

    /// How the terminal is; the digit is what stands in the message.
    package enum Condition: String, Hashable, Sendable, CaseIterable {
        case ready = "0"
        case outOfPaper = "1"
        case shuttingDown = "2"
    }

    /// Fixed part, first place; an unknown digit is read as ready.
    package var condition: Condition
    /// Characters that its printer has on a line; three digits.
    package var printWidth: Int
    /// `2.00`.
    package var version: String

    package init(condition: Condition = .ready, printWidth: Int = 80, version: String = "2.00") {
        self.condition = condition
        self.printWidth = printWidth
        self.version = version
    }
}

extension TerminalStatus {
    /// Fixed part: status 1, print width 3, version 4. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        condition = Condition(rawValue: try reader.text(1, "status")) ?? .ready
        printWidth = try reader.number(3, "print width") ?? 0
        version = try reader.text(4, "protocol version")
    }

    package func write(to writer: inout ContentWriter) {
        writer.text(condition.rawValue, 1)
        writer.number(printWidth, 3)
        writer.text(version, 4)
    }
}

/// 98: what the system can do, how long to wait for it and how often to ask again.
package struct SystemStatus: SIP2Content {
    package static let code = MessageCode.systemStatus

    /// Fixed part, first place: whether the system can work at all just now.
    package var isOnline: Bool
    /// Fixed part, second place: whether this terminal may take items back.
    package var allowsCheckin: Bool
    /// Fixed part, third place: whether this terminal may lend items.
    package var allowsCheckout: Bool
    /// Fixed part, fourth place: whether this terminal may renew loans.
    package var allowsRenewal: Bool
    /// Fixed part, fifth place: whether the system lets this terminal change a patron's status.
    package var allowsStatusUpdate: Bool
    /// Whether loans may be made while it is out of reach and told afterwards.
    package var allowsOffline: Bool
    /// How long to wait for an answer, in tenths of a second; `nil`, 0 or 999 says nothing.
    package var timeout: Int?
    /// How often to send again; `nil` or 999 says nothing.
    package var retries: Int?
    /// Fixed part, 18 places: the library system's time of the answer.
    package var date: SIP2Date
    /// Fixed part, four places: the protocol's version, `2.00`.
    package var version: String
    /// Field AO: the library, as the system names it; empty when it sends none.
    package var institution: String
    /// Field AM: the library's name in words; `nil` when the system sends none.
    package var libraryName: String?
    /// Field BX: the messages that the system understands; `nil` when it does not say.
    package var supported: SupportedMessages?
    /// Field AN: where the system believes the terminal stands; `nil` when it does not say.
    package var terminalLocation: String?
    /// Field AF, one line each: text for the screen; may name a person.
    package var screenMessages: [Confidential]
    /// Field AG, one line each: text for the receipt printer; may name a person.
    package var printLines: [Confidential]

    package init(
        isOnline: Bool,
        allowsCheckin: Bool,
        allowsCheckout: Bool,
        allowsRenewal: Bool,
        allowsStatusUpdate: Bool,
        allowsOffline: Bool,
        timeout: Int?,
        retries: Int?,
        date: SIP2Date,
        version: String = "2.00",
        institution: String,
        libraryName: String? = nil,
        supported: SupportedMessages? = nil,
        terminalLocation: String? = nil,
        screenMessages: [Confidential] = [],
        printLines: [Confidential] = []
    ) {
        self.isOnline = isOnline
        self.allowsCheckin = allowsCheckin
        self.allowsCheckout = allowsCheckout
        self.allowsRenewal = allowsRenewal
        self.allowsStatusUpdate = allowsStatusUpdate
        self.allowsOffline = allowsOffline
        self.timeout = timeout
        self.retries = retries
        self.date = date
        self.version = version
        self.institution = institution
        self.libraryName = libraryName
        self.supported = supported
        self.terminalLocation = terminalLocation
        self.screenMessages = screenMessages
        self.printLines = printLines
    }
}

extension SystemStatus {
    /// Fixed part: six flags of 1, timeout 3, retries 3, date 18, version 4. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        isOnline = try reader.yesNo("online")
        allowsCheckin = try reader.yesNo("check-in ok")
        allowsCheckout = try reader.yesNo("check-out ok")
        allowsRenewal = try reader.yesNo("renewal ok")
        allowsStatusUpdate = try reader.yesNo("status update ok")
        allowsOffline = try reader.yesNo("offline ok")
        timeout = try reader.number(3, "timeout")
        retries = try reader.number(3, "retries")
        date = try reader.date("date")
        version = try reader.text(4, "protocol version")
        institution = reader.required(.institution)
        libraryName = reader.field(.libraryName)
        supported = reader.field(.supportedMessages).map(SupportedMessages.init)
        terminalLocation = reader.field(.terminalLocation)
        screenMessages = reader.all(.screenMessage)
        printLines = reader.all(.printLine)
    }

    package func write(to writer: inout ContentWriter) {
        writer.yesNo(isOnline)
        writer.yesNo(allowsCheckin)
        writer.yesNo(allowsCheckout)
        writer.yesNo(allowsRenewal)
        writer.yesNo(allowsStatusUpdate)
        writer.yesNo(allowsOffline)
        writer.number(timeout, 3)
        writer.number(retries, 3)
        writer.date(date)
        writer.text(version, 4)
        writer.field(.institution, institution)
        writer.field(.libraryName, libraryName)
        writer.field(.supportedMessages, supported?.text)
        writer.field(.terminalLocation, terminalLocation)
        writer.field(.screenMessage, screenMessages)
        writer.field(.printLine, printLines)
    }
}
