package import Library

/// An item with what is known of it: from the library system, and from our own readings of its tags.
package struct KnownItem: Sendable {
    /// `nil` for a tag that was read and carries none.
    package var barcode: String?
    /// `nil` when the holdings do not have it.
    package var item: Item?
    /// `nil` when its call number cannot be filed.
    package var key: ShelfKey?
    /// The tags that were read with this barcode: one, the parts of a set, or a double.
    package var tags: [TagRecord]

    package init(barcode: String?, item: Item?, key: ShelfKey?, tags: [TagRecord]) {
        self.barcode = barcode
        self.item = item
        self.key = key
        self.tags = tags
    }
}

/// Two snapshots side by side.
package struct SnapshotComparison: Sendable {
    /// Number of the older snapshot.
    package var from: Int64
    /// Number of the newer snapshot.
    package var to: Int64
    /// What became of the items from one to the other.
    package var difference: HoldingsDifference
}
