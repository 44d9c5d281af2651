package import FoundationEssentials

/// How the daemon and everything attached to it stand: `GET /v1/status`.
package struct Status: Codable, Hashable, Sendable {
    package var version: String
    /// What the library is called.
    package var library: String
    package var startedAt: Date
    /// Whether readers and tags are simulated.
    package var simulated: Bool
    package var store: StoreStatus
    package var readers: [ReaderStatus]
    package var ils: ILSStatus
    package var gate: GateStatus
    package var sweep: SweepSummary?
    /// Security changes that were begun and whose end is not known.
    package var openSecurityChanges: Int
    /// Tags that are known to say the wrong thing.
    package var wrongSecurityBits: Int
    /// The configuration file; `nil` in a simulated branch.
    package var configuration: ConfigurationStatus?

    package init(
        version: String,
        library: String,
        startedAt: Date,
        simulated: Bool,
        store: StoreStatus,
        readers: [ReaderStatus],
        ils: ILSStatus,
        gate: GateStatus,
        sweep: SweepSummary?,
        openSecurityChanges: Int,
        wrongSecurityBits: Int,
        configuration: ConfigurationStatus? = nil
    ) {
        self.version = version
        self.library = library
        self.startedAt = startedAt
        self.simulated = simulated
        self.store = store
        self.readers = readers
        self.ils = ils
        self.gate = gate
        self.sweep = sweep
        self.openSecurityChanges = openSecurityChanges
        self.wrongSecurityBits = wrongSecurityBits
        self.configuration = configuration
    }
}

/// By which configuration the daemon works, and what of a changed one it could not take.
package struct ConfigurationStatus: Codable, Hashable, Sendable {
    package var file: String
    /// When the configuration in force was read.
    package var readAt: Date
    /// Settings of the file that take effect at the next start, as they stand there: `[http] port`, `[[reader]]`.
    package var waitsForRestart: [String]
    /// Mistakes for which the file, as it is now, was not taken.
    package var refused: [String]

    package init(file: String, readAt: Date, waitsForRestart: [String], refused: [String]) {
        self.file = file
        self.readAt = readAt
        self.waitsForRestart = waitsForRestart
        self.refused = refused
    }
}

/// The database and the holdings snapshot in it.
package struct StoreStatus: Codable, Hashable, Sendable {
    package var path: String
    package var snapshot: SnapshotSummary?

    package init(path: String, snapshot: SnapshotSummary?) {
        self.path = path
        self.snapshot = snapshot
    }
}

/// One reader: what it is, how it is reached, how it stands.
package struct ReaderStatus: Codable, Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        case connecting, online, offline
    }

    package var name: String
    /// `pad`, `wand` or `gate`.
    package var role: String
    package var driver: String
    package var model: String?
    package var firmware: String?
    /// `serial /dev/ttyUSB0`, `tcp 192.0.2.7:10001`.
    package var link: String
    package var state: State
    /// Why it is not online.
    package var cause: String?
    package var hint: String?
    /// When the device answered last.
    package var lastSeen: Date?
    package var tagsPresent: Int
    /// What the device can do beyond finding and asking tags, by name; `nil` while it is not online.
    package var abilities: [String]?

    package init(
        name: String,
        role: String,
        driver: String,
        model: String?,
        firmware: String?,
        link: String,
        state: State,
        cause: String?,
        hint: String?,
        lastSeen: Date?,
        tagsPresent: Int,
        abilities: [String]? = nil
    ) {
        self.name = name
        self.role = role
        self.driver = driver
        self.model = model
        self.firmware = firmware
        self.link = link
        self.state = state
        self.cause = cause
        self.hint = hint
        self.lastSeen = lastSeen
        self.tagsPresent = tagsPresent
        self.abilities = abilities
    }
}

/// The link to the library system.
package struct ILSStatus: Codable, Hashable, Sendable {
    /// `not configured`, `online`, `offline`.
    package var state: String
    package var detail: String

    package init(state: String, detail: String) {
        self.state = state
        self.detail = detail
    }
}

/// How the gates stand.
package struct GateStatus: Codable, Hashable, Sendable {
    /// Alarms since midnight UTC.
    package var alarmsToday: Int
    package var lastAlarm: Alarm?

    package init(alarmsToday: Int, lastAlarm: Alarm?) {
        self.alarmsToday = alarmsToday
        self.lastAlarm = lastAlarm
    }
}
