/// One step of putting a shelf in order: take this item, and put it between those two.
package struct ShelfMove: Hashable, Sendable {
    /// The item to take out.
    package var item: Item
    /// Between which items it stands now; `nil` at an end of what was heard.
    package var standsBetween: Neighbours
    /// Between which items it belongs; only such as stand right themselves are named.
    package var belongsBetween: Neighbours
    /// About how many places it has to go; negative towards the beginning of the shelf.
    package var places: Int
    /// The shelf it stands on and the shelf it belongs to, when shelf tags tell and they differ.
    package var shelves: Shelves?

    /// The items on either side of a place, of those that stand where they belong.
    package struct Neighbours: Hashable, Sendable {
        /// The place is behind this item; `nil` at the beginning of what was heard.
        package var after: Item?
        /// The place is before this item; `nil` at the end of what was heard.
        package var before: Item?

        package init(after: Item?, before: Item?) {
            self.after = after
            self.before = before
        }
    }

    /// Two shelves by their names on shelf tags: `Bay 12`.
    package struct Shelves: Hashable, Sendable {
        /// The shelf on which the item stands.
        package var from: String
        /// The shelf on which it belongs.
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    package init(
        item: Item,
        standsBetween: Neighbours,
        belongsBetween: Neighbours,
        places: Int,
        shelves: Shelves? = nil
    ) {
        self.item = item
        self.standsBetween = standsBetween
        self.belongsBetween = belongsBetween
        self.places = places
        self.shelves = shelves
    }
}

/// A tag that marks the beginning of a shelf: what is heard after it stands there, whatever it is.
package struct ShelfMark: Hashable, Sendable {
    /// What its tag says as primary item identifier.
    package var barcode: String
    /// As people call the shelf: `Bay 12`.
    package var name: String
    /// The first call number that belongs on it, as a shelf key.
    package var from: ShelfKey

    package init(barcode: String, name: String, from: ShelfKey) {
        self.barcode = barcode
        self.name = name
        self.from = from
    }
}
