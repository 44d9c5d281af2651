package import Library
package import Tags

/// A tag that came into a reader's field, with what could be read of it.
package struct HeardTag: Hashable, Sendable {
    /// As told by the inventory.
    package var uid: TagUID
    /// When the field was asked; reading the tag comes after it.
    package var at: Moment
    /// Counted from 1; `nil` when the device does not tell it.
    package var antenna: Int?
    /// On the device's own scale; `nil` when it does not tell it.
    package var signal: Int?
    /// The application family identifier, when it was asked for and told.
    package var afi: UInt8?
    /// Whether its EAS bit is set; `nil` where that was not asked.
    package var eas: Bool?
    /// What is known of its memory from this look.
    package var content: Content

    /// Whether its memory was read.
    package enum Content: Hashable, Sendable {
        /// It answered the inventory and was not read: its item may be known from earlier readings.
        case unread
        case read(TagMemory, LibraryTag)
        /// It answers the inventory, but reading failed again and again.
        case unreadable(cause: String)
    }

    package init(
        uid: TagUID,
        at: Moment,
        antenna: Int?,
        signal: Int?,
        afi: UInt8? = nil,
        content: Content = .unread
    ) {
        self.uid = uid
        self.at = at
        self.antenna = antenna
        self.signal = signal
        self.afi = afi
        self.content = content
    }
}

extension HeardTag {
    /// Its memory was read in this very look.
    package var isRead: Bool {
        if case .read = content { true } else { false }
    }

    /// A patron card lies in the field: nothing of it is kept or shown.
    package var isPatronCard: Bool {
        guard case .read(_, let tag) = content else { return false }
        return tag.typeOfUsage?.isPatronCard == true
    }
}

/// What one look at a reader's field brought.
package struct StationRound: Hashable, Sendable {
    /// The reader's name in the configuration: `pad-1`.
    package var reader: String
    /// What the reader is there for.
    package var role: StationRole
    /// When the field was asked; reading the tags comes after it.
    package var at: Moment
    /// Tags that were not there at the look before, and those that were there and are read only now, or anew.
    package var arrived: [HeardTag]
    /// Tags that were not heard for as long as it takes to be gone.
    package var left: [TagUID]
    /// Tags heard in this very look.
    package var heard: [TagUID]
    /// Tags that lie there, those missed in this look included.
    package var present: [TagUID]
    /// What the device warned of, such as a detuned antenna.
    package var warnings: [String]
    /// Whether a device that talks unasked said nothing at all: no sign of life.
    package var isSilent: Bool
    /// Whether everybody was asked, and not those with some mark alone.
    package var isForAll: Bool

    package init(
        reader: String,
        role: StationRole,
        at: Moment,
        arrived: [HeardTag],
        left: [TagUID],
        heard: [TagUID],
        present: [TagUID],
        warnings: [String] = [],
        isSilent: Bool = false,
        isForAll: Bool = true
    ) {
        self.reader = reader
        self.role = role
        self.at = at
        self.arrived = arrived
        self.left = left
        self.heard = heard
        self.present = present
        self.warnings = warnings
        self.isSilent = isSilent
        self.isForAll = isForAll
    }
}
