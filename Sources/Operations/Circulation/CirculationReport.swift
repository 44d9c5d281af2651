package import Library
package import SIP2

/// How the way to the library system stands.
package struct CirculationReport: Sendable {
    /// Whether the library system is there, as its last answer or silence says.
    package enum State: Hashable, Sendable {
        /// Not asked yet.
        case unknown
        case online(CirculationWord)
        case away(CirculationError)
    }

    /// Where it is called, for people: `ils.example.org:6001`.
    package var place: String
    /// The kind of system, for people, and what is known of it.
    package var system: String
    /// Remarks for whoever sets it up, one each: of this kind of system, and that the way to it is not encrypted.
    package var notes: [String]
    /// Of the letters in messages: `utf-8`, `iso-8859-1` or `cp850`.
    package var encoding: String
    /// Whether messages carry a sequence number and a checksum, SIP2 fields AY and AZ.
    package var hasErrorDetection: Bool
    /// As found by the last question, whoever asked it.
    package var state: State
    /// Since when it is so; `nil` before the first question.
    package var since: Moment?
    /// Connections that are open.
    package var open: Int
    /// Connections that are allowed at once, `connections` under `[ils]`.
    package var connections: Int
}

/// What a library system says of itself.
package struct CirculationWord: Hashable, Sendable {
    /// SIP2 field AM of its answer; `nil` when the system does not give its name.
    package var library: String?
    /// SIP2 field AO of its answer; empty when it leaves the field out.
    package var institution: String
    /// Whether items may be taken back over SIP2.
    package var allowsCheckin: Bool
    /// Whether items may be lent over SIP2.
    package var allowsCheckout: Bool
    /// Whether loans may be renewed over SIP2.
    package var allowsRenewal: Bool
    /// Whether anything may go on while it is out of reach and be told later.
    package var allowsOffline: Bool
    /// How long it asks to be waited for, in tenths of a second; `nil` when it does not say.
    package var timeout: Int?
    /// How often it asks for a message to be sent again when no answer comes; `nil` when it does not say.
    package var retries: Int?
    /// Of the protocol, four characters: `2.00`.
    package var version: String
    /// What cannot be done since the system says that it does not understand a message, one remark each; none where it
    /// says nothing of messages (SIP2 field BX).
    package var lacking: [String]

    /// Takes over what we go by from a message 98: as in ``SIP2Pace``, a timeout of 0 or 999 and 999 retries say
    /// nothing.
    package init(_ status: SystemStatus) {
        library = status.libraryName
        institution = status.institution
        allowsCheckin = status.allowsCheckin
        allowsCheckout = status.allowsCheckout
        allowsRenewal = status.allowsRenewal
        allowsOffline = status.allowsOffline
        timeout = status.timeout.flatMap { (1..<999).contains($0) ? $0 : nil }
        retries = status.retries.flatMap { $0 < 999 ? $0 : nil }
        version = status.version
        lacking = Self.needed.compactMap { (code, loss) -> String? in
            guard let supported = status.supported, !supported.contains(code) else { return nil }
            return "the system says that it does not understand message \(code): \(loss)"
        }
    }

    /// The messages that we send beside login and status, and what is lost without each.
    private static let needed: [(MessageCode, String)] = [
        (.checkin, "nothing can be taken back over it"), (.checkout, "nothing can be lent over it"),
        (.itemInformation, "nobody can ask how an item stands, neither at the gate nor after a lost answer"),
        (.renew, "a loan whose answer was lost stays uncertain"),
        (.patronStatus, "self-checkout cannot greet anybody"),
    ]
}

/// A line that went over the connection, without anything of a patron.
package struct CirculationTraceEntry: Hashable, Sendable {
    /// When it passed.
    package var at: Moment
    /// Whether we sent it.
    package var isSent: Bool
    private let line: TraceLine

    init(at: Moment, direction: SIP2Session.Direction, line: TraceLine) {
        self.at = at
        isSent = direction == .sent
        self.line = line
    }

    /// The line as it may be shown: of fields that could name a patron only letters and length.
    package var text: String { line.text }
}

/// What the library system knows of an item at this moment; who has it is not asked.
package struct CirculationItem: Hashable, Sendable {
    /// In words for a person: `on loan`, `on hold shelf`, `other`.
    package var status: String
    /// SIP2 field AJ; empty when the system tells none.
    package var title: String
    /// SIP2 field CS; `nil` when the system leaves it out, as many do.
    package var callNumber: String?
    /// SIP2 field AQ: where it belongs, as the library system writes it.
    package var permanentLocation: String?
    /// SIP2 field AP: where it is now, as the library system writes it.
    package var currentLocation: String?
    /// SIP2 field CT: the branch it is on its way to; `nil` when it is not, or the system does not say.
    package var destination: String?
    /// As the system writes it.
    package var due: String?

    /// Takes what may be shown from a message 18; messages for the patron's screen are left behind.
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
