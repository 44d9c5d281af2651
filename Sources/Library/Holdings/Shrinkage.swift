/// How many items of the snapshot in use a new one does not have any more.
///
/// A report that was cut off or asked for one branch too few looks like a library that lost its books; so somebody has
/// to say that it is meant before such an import replaces the snapshot.
package struct Shrinkage: Hashable, Sendable {
    /// Items of the snapshot in use that are not in the new one.
    package var gone: Int
    /// Items of the snapshot in use.
    package var total: Int

    package init(gone: Int, of total: Int) {
        self.gone = gone
        self.total = total
    }

    /// Whether more than `percent` of the items would go.
    package func exceeds(percent: Int) -> Bool {
        total > 0 && Double(gone) * 100 > Double(total) * Double(percent)
    }

    /// The share in whole percent, rounded up so that a little is never nothing.
    package var percent: Int {
        guard total > 0, gone > 0 else { return 0 }
        return Int((Double(gone) * 100 / Double(total)).rounded(.up))
    }
}
