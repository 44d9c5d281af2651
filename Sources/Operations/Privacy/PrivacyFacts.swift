package import Library
package import Tags

/// What a site's configuration means for people's privacy: the ground of its dossier.
package struct PrivacyFacts: Hashable, Sendable {
    /// A reader and what it radiates.
    package struct Device: Hashable, Sendable {
        /// The reader's name in the configuration: `pad-1`.
        package var name: String
        /// What the reader is there for.
        package var role: StationRole
        /// The driver's name: `feig`.
        package var driver: String
        /// Where it is, in words: `serial /dev/ttyUSB0`.
        package var place: String
        /// As the site states it; `nil` where it does not.
        package var milliwatts: Int?

        package init(name: String, role: StationRole, driver: String, place: String, milliwatts: Int?) {
            self.name = name
            self.role = role
            self.driver = driver
            self.place = place
            self.milliwatts = milliwatts
        }
    }

    /// A way by which something leaves this machine.
    package struct Recipient: Hashable, Sendable {
        /// Who gets it, in words: `desk: mail to staff@example.org`.
        package var name: String
        /// What it gets, in words.
        package var what: String

        package init(name: String, what: String) {
            self.name = name
            self.what = what
        }
    }

    /// As the site calls itself.
    package var library: String
    /// ISILs of the own library (ISO 15511); empty where none is set.
    package var institutions: [String]
    /// Every configured reader.
    package var devices: [Device]
    /// AFI of an item in the library.
    package var armed: UInt8
    /// AFI of an item on loan.
    package var released: UInt8
    /// Whether a gate goes by the AFI, the EAS bit, or both.
    package var mechanism: SecurityMechanism
    /// What is written on tags beside the item's number.
    package var elements: [DataElement]
    /// How long alarms, passages and reads of gates are kept.
    package var gateDays: Int
    /// Snapshots of the holdings that are kept, the current one included.
    package var snapshots: Int
    /// Where page and interface are served.
    package var address: String
    /// Whether ``address`` can be called from this machine alone.
    package var isLoopback: Bool
    /// Host and port over SIP2; `nil` where none is set up.
    package var librarySystem: String?
    /// Ports at which kiosks' conversations with the library system pass through here, for people:
    /// `kiosk-1 at 192.168.1.4:6001`; empty where none do.
    package var kiosks: [String]
    /// Channels of notices, and pages that may ask what lies on a pad.
    package var recipients: [Recipient]
    /// Whether a workstation's page may be told the number on a patron card.
    package var showsCards: Bool

    package init(
        library: String,
        institutions: [String] = [],
        devices: [Device] = [],
        armed: UInt8 = 0x07,
        released: UInt8 = 0xC2,
        mechanism: SecurityMechanism = .afi,
        elements: [DataElement] = [],
        gateDays: Int = 30,
        snapshots: Int = 3,
        address: String = "127.0.0.1:7878",
        isLoopback: Bool = true,
        librarySystem: String? = nil,
        kiosks: [String] = [],
        recipients: [Recipient] = [],
        showsCards: Bool = false
    ) {
        self.library = library
        self.institutions = institutions
        self.devices = devices
        self.armed = armed
        self.released = released
        self.mechanism = mechanism
        self.elements = elements
        self.gateDays = gateDays
        self.snapshots = snapshots
        self.address = address
        self.isLoopback = isLoopback
        self.librarySystem = librarySystem
        self.kiosks = kiosks
        self.recipients = recipients
        self.showsCards = showsCards
    }
}
