package import Wire

/// 99: the terminal says how it is and asks what the system can do.
package struct TerminalStatus: SIP2Request {
    package typealias Response = SystemStatus
    package static let code = MessageCode.terminalStatus
    package static let isRepeatable = true

    package enum Condition: String, Hashable, Sendable, CaseIterable {
        case ready = "0"
        case outOfPaper = "1"
        case shuttingDown = "2"
    }

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

    package var isOnline: Bool
    package var allowsCheckin: Bool
    package var allowsCheckout: Bool
    package var allowsRenewal: Bool
    package var allowsStatusUpdate: Bool
    /// Whether loans may be made while it is out of reach and told afterwards.
    package var allowsOffline: Bool
    /// How long to wait for an answer, in tenths of a second; `nil` or 999 says nothing.
    package var timeout: Int?
    /// How often to send again; `nil` or 999 says nothing.
    package var retries: Int?
    package var date: SIP2Date
    package var version: String
    package var institution: String
    package var libraryName: String?
    package var supported: SupportedMessages?
    package var terminalLocation: String?
    package var screenMessages: [Confidential]
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
