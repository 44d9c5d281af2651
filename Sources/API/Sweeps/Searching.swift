package import FoundationEssentials

/// A list of items that somebody looks for: `GET /v1/lists`.
package struct ItemList: Codable, Hashable, Sendable {
    /// As people call it, 1 to 100 letters; no two lists have the same.
    package var name: String
    /// `holds`, `weeding`, `missing` or `find`; each rings with a tone of its own.
    package var purpose: String
    /// Items on it, 1 to 100 000.
    package var items: Int
    /// Of these the ones that a wand came by since they are on the list.
    package var found: Int
    /// When it was made, or put in place of one of the same name.
    package var createdAt: Date

    package init(name: String, purpose: String, items: Int, found: Int, createdAt: Date) {
        self.name = name
        self.purpose = purpose
        self.items = items
        self.found = found
        self.createdAt = createdAt
    }
}

/// A new list, or one in place of that of the same name: `POST /v1/lists`.
package struct ItemListRequest: Codable, Hashable, Sendable {
    /// As people call it, 1 to 100 letters.
    package var name: String
    /// `holds`, `weeding`, `missing` or `find`.
    package var purpose: String
    /// 1 to 100 000; empty ones are passed over.
    package var barcodes: [String]

    package init(name: String, purpose: String, barcodes: [String]) {
        self.name = name
        self.purpose = purpose
        self.barcodes = barcodes
    }
}

/// An item of a list: `GET /v1/lists/{name}`.
package struct ItemListEntry: Codable, Hashable, Sendable {
    /// As it was put on the list.
    package var barcode: String
    /// As printed on the spine, by the holdings; `nil` when they do not tell.
    package var callNumber: String?
    /// As the holdings have it; `nil` when they do not know the item or its title.
    package var title: String?
    /// When a wand heard it first since it is on the list; `nil` while none did.
    package var foundAt: Date?
    /// The wand that heard it; `nil` while none did.
    package var reader: String?

    package init(barcode: String, callNumber: String?, title: String?, foundAt: Date?, reader: String?) {
        self.barcode = barcode
        self.callNumber = callNumber
        self.title = title
        self.foundAt = foundAt
        self.reader = reader
    }
}

/// A wand came by an item of a list: the event `sought`.
package struct Sought: Codable, Hashable, Sendable {
    /// Name of the list; an item on several lists comes once for each.
    package var list: String
    /// `holds`, `weeding`, `missing` or `find`.
    package var purpose: String
    /// As it was put on the list.
    package var barcode: String
    /// As printed on the spine, by the holdings; `nil` when they do not tell.
    package var callNumber: String?
    /// As the holdings have it; `nil` when they do not know the item or its title.
    package var title: String?
    /// The wand that heard it.
    package var reader: String
    /// Pitch of the tone for this purpose: 1319 for `holds`, 392 for `weeding`, 880 for `missing`, 659 for `find`.
    package var hertz: Int
    /// How often the tone sounds, 1 to 3.
    package var beeps: Int

    package init(
        list: String,
        purpose: String,
        barcode: String,
        callNumber: String?,
        title: String?,
        reader: String,
        hertz: Int,
        beeps: Int
    ) {
        self.list = list
        self.purpose = purpose
        self.barcode = barcode
        self.callNumber = callNumber
        self.title = title
        self.reader = reader
        self.hertz = hertz
        self.beeps = beeps
    }
}

/// How near an item is that a person is led to: the event `guide`.
package struct Guide: Codable, Hashable, Sendable {
    /// As it was asked for with `POST /v1/find/{barcode}`.
    package var barcode: String
    /// From 0, not heard, to 1.
    package var strength: Double
    /// The wand that is moved.
    package var reader: String

    package init(barcode: String, strength: Double, reader: String) {
        self.barcode = barcode
        self.strength = strength
        self.reader = reader
    }
}

/// Where to look for an item: `POST /v1/find/{barcode}`.
package struct FindPlace: Codable, Hashable, Sendable {
    /// What the holdings say of it; with nothing but its barcode when they do not know it.
    package var item: Move.Item
    /// Where it is shelved now by the holdings, else where it belongs; `nil` when they do not tell.
    package var location: String?
    /// Items that stand before and behind it by call number, the nearest first.
    package var before: [Move.Item]
    /// Two at most on each side; none when its call number cannot be filed, or the holdings do not know it.
    package var behind: [Move.Item]
    /// In which sweep it was heard last; `nil` when no sweep heard it.
    package var lastSeen: ItemSeen?
    /// A wand can only hear a tag that was read once.
    package var isTagKnown: Bool

    package init(
        item: Move.Item,
        location: String?,
        before: [Move.Item],
        behind: [Move.Item],
        lastSeen: ItemSeen?,
        isTagKnown: Bool
    ) {
        self.item = item
        self.location = location
        self.before = before
        self.behind = behind
        self.lastSeen = lastSeen
        self.isTagKnown = isTagKnown
    }
}

/// Where and when an item was seen: `GET /v1/items/{barcode}/history`.
package struct ItemSeen: Codable, Hashable, Sendable {
    /// Number of the sweep.
    package var sweep: Int
    /// The reader that heard it; each reader of a sweep has an entry of its own.
    package var reader: String
    /// When this reader heard it first in this sweep.
    package var first: Date
    /// When this reader heard it last in this sweep.
    package var last: Date
    /// How often it was written down, repeats included.
    package var sightings: Int

    package init(sweep: Int, reader: String, first: Date, last: Date, sightings: Int) {
        self.sweep = sweep
        self.reader = reader
        self.first = first
        self.last = last
        self.sightings = sightings
    }
}
