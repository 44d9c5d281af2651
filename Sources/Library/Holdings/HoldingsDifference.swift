/// What differs between two snapshots: counts of everything, and the first items of it.
package struct HoldingsDifference: Hashable, Sendable {
    /// One item that is not the same in both snapshots.
    package struct Change: Hashable, Sendable {
        /// What happened to it; of several things the one that comes first in ``Kind``.
        package var kind: Kind
        /// The item as it was; `nil` when it is new.
        package var before: Item?
        /// The item as it is; `nil` when it is gone.
        package var after: Item?

        package init(kind: Kind, before: Item?, after: Item?) {
            self.kind = kind
            self.before = before
            self.after = after
        }
    }

    /// What happened to an item; of several things the one first in this list.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case added, removed
        /// Another call number, volume, copy or scheme: it stands elsewhere on its shelf.
        case refiled
        /// Another branch, location or collection.
        case moved
        case status
        /// Title, type, parts, owner, barcodes, identifiers, sort key.
        case other
    }

    /// How many items of each kind.
    package private(set) var counts: [Kind: Int] = [:]
    /// Items that are the same in both, but for when the library system saw them last.
    package private(set) var unchanged = 0
    /// The first changes in the order of barcodes, `limit` at most.
    package private(set) var changes: [Change] = []
    private let limit: Int

    package init(limit: Int) {
        self.limit = limit
    }

    /// Takes one barcode's item of the older and of the newer snapshot.
    package mutating func take(before: Item?, after: Item?) {
        guard let kind = Self.kind(before: before, after: after) else {
            if before != nil { unchanged += 1 }
            return
        }
        counts[kind, default: 0] += 1
        if changes.count < limit { changes.append(Change(kind: kind, before: before, after: after)) }
    }

    private static func kind(before: Item?, after: Item?) -> Kind? {
        guard let before else { return after == nil ? nil : .added }
        guard let after else { return .removed }
        if before == after { return nil }
        // Each check-in and each sweep that is told sets that date: it says nothing of what has changed.
        var seen = before
        seen.lastSeen = after.lastSeen
        if seen == after { return nil }
        let isFiledAlike =
            before.callNumber == after.callNumber && before.scheme == after.scheme
            && before.enumeration == after.enumeration && before.copyNumber == after.copyNumber
        if !isFiledAlike { return .refiled }
        let standsAlike =
            before.homeBranch == after.homeBranch && before.holdingBranch == after.holdingBranch
            && before.location == after.location && before.permanentLocation == after.permanentLocation
            && before.collection == after.collection
        if !standsAlike { return .moved }
        return before.status == after.status && before.statusText == after.statusText ? .other : .status
    }
}
