/// An item's status changed after the holdings were exported: lent, brought back, found.
///
/// It names no patron: that somebody has an item is all that a sweep needs to know.
package struct StatusChange: Hashable, Sendable {
    /// The item's barcode.
    package var barcode: String
    /// How it stands from then on.
    package var status: ItemStatus
    /// When it changed.
    package var at: Moment

    package init(barcode: String, status: ItemStatus, at: Moment) {
        self.barcode = barcode
        self.status = status
        self.at = at
    }
}

/// What became of one item's status since the snapshot, the oldest change first.
struct StatusHistory: Hashable, Sendable {
    private var changes: [StatusChange] = []

    /// Any order and any repetition give the same history; of two changes at one moment the later word wins.
    mutating func take(_ change: StatusChange) {
        guard !changes.contains(change) else { return }
        changes.append(change)
        changes.sort { ($0.at, $0.status.rawValue) < ($1.at, $1.status.rawValue) }
    }

    /// The status at `moment`; `nil` when it had not changed by then.
    func status(at moment: Moment) -> ItemStatus? {
        changes.last { $0.at <= moment }?.status
    }

    var latest: ItemStatus? { changes.last?.status }
}
