package import FoundationEssentials

/// How the daemon and everything attached to it stand: `GET /v1/status`.
package struct Status: Codable, Hashable, Sendable {
    /// Of the daemon: `0.1.0`.
    package var version: String
    /// What the library is called.
    package var library: String
    /// When the daemon was started.
    package var startedAt: Date
    /// Whether readers and tags are simulated.
    package var simulated: Bool
    /// The database, and the holdings in it.
    package var store: StoreStatus
    /// Every reader, gates included, and those that were plugged in and stand in no configuration.
    package var readers: [ReaderStatus]
    /// The library system in a word; `GET /v1/ils` tells more.
    package var ils: ILSStatus
    /// The gates' alarms in a word; `GET /v1/gate` tells more.
    package var gate: GateStatus
    /// The sweep that was started last of those that go on, else the latest one; `nil` before the first.
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
    /// Its path on the daemon's machine.
    package var file: String
    /// When the configuration in force was read.
    package var readAt: Date
    /// Settings of the file that take effect at the next start, as they stand there: `[http] port`, `[[reader]] gate-1`.
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
    /// Of the database file on the daemon's machine.
    package var path: String
    /// The holdings in use; `nil` before the first import.
    package var snapshot: SnapshotSummary?
    /// What was found torn in it; `nil` unless a look through its pages has found something.
    package var damage: String?
    /// What to do about the damage; `nil` where there is none.
    package var hint: String?

    package init(path: String, snapshot: SnapshotSummary?, damage: String? = nil, hint: String? = nil) {
        self.path = path
        self.snapshot = snapshot
        self.damage = damage
        self.hint = hint
    }
}

/// One reader: what it is, how it is reached, how it stands.
package struct ReaderStatus: Codable, Hashable, Sendable {
    /// Whether the reader answers; an offline one is tried again every few seconds.
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        case connecting, online, offline
    }

    /// Its name in the configuration: `pad-1`.
    package var name: String
    /// `pad`, `wand` or `gate`.
    package var role: String
    /// `feig`, `metratec`, `3m`, …
    package var driver: String
    /// As the device tells it; `nil` while it is not online.
    package var model: String?
    /// As the device tells it; `nil` while it is not online.
    package var firmware: String?
    /// `serial /dev/ttyUSB0`, `tcp 192.0.2.7:10001`.
    package var link: String
    /// `connecting` until it was tried once.
    package var state: State
    /// Why it is not online.
    package var cause: String?
    /// What to do about that; `nil` unless it is offline.
    package var hint: String?
    /// When the device answered last.
    package var lastSeen: Date?
    /// Tags that lie there, or were heard there a moment ago; 0 while it is not online.
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
    /// Its address, and why it does not answer; where none is set up, what loans are known from.
    package var detail: String

    package init(state: String, detail: String) {
        self.state = state
        self.detail = detail
    }
}

/// How the gates stand.
package struct GateStatus: Codable, Hashable, Sendable {
    /// Alarms since midnight by the clock of the daemon's machine.
    package var alarmsToday: Int
    /// Of all gates; `nil` when none is on record.
    package var lastAlarm: Alarm?
    /// The midnight from which on alarms are counted.
    package var dayBegan: Date?
    /// The midnight at which counting begins anew.
    package var dayEnds: Date?

    package init(alarmsToday: Int, lastAlarm: Alarm?, dayBegan: Date? = nil, dayEnds: Date? = nil) {
        self.alarmsToday = alarmsToday
        self.lastAlarm = lastAlarm
        self.dayBegan = dayBegan
        self.dayEnds = dayEnds
    }
}
