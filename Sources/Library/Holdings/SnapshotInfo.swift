/// One import of the holdings: where it came from, when, and how much of it was understood.
package struct SnapshotInfo: Hashable, Sendable {
    /// Counted from 1 and never used again.
    package var number: Int64
    /// The importer: `koha`.
    package var profile: String
    /// The file's name or the address it was pulled from.
    package var source: String
    /// When the import was complete.
    package var importedAt: Moment
    /// Items in the snapshot.
    package var itemCount: Int
    /// Rows that did not become items: see ``ImportRejection``.
    package var rejectedCount: Int
    /// Where it stands in its life.
    package var state: State
    /// The snapshot this one was made from by changes alone; `nil` for a whole import.
    package var base: Int64?
    /// The moment whose state of the library system this is, as far as a pull could see; `nil` for files.
    package var checkedAt: Moment?
    /// When everything was imported last: at the end of the chain of changes that led here.
    package var wholeAt: Moment
    /// The last change in the security journal that was begun before these holdings were made: of what stands behind it
    /// they know nothing, whatever clocks said meanwhile. `nil` for holdings of releases that did not note it.
    package var changesBefore: Int64?

    /// Where a snapshot stands in its life; anything older is gone.
    package enum State: String, Hashable, Sendable {
        /// Imported whole, waiting for somebody to look at it and accept it.
        case staged
        /// In use.
        case current
        /// Replaced, and kept for a while to be compared with or returned to.
        case kept
    }

    /// Without `wholeAt` it counts as imported whole.
    package init(
        number: Int64,
        profile: String,
        source: String,
        importedAt: Moment,
        itemCount: Int,
        rejectedCount: Int,
        state: State = .current,
        base: Int64? = nil,
        checkedAt: Moment? = nil,
        wholeAt: Moment? = nil,
        changesBefore: Int64? = nil
    ) {
        self.number = number
        self.profile = profile
        self.source = source
        self.importedAt = importedAt
        self.itemCount = itemCount
        self.rejectedCount = rejectedCount
        self.state = state
        self.base = base
        self.checkedAt = checkedAt
        self.wholeAt = wholeAt ?? importedAt
        self.changesBefore = changesBefore
    }

    /// What changed in the library system since then may not be in it: an import takes its time, and a pull reads an item
    /// before others change.
    package var mayLackSince: Moment { min(importedAt, checkedAt ?? wholeAt) }

    /// Up to when it knows of loans: a pull takes its time, and what is lent or returned meanwhile may be missing in it.
    package var knowsLoansUntil: Moment { min(importedAt, checkedAt ?? importedAt) }

    /// Whether a change of security is older: by its place in the journal, or by the clock for holdings of releases that
    /// did not note it.
    package func knows(_ change: SecurityRecord) -> Bool {
        changesBefore.map { change.id <= $0 } ?? (change.intent.at < knowsLoansUntil)
    }

    /// The profile of the made-up items of a simulated branch, which any import may replace.
    package static let simulated = "simulated"
}
