extension ItemStanding {
    /// How an item stands by the newest word there is: our own journal's, or that of the holdings.
    ///
    /// - Parameters:
    ///   - lastChange: the newest entry of the journal that says how this item came to stand as it does; `nil` where the
    ///     holdings know of it.
    ///   - isFresh: whether the holdings, and whether that entry, are young enough to know the loans of the moment.
    package init(
        item: Item?,
        owner: TagOwner,
        lastChange: SecurityRecord?,
        isFresh: (holdings: Bool, change: Bool)
    ) {
        guard let change = lastChange, change.lastResult?.outcome != .declined, change.intent.cause != .repair else {
            self.init(item: item, owner: owner, isFresh: isFresh.holdings)
            return
        }
        guard change.isAgreed, change.intent.cause.isLoan, var item else {
            // Somebody changed the tags, or asked for a loan, and the holdings do not know why or with what result.
            self.init(item: item, owner: owner, isFresh: false)
            return
        }
        switch (change.intent.cause, item.status) {
        case (.checkout, _): item.status = .onLoan
        case (_, .onLoan): item.status = .available
        default: break
        }
        self.init(item: item, owner: owner, isFresh: isFresh.change)
    }

    /// What the tags must say of an item that stands so; `nil` when nobody knows for certain.
    package var right: SecurityState? {
        switch self {
        case .onLoan: .disarmed
        case .inLibrary, .inTransit, .onHoldShelf: .armed
        default: nil
        }
    }
}
