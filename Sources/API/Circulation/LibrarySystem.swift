package import FoundationEssentials

/// How the library system and the way to it stand: `GET /v1/ils`. Nothing in it is about a patron.
package struct LibrarySystemStatus: Codable, Hashable, Sendable {
    /// Whether it answered when it was asked last.
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        case unasked, online, away
    }

    /// What it said of itself when it was asked last.
    package struct Word: Codable, Hashable, Sendable {
        /// SIP2 field AM: what the library calls itself; `nil` when it does not say.
        package var library: String?
        /// SIP2 field AO: its code for the institution.
        package var institution: String
        /// Whether items may be given back over this connection.
        package var checkin: Bool
        /// Whether items may be lent over this connection; a kiosk is not ready without it.
        package var checkout: Bool
        /// Whether loans may be renewed over this connection.
        package var renewal: Bool
        /// Whether anything may go on while it is away.
        package var offline: Bool
        /// Seconds it asks to be waited for; `nil` when it does not say.
        package var timeout: Double?
        /// How often a message may be sent again; `nil` when it does not say.
        package var retries: Int?
        /// Of SIP2, as the system writes it: `2.00`.
        package var version: String

        package init(
            library: String?,
            institution: String,
            checkin: Bool,
            checkout: Bool,
            renewal: Bool,
            offline: Bool,
            timeout: Double?,
            retries: Int?,
            version: String
        ) {
            self.library = library
            self.institution = institution
            self.checkin = checkin
            self.checkout = checkout
            self.renewal = renewal
            self.offline = offline
            self.timeout = timeout
            self.retries = retries
            self.version = version
        }
    }

    /// `ils.example.org:6001`; `nil` when none is set up.
    package var place: String?
    /// `Koha`.
    package var system: String?
    /// `unasked` until it was asked the first time, and when none is set up.
    package var state: State
    /// Since when it is so; `nil` before the first question.
    package var since: Date?
    /// Why it is away; `nil` unless it is.
    package var cause: String?
    /// What to do about that; `nil` unless it is away.
    package var hint: String?
    /// `nil` unless it is online.
    package var word: Word?
    /// Of the text that goes over the connection: `utf-8`, `iso-8859-1`, `cp850`; `nil` when none is set up.
    package var encoding: String?
    /// Whether messages bear a sequence number and a checksum (SIP2 fields AY and AZ); `nil` when none is set up.
    package var errorDetection: Bool?
    /// Connections that are open now; 0 when none is set up.
    package var openConnections: Int
    /// Connections that may be open at once, by the configuration; 0 when none is set up.
    package var connections: Int
    /// Returns that it was not told of yet.
    package var waitingReturns: Int
    /// Returns that it did not take.
    package var conflicts: Int
    /// What is known of this kind of system.
    package var notes: [String]
    /// The ports that kiosks call; empty where there is none.
    package var proxies: [ProxyStatus]

    package init(
        place: String?,
        system: String?,
        state: State,
        since: Date?,
        cause: String?,
        hint: String?,
        word: Word?,
        encoding: String?,
        errorDetection: Bool?,
        openConnections: Int,
        connections: Int,
        waitingReturns: Int,
        conflicts: Int,
        notes: [String],
        proxies: [ProxyStatus]
    ) {
        self.place = place
        self.system = system
        self.state = state
        self.since = since
        self.cause = cause
        self.hint = hint
        self.word = word
        self.encoding = encoding
        self.errorDetection = errorDetection
        self.openConnections = openConnections
        self.connections = connections
        self.waitingReturns = waitingReturns
        self.conflicts = conflicts
        self.notes = notes
        self.proxies = proxies
    }
}

