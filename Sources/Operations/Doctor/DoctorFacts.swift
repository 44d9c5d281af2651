package import Library

/// What is known of the service and its surroundings at one moment: everything a diagnosis is made of.
package struct DoctorFacts: Hashable, Sendable {
    /// When they were gathered.
    package var now: Moment
    /// The configured readers and those that were plugged in.
    package var readers: [Reader] = []
    /// The AFI values the site goes by, and those found on its tags.
    package var security: Security
    /// How old the snapshot in use is, and which pulls fail.
    package var holdings: Holdings
    /// Whether the machine's time can be believed.
    package var clock = Clock()
    /// `nil` where the file system does not tell its size.
    package var disk: Disk?
    /// Why the database does not answer; `nil` when it does. What would be read from it is not known then.
    package var databaseTrouble: String?
    /// What of the database or the holdings was found torn when their pages were looked at; `nil` while nothing was.
    package var databaseDamage: StoreTrouble?
    /// `nil` where none is set up.
    package var librarySystem: LibrarySystem?
    /// Where the page and the interface cannot listen.
    package var closedLines: [ClosedLine] = []
    /// Of the programs on staff workstations, one for each dialect, with the ports they could not have.
    package var doors: [WorkstationDoor] = []
    /// The proxies that no kiosk can call.
    package var closedProxies: [ClosedProxy] = []
    /// The proxies that could not call the library system for their last kiosk; the place is the kiosk's.
    package var cutProxies: [ClosedProxy] = []
    /// Of all gates, those that go on now.
    package var gateTroubles: [GateTrouble] = []
    /// Changes of security that were begun and whose end is not known.
    package var openChanges = 0
    /// Tags that are known to say the wrong thing.
    package var divergences = 0
    /// Notices that wait for a channel that does not take them, by channel.
    package var waitingNotices: [String: Int] = [:]

    package init(now: Moment, security: Security, holdings: Holdings) {
        self.now = now
        self.security = security
        self.holdings = holdings
    }

    /// One reader as it stands.
    package struct Reader: Hashable, Sendable {
        /// The reader's name in the configuration: `pad-1`.
        package var name: String
        /// What the reader is there for.
        package var role: StationRole
        /// `serial /dev/ttyUSB0`.
        package var place: String
        /// `nil` while the reader is online.
        package var trouble: Trouble?
        /// What went over its line since the start.
        package var exchanges = 0
        /// Bytes that came from the reader since the start; some, and no frame among them, speak for a wrong parity or
        /// baud rate.
        package var receivedBytes = 0
        /// `nil` where it is no device file.
        package var device: Device?

        package init(name: String, role: StationRole, place: String) {
            self.name = name
            self.role = role
            self.place = place
        }
    }

    /// Why a reader does not work.
    package struct Trouble: Hashable, Sendable {
        /// What kind of trouble it is, by how the line or the reader answered.
        package enum Kind: Hashable, Sendable {
            /// Nothing was tried to its end yet.
            case connecting
            case absent, denied, busy
            /// It is there and says nothing.
            case silent
            /// What it says makes no sense.
            case garbled
            /// The line broke off.
            case closed
            /// The reader itself refused.
            case refused
            case system
        }

        /// What kind of trouble it is.
        package var kind: Kind
        /// What happened, in one line.
        package var text: String
        /// What the line or the driver advises; `nil` where it has none.
        package var hint: String?

        package init(_ kind: Kind, _ text: String, hint: String? = nil) {
            self.kind = kind
            self.text = text
            self.hint = hint
        }
    }

    /// A device file, as the kernel shows it to this process.
    package struct Device: Hashable, Sendable {
        /// As the site names it: `/dev/ttyUSB0`, or its lasting name under `/dev/serial/by-id`.
        package var path: String
        /// Whether there is a file of this name.
        package var exists: Bool
        /// Whether this process may read and write it; true where there is no such file.
        package var isAllowed: Bool
        /// The group that may use it.
        package var group: String?
        /// Whether this process is in that group.
        package var isInGroup: Bool
        /// Other devices of the same kind that are there.
        package var others: [String]
        /// Whether it is a serial line.
        package var isSerial: Bool

        package init(
            path: String,
            exists: Bool,
            isAllowed: Bool = true,
            group: String? = nil,
            isInGroup: Bool = true,
            others: [String] = [],
            isSerial: Bool = true
        ) {
            self.path = path
            self.exists = exists
            self.isAllowed = isAllowed
            self.group = group
            self.isInGroup = isInGroup
            self.others = others
            self.isSerial = isSerial
        }
    }

    /// The site's AFI pair, and what its tags said when they were read last.
    package struct Security: Hashable, Sendable {
        /// The values that are armed and released here, and whose tags are ours.
        package var policy: SecurityPolicy
        /// Own items' tags by the AFI they said.
        package var tagsByAFI: [UInt8: Int]

        package init(policy: SecurityPolicy, tagsByAFI: [UInt8: Int] = [:]) {
            self.policy = policy
            self.tagsByAFI = tagsByAFI
        }
    }

    /// The snapshot in use and the pulls that feed it.
    package struct Holdings: Hashable, Sendable {
        /// When the snapshot in use was taken in; `nil` where there is none, or the database does not answer.
        package var importedAt: Moment?
        /// Items of the snapshot in use; 0 where there is none.
        package var items: Int
        /// Pulls that failed last, by name, with the cause.
        package var failedPulls: [String: String]

        package init(importedAt: Moment?, items: Int, failedPulls: [String: String] = [:]) {
            self.importedAt = importedAt
            self.items = items
            self.failedPulls = failedPulls
        }
    }

    /// What can be told of the machine's clock.
    package struct Clock: Hashable, Sendable {
        /// Whether the kernel's clock is kept by a time service; `nil` when it does not say.
        package var isSynchronised: Bool?
        /// The latest moment that stands in the database.
        package var latestRecord: Moment?

        package init(isSynchronised: Bool? = nil, latestRecord: Moment? = nil) {
            self.isSynchronised = isSynchronised
            self.latestRecord = latestRecord
        }
    }

    /// The disk with the state folder.
    package struct Disk: Hashable, Sendable {
        /// The state folder's path.
        package var folder: String
        /// Bytes that are free on the disk of the folder.
        package var freeBytes: Int64
        /// Bytes that the disk of the folder has.
        package var totalBytes: Int64
        /// Bytes that the database file takes; 0 when that is not known.
        package var databaseBytes: Int64

        package init(folder: String, freeBytes: Int64, totalBytes: Int64, databaseBytes: Int64) {
            self.folder = folder
            self.freeBytes = freeBytes
            self.totalBytes = totalBytes
            self.databaseBytes = databaseBytes
        }
    }

    /// A line of the page and the interface that could not be had.
    package struct ClosedLine: Hashable, Sendable {
        /// `http 127.0.0.1:7878`.
        package var place: String
        /// Why it does not listen there.
        package var cause: String
        /// What to do about that.
        package var hint: String

        package init(place: String, cause: String, hint: String) {
            self.place = place
            self.cause = cause
            self.hint = hint
        }
    }

    /// A proxy that does not serve: its port could not be taken, or its library system not be called.
    package struct ClosedProxy: Hashable, Sendable {
        /// Its name in the configuration: `kiosk-1`.
        package var name: String
        /// Where kiosks would call it: `192.168.1.4:6001`.
        package var place: String
        /// Why it does not.
        package var cause: String
        /// What to do about that; `nil` where the system has no advice.
        package var hint: String?

        package init(name: String, place: String, cause: String, hint: String? = nil) {
            self.name = name
            self.place = place
            self.cause = cause
            self.hint = hint
        }
    }

    /// How the library system stands over SIP2.
    package struct LibrarySystem: Hashable, Sendable {
        /// Whether it is there; `unknown` until it was asked once.
        package enum State: Hashable, Sendable {
            case unknown, online
            case away(CirculationError.Kind, text: String, hint: String?)
        }

        /// Where it is called, for people: `ils.example.org:6001`.
        package var place: String
        /// As its last answer or silence says.
        package var state: State
        /// What it says it does not allow, in words.
        package var forbids: [String]

        package init(place: String, state: State, forbids: [String] = []) {
            self.place = place
            self.state = state
            self.forbids = forbids
        }
    }
}
