extension Item {
    /// Where the item stands on its shelf by its call number, volume and copy, or why it has no place.
    ///
    /// A site that trusts its library system's sort key gets that key's order where the item has one.
    package func shelfKey(rules: ShelfOrderRules = .standard) -> Result<ShelfKey, UnsortableCallNumber> {
        if rules.trustsSystemKey, let systemSortKey, !systemSortKey.isEmpty {
            return .success(ShelfKey(systemSortKey: systemSortKey))
        }
        return ShelfKey.filed(
            callNumber ?? "",
            enumeration: enumeration,
            copyNumber: copyNumber,
            scheme: scheme,
            rules: rules
        )
    }
}

extension ShelfKey {
    /// The library system's own key as it stands: its byte order is the order that staff see on their screens.
    package init(systemSortKey: String) {
        self.init(bytes: Array(systemSortKey.utf8))
    }
}