/// A port that kiosks take for the library system. What is counted is so since the daemon started, but for the kiosks,
/// which are those of this moment.
package struct ProxyStatus: Codable, Hashable, Sendable {
    /// Its name in the configuration: `kiosk-1`.
    package var name: String
    /// Where kiosks call it: `192.168.1.4:6001`.
    package var address: String
    /// Name of the pad beside the kiosk, whose tags follow the answers.
    package var reader: String
    /// Kiosks that are connected now.
    package var kiosks: Int
    /// Answers to check-outs, check-ins and renewals that passed.
    package var answers: Int
    /// Items whose tags were changed as the answer wanted.
    package var changed: Int
    /// Items whose tags could not be changed as the answer wanted.
    package var failed: Int
    /// The last of them by its barcode, with the reason; `nil` while there was none.
    package var lastFailure: String?
    /// Why no kiosk can call it now; `nil` while it has its port.
    package var trouble: String?
    /// What to do about that, where it is known.
    package var hint: String?
    /// Why the library system could not be called for the last kiosk; `nil` while it can.
    package var systemTrouble: String?
    /// What to do about that, where it is known.
    package var systemHint: String?

    package init(
        name: String,
        address: String,
        reader: String,
        kiosks: Int,
        answers: Int,
        changed: Int,
        failed: Int,
        lastFailure: String?,
        trouble: String? = nil,
        hint: String? = nil,
        systemTrouble: String? = nil,
        systemHint: String? = nil
    ) {
        self.name = name
        self.address = address
        self.reader = reader
        self.kiosks = kiosks
        self.answers = answers
        self.changed = changed
        self.failed = failed
        self.lastFailure = lastFailure
        self.trouble = trouble
        self.hint = hint
        self.systemTrouble = systemTrouble
        self.systemHint = systemHint
    }
}

/// What the library system knows of an item at this moment: `GET /v1/ils/items/{barcode}`.
package struct LibrarySystemItem: Codable, Hashable, Sendable {
    /// As it was asked for.
    package var barcode: String
    /// `on loan`.
    package var status: String
    /// SIP2 field AJ; empty when the system sends none.
    package var title: String
    /// SIP2 field CS, an extension; `nil` when the system does not send it.
    package var callNumber: String?
    /// SIP2 field AQ: where the item belongs.
    package var permanentLocation: String?
    /// SIP2 field AP: where the item is.
    package var currentLocation: String?
    /// SIP2 field CT, an extension: where the item is to go; `nil` when the system does not send it.
    package var destination: String?
    /// As the system writes it.
    package var due: String?

    package init(
        barcode: String,
        status: String,
        title: String,
        callNumber: String?,
        permanentLocation: String?,
        currentLocation: String?,
        destination: String?,
        due: String?
    ) {
        self.barcode = barcode
        self.status = status
        self.title = title
        self.callNumber = callNumber
        self.permanentLocation = permanentLocation
        self.currentLocation = currentLocation
        self.destination = destination
        self.due = due
    }
}

/// A line that went to or came from the library system, without anything of a patron: `GET /v1/ils/trace`.
package struct LibrarySystemLine: Codable, Hashable, Sendable {
    /// When it was sent or came.
    package var at: Date
    /// Whether we sent it.
    package var isSent: Bool
    /// The message as SIP2 has it, what is a patron's left out.
    package var text: String

    package init(at: Date, isSent: Bool, text: String) {
        self.at = at
        self.isSent = isSent
        self.text = text
    }
}

/// A return that the library system does not know of: `GET /v1/ils/returns`.
package struct WaitingReturn: Codable, Hashable, Sendable {
    /// Its number, by which `POST /v1/ils/returns/{id}/settled` takes it off the list.
    package var id: Int64
    /// Of the item that was given back.
    package var barcode: String
    /// When it was given back here.
    package var at: Date
    /// Why it was not taken; `nil` while it was not told.
    package var conflict: String?

    package init(id: Int64, barcode: String, at: Date, conflict: String?) {
        self.id = id
        self.barcode = barcode
        self.at = at
        self.conflict = conflict
    }
}

/// That the library system is there again, or is not.
package struct LibrarySystemNote: Codable, Hashable, Sendable {
    /// Whether it answers now.
    package var online: Bool

    package init(online: Bool) {
        self.online = online
    }
}
