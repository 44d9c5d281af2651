/// Items that somebody looks for: a list that rings while a wand goes by.
package struct SoughtList: Hashable, Sendable, Identifiable {
    package typealias ID = Int64

    package var id: ID
    /// As people call it; no two have the same.
    package var name: String
    package var purpose: Purpose
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
    package var barcode: String
    /// When it was heard first since it is on the list.
    package var foundAt: Moment?
    package var reader: String?

    package init(barcode: String, foundAt: Moment? = nil, reader: String? = nil) {
        self.barcode = barcode
        self.foundAt = foundAt
        self.reader = reader
    }
}

/// Where and when an item was seen in one sweep.
package struct ItemSighting: Hashable, Sendable {
    package var sweep: Sweep.ID
    package var reader: String
    package var first: Moment
    package var last: Moment
    package var sightings: Int

    package init(sweep: Sweep.ID, reader: String, first: Moment, last: Moment, sightings: Int) {
        self.sweep = sweep
        self.reader = reader
        self.first = first
        self.last = last
        self.sightings = sightings
    }
}
