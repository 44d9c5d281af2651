/// An item of the holdings snapshot together with its place in shelf order.
package struct ShelvedItem: Hashable, Sendable {
    /// As the snapshot has it.
    package var item: Item
    /// `nil` when the item has no call number or one that cannot be filed.
    package var key: ShelfKey?

    package init(item: Item, key: ShelfKey?) {
        self.item = item
        self.key = key
    }

    /// Files the item by its call number, volume and copy, or by the library system's own key where the site trusts it.
    package init(filing item: Item, by rules: ShelfOrderRules = .standard) {
        self.init(item: item, key: try? item.shelfKey(rules: rules).get())
    }
}
