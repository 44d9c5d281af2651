/// Which part of the shelves a sweep walks along, and which items it expects to find there.
///
/// A part that is `nil` does not narrow the scope. Branches, locations and collections are compared as the library
/// system writes them. The location of an item is the place where it belongs, not a temporary one.
package struct SweepScope: Hashable, Sendable {
    /// Home branch.
    package var branch: String?
    /// Permanent location.
    package var location: String?
    /// The part of the stock: Koha's `ccode`, by which many libraries shelve.
    package var collection: String?
    /// The stretch of shelf by call numbers; an item that cannot be filed is neither in it nor outside.
    package var callNumbers: CallNumberSpan?
    /// Barcodes of a list: only these are expected, wherever they stand. Of what is not heard nothing can be said then:
    /// the items of a list are no neighbours of each other.
    package var items: Set<String>?
    /// Statuses of which an item is expected on its shelf; everything else found is told, never missed.
    package var statuses: Set<ItemStatus>

    package init(
        branch: String? = nil,
        location: String? = nil,
        collection: String? = nil,
        callNumbers: CallNumberSpan? = nil,
        items: Set<String>? = nil,
        statuses: Set<ItemStatus> = SweepScope.shelfStatuses
    ) {
        self.branch = branch
        self.location = location
        self.collection = collection
        self.callNumbers = callNumbers
        self.items = items
        self.statuses = statuses
    }

    /// The statuses whose items should be standing on their shelf.
    package static let shelfStatuses = Set(ItemStatus.allCases.filter(\.belongsOnShelf))
}

/// A stretch of shelf as somebody asked for it, and the range of shelf keys that it became.
package struct CallNumberSpan: Hashable, Sendable {
    /// `nil` leaves this end open.
    package var from: String?
    /// `nil` leaves this end open.
    package var to: String?
    /// The scheme by which both ends are read.
    package var scheme: CallNumberScheme
    /// Both ends as shelf keys.
    package var range: ShelfRange

    package init(from: String?, to: String?, scheme: CallNumberScheme, range: ShelfRange) {
        self.from = from
        self.to = to
        self.scheme = scheme
        self.range = range
    }

    /// Both ends belong to the stretch with everything filed under them, as in ``ShelfRange``.
    package init(
        from: String?,
        to: String?,
        scheme: CallNumberScheme,
        rules: ShelfOrderRules = .standard
    ) throws(UnsortableCallNumber) {
        let range = try ShelfRange(from: from, to: to, scheme: scheme, rules: rules)
        self.init(from: from, to: to, scheme: scheme, range: range)
    }
}

/// How an item stands to the scope of a sweep.
package enum SweepMembership: Hashable, Sendable {
    /// It should be standing here.
    case expected
    /// It belongs here, but its status says that it is not on the shelf.
    case away(ItemStatus)
    /// It belongs here, but the library system knows of another place for the time being.
    case elsewhereForNow(String)
    /// It belongs elsewhere, but the library system has put it here for the time being.
    case hereForNow
    case otherBranch(String)
    case otherLocation(String)
    /// `nil` for an item of no collection.
    case otherCollection(String?)
    case outsideSpan
    /// The sweep looks for listed items, and this is none of them.
    case unlisted
    /// Its call number cannot be filed, so nobody can say whether it belongs to the stretch.
    case unfiled
}

extension SweepScope {
    /// How `shelved` stands to this scope; the first rule that applies wins, in the order of ``SweepMembership``'s
    /// graver cases: list, branch, location, collection, stretch, then status.
    package func membership(of shelved: ShelvedItem) -> SweepMembership {
        let item = shelved.item
        if let items, !items.contains(item.barcode) { return .unlisted }
        let home = item.homeBranch ?? item.holdingBranch
        if let branch, let home, home != branch { return .otherBranch(home) }
        let belongs = item.permanentLocation ?? item.location
        if let location, belongs != location {
            if item.location == location { return .hereForNow }
            return .otherLocation(belongs ?? "no location")
        }
        if let collection, item.collection != collection { return .otherCollection(item.collection) }
        if let callNumbers {
            guard let key = shelved.key else { return .unfiled }
            guard callNumbers.range.contains(key) else { return .outsideSpan }
        }
        guard statuses.contains(item.status) else { return .away(item.status) }
        if let branch, let holding = item.holdingBranch, holding != branch {
            return .elsewhereForNow("branch \(holding)")
        }
        if let location, let now = item.location, now != location { return .elsewhereForNow(now) }
        return .expected
    }
}
