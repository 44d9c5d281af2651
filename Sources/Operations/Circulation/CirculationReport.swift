package import Library
package import SIP2

/// How the way to the library system stands.
package struct CirculationReport: Sendable {
    package enum State: Hashable, Sendable {
        /// Not asked yet.
        case unknown
        case online(CirculationWord)
        case away(CirculationError)
    }

    package var place: String
    /// The kind of system, for people, and what is known of it.
    package var system: String
    package var notes: [String]
    package var encoding: String
    package var hasErrorDetection: Bool
    package var state: State
    /// Since when it is so; `nil` before the first question.
    package var since: Moment?
    /// Connections that are open.
    package var open: Int
    package var connections: Int
}

/// What a library system says of itself.
package struct CirculationWord: Hashable, Sendable {
    package var library: String?
    package var institution: String
    package var allowsCheckin: Bool
    package var allowsCheckout: Bool
    package var allowsRenewal: Bool
    package var allowsOffline: Bool
    /// How long it asks to be waited for, in tenths of a second.
    package var timeout: Int?
    package var retries: Int?
    package var version: String

    package init(_ status: SystemStatus) {
        library = status.libraryName
        institution = status.institution
        allowsCheckin = status.allowsCheckin
        allowsCheckout = status.allowsCheckout
        allowsRenewal = status.allowsRenewal
        allowsOffline = status.allowsOffline
        timeout = status.timeout
        retries = status.retries
        version = status.version
    }
}

/// A line that went over the connection, without anything of a patron.
package struct CirculationTraceEntry: Hashable, Sendable {
    package var at: Moment
    /// Whether we sent it.
    package var isSent: Bool
    private let line: TraceLine

    init(at: Moment, direction: SIP2Session.Direction, line: TraceLine) {
        self.at = at
        isSent = direction == .sent
        self.line = line
    }

    package var text: String { line.text }
}

/// What the library system knows of an item at this moment; who has it is not asked.
package struct CirculationItem: Hashable, Sendable {
    package var status: String
    package var title: String
    package var callNumber: String?
    package var permanentLocation: String?
    package var currentLocation: String?
    package var destination: String?
    /// As the system writes it.
    package var due: String?

    package init(_ answer: ItemInformationResponse) {
        status = answer.status.text
        title = answer.title.revealed
        callNumber = answer.callNumber
        permanentLocation = answer.permanentLocation
        currentLocation = answer.currentLocation
        destination = answer.destination
        due = answer.dueDate.map { SIP2Date.words(of: $0) }
    }
}
