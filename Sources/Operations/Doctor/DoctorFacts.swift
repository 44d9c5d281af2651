package import Library

/// What is known of the service and its surroundings at one moment: everything a diagnosis is made of.
package struct DoctorFacts: Hashable, Sendable {
    package var now: Moment
    package var readers: [Reader] = []
    package var security: Security
    package var holdings: Holdings
    package var clock = Clock()
    package var disk: Disk?
    package var librarySystem: LibrarySystem?
    package var doors: [WorkstationDoor] = []
    /// Addresses that the service was to listen on and could not have.
    package var busyPorts: [BusyPort] = []
    package var gateTroubles: [GateTrouble] = []
    package var openChanges = 0
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
        package var name: String
        package var role: StationRole
        /// `serial /dev/ttyUSB0`.
        package var place: String
        package var trouble: Trouble?
        /// What went over its line since the start.
        package var exchanges = 0
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

        package var kind: Kind
        package var text: String
        package var hint: String?

        package init(_ kind: Kind, _ text: String, hint: String? = nil) {
            self.kind = kind
            self.text = text
            self.hint = hint
        }
    }

    /// A device file, as the kernel shows it to this process.
    package struct Device: Hashable, Sendable {
        package var path: String
        package var exists: Bool
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
        package var policy: SecurityPolicy
        /// Own items' tags by the AFI they said.
        package var tagsByAFI: [UInt8: Int]

        package init(policy: SecurityPolicy, tagsByAFI: [UInt8: Int] = [:]) {
            self.policy = policy
            self.tagsByAFI = tagsByAFI
        }
    }

    package struct Holdings: Hashable, Sendable {
        package var importedAt: Moment?
        package var items: Int
        /// Pulls that failed last, by name, with the cause.
        package var failedPulls: [String: String]

        package init(importedAt: Moment?, items: Int, failedPulls: [String: String] = [:]) {
            self.importedAt = importedAt
            self.items = items
            self.failedPulls = failedPulls
        }
    }

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
        package var folder: String
        package var freeBytes: Int64
        package var totalBytes: Int64
        package var databaseBytes: Int64
        /// Why the database does not answer; `nil` when it does.
        package var trouble: String?

        package init(folder: String, freeBytes: Int64, totalBytes: Int64, databaseBytes: Int64, trouble: String? = nil)
        {
            self.folder = folder
            self.freeBytes = freeBytes
            self.totalBytes = totalBytes
            self.databaseBytes = databaseBytes
            self.trouble = trouble
        }
    }

    package struct LibrarySystem: Hashable, Sendable {
        package enum State: Hashable, Sendable {
            case unknown, online
            case away(CirculationError.Kind, text: String, hint: String?)
        }

        package var place: String
        package var state: State
        /// What it says it does not allow, in words.
        package var forbids: [String]

        package init(place: String, state: State, forbids: [String] = []) {
            self.place = place
            self.state = state
            self.forbids = forbids
        }
    }

    package struct BusyPort: Hashable, Sendable {
        /// What was to listen there: `dialect bibliotheca`, `proxy kiosk-1`.
        package var owner: String
        package var address: String
        package var cause: String

        package init(owner: String, address: String, cause: String) {
            self.owner = owner
            self.address = address
            self.cause = cause
        }
    }
}
