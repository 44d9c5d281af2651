package import FoundationEssentials

/// How the library system and the way to it stand: `GET /v1/ils`. Nothing in it is about a patron.
package struct LibrarySystemStatus: Codable, Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        case unasked, online, away
    }

    /// What it said of itself when it was asked last.
    package struct Word: Codable, Hashable, Sendable {
        package var library: String?
        package var institution: String
        package var checkin: Bool
        package var checkout: Bool
        package var renewal: Bool
        /// Whether anything may go on while it is away.
        package var offline: Bool
        /// Seconds it asks to be waited for.
        package var timeout: Double?
        package var retries: Int?
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
    package var state: State
    package var since: Date?
    package var cause: String?
    package var hint: String?
    package var word: Word?
    package var encoding: String?
    package var errorDetection: Bool?
    package var openConnections: Int
    package var connections: Int
    /// Returns that it was not told of yet.
    package var waitingReturns: Int
    /// Returns that it did not take.
    package var conflicts: Int
    /// What is known of this kind of system.
    package var notes: [String]
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

/// A port that kiosks take for the library system; counts since the daemon started.
package struct ProxyStatus: Codable, Hashable, Sendable {
    package var name: String
    package var address: String
    package var reader: String
    package var kiosks: Int
    package var answers: Int
    package var changed: Int
    package var failed: Int
    package var lastFailure: String?

    package init(
        name: String,
        address: String,
        reader: String,
        kiosks: Int,
        answers: Int,
        changed: Int,
        failed: Int,
        lastFailure: String?
    ) {
        self.name = name
        self.address = address
        self.reader = reader
        self.kiosks = kiosks
        self.answers = answers
        self.changed = changed
        self.failed = failed
        self.lastFailure = lastFailure
    }
}

/// What the library system knows of an item at this moment: `GET /v1/ils/items/{barcode}`.
package struct LibrarySystemItem: Codable, Hashable, Sendable {
    package var barcode: String
    /// `on loan`.
    package var status: String
    package var title: String
    package var callNumber: String?
    package var permanentLocation: String?
    package var currentLocation: String?
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
    package var at: Date
    /// Whether we sent it.
    package var isSent: Bool
    package var text: String

    package init(at: Date, isSent: Bool, text: String) {
        self.at = at
        self.isSent = isSent
        self.text = text
    }
}

/// A return that the library system does not know of: `GET /v1/ils/returns`.
package struct WaitingReturn: Codable, Hashable, Sendable {
    package var id: Int64
    package var barcode: String
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
    package var online: Bool

    package init(online: Bool) {
        self.online = online
    }
}
