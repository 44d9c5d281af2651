package import FoundationEssentials

/// A list of items that somebody looks for: `GET /v1/lists`.
package struct ItemList: Codable, Hashable, Sendable {
    package var name: String
    /// `holds`, `weeding`, `missing` or `find`; each rings with a tone of its own.
    package var purpose: String
    package var items: Int
    package var found: Int
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
    package var name: String
    package var purpose: String
    package var barcodes: [String]

    package init(name: String, purpose: String, barcodes: [String]) {
        self.name = name
        self.purpose = purpose
        self.barcodes = barcodes
    }
}

/// An item of a list: `GET /v1/lists/{name}`.
package struct ItemListEntry: Codable, Hashable, Sendable {
    package var barcode: String
    package var callNumber: String?
    package var title: String?
    package var foundAt: Date?
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
    package var list: String
    package var purpose: String
    package var barcode: String
    package var callNumber: String?
    package var title: String?
    package var reader: String
    package var hertz: Int
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
    package var barcode: String
    /// From 0, not heard, to 1.
    package var strength: Double
    package var reader: String

    package init(barcode: String, strength: Double, reader: String) {
        self.barcode = barcode
        self.strength = strength
        self.reader = reader
    }
}

/// Where to look for an item: `POST /v1/find/{barcode}`.
package struct FindPlace: Codable, Hashable, Sendable {
    package var item: Move.Item
    package var location: String?
    /// Items that stand before and behind it by call number, the nearest first.
    package var before: [Move.Item]
    package var behind: [Move.Item]
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
    package var sweep: Int
    package var reader: String
    package var first: Date
    package var last: Date
    package var sightings: Int

    package init(sweep: Int, reader: String, first: Date, last: Date, sightings: Int) {
        self.sweep = sweep
        self.reader = reader
        self.first = first
        self.last = last
        self.sightings = sightings
    }
}
