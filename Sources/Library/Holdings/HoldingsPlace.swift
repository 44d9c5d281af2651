/// What items of the holdings have in common by which a sweep is narrowed: where they belong, and of which collection
/// they are, as the library system writes it.
package struct HoldingsPlace: Hashable, Sendable {
    /// The home branch, or where that is not told the one that holds them; `nil` where neither is.
    package var branch: String?
    /// The permanent location, or where that is not told the present one; `nil` where neither is.
    package var location: String?
    /// `nil` for items of no collection.
    package var collection: String?
    /// How many items it has, whatever their status.
    package var items: Int

    package init(branch: String?, location: String?, collection: String?, items: Int) {
        self.branch = branch
        self.location = location
        self.collection = collection
        self.items = items
    }
}
