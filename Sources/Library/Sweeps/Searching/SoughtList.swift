/// Items that somebody looks for: a list that rings while a wand goes by.
package struct SoughtList: Hashable, Sendable, Identifiable {
    /// Counted from 1 and never used again; a list that is replaced gets a new one.
    package typealias ID = Int64

    package var id: ID
    /// As people call it; no two have the same.
    package var name: String
    /// What its items are wanted for; each purpose has a tone of its own.
    package var purpose: Purpose
    /// When it was made, or replaced by a new one of its name.
    package var createdAt: Moment

    package init(id: ID, name: String, purpose: Purpose, createdAt: Moment) {
        self.id = id
        self.name = name
        self.purpose = purpose
        self.createdAt = createdAt
    }

    /// What the items are wanted for; each rings with a tone of its own.
    package enum Purpose: String, Hashable, Sendable, CaseIterable {
        case holds, weeding, missing, find

        /// Hertz and number of beeps: holds are high, weeding is low, and nobody has to look to tell them apart.
        package var tone: (hertz: Int, beeps: Int) {
            switch self {
            case .holds: (1319, 2)
            case .weeding: (392, 1)
            case .missing: (880, 3)
            case .find: (659, 2)
            }
        }
    }
}

/// An item of a list, and whether it was come by.
package struct SoughtItem: Hashable, Sendable {
    /// As it was put on the list.
    package var barcode: String
    /// When it was heard first since it is on the list.
    package var foundAt: Moment?
    /// Name of the reader that heard it then; `nil` as long as ``foundAt`` is.
    package var reader: String?

    package init(barcode: String, foundAt: Moment? = nil, reader: String? = nil) {
        self.barcode = barcode
        self.foundAt = foundAt
        self.reader = reader
    }
}

/// Where and when an item was seen in one sweep.
package struct ItemSighting: Hashable, Sendable {
    /// The sweep in which it was seen.
    package var sweep: Sweep.ID
    /// The reader's name in the configuration: `wand-1`.
    package var reader: String
    /// When this reader saw it first in the sweep.
    package var first: Moment
    /// When this reader saw it last in the sweep.
    package var last: Moment
    /// How often this reader saw it in the sweep.
    package var sightings: Int

    package init(sweep: Sweep.ID, reader: String, first: Moment, last: Moment, sightings: Int) {
        self.sweep = sweep
        self.reader = reader
        self.first = first
        self.last = last
        self.sightings = sightings
    }
}
