/// An inventory walk: what is looked at, when it began, and whether it is over.
package struct Sweep: Hashable, Sendable, Identifiable {
    /// Counted from 1 and never used again.
    package typealias ID = Int64

    package var id: ID
    package var scope: SweepScope
    /// The holdings snapshot that was current at the start; `nil` when there was none.
    package var snapshot: Int64?
    package var startedAt: Moment
    /// `nil` while the sweep is open. Sightings that come in late are taken all the same.
    package var finishedAt: Moment?

    package init(id: ID, scope: SweepScope, snapshot: Int64?, startedAt: Moment, finishedAt: Moment? = nil) {
        self.id = id
        self.scope = scope
        self.snapshot = snapshot
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }

    package var isOpen: Bool { finishedAt == nil }
}
