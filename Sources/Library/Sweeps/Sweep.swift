/// An inventory walk: what is looked at, when it began, and whether it is over.
package struct Sweep: Hashable, Sendable, Identifiable {
    /// Counted from 1 and never used again.
    package typealias ID = Int64

    package var id: ID
    /// Which part of the shelves it walks along, and which items it expects there.
    package var scope: SweepScope
    /// The holdings snapshot that was current at the start; `nil` when there was none.
    package var snapshot: Int64?
    /// When somebody began it.
    package var startedAt: Moment
    /// `nil` while the sweep is open. Sightings that come in late are taken all the same.
    package var finishedAt: Moment?
    /// To which project it belongs, who does it, and which readers it listens to.
    package var plan: SweepPlan

    package init(
        id: ID,
        scope: SweepScope,
        snapshot: Int64?,
        startedAt: Moment,
        finishedAt: Moment? = nil,
        plan: SweepPlan = SweepPlan()
    ) {
        self.id = id
        self.scope = scope
        self.snapshot = snapshot
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.plan = plan
    }

    /// Whether it goes on: nobody has ended it yet.
    package var isOpen: Bool { finishedAt == nil }
}

/// To which project a sweep belongs, who does it, and which readers it listens to.
package struct SweepPlan: Hashable, Sendable {
    /// The project's name; sweeps of one name are looked at together.
    package var project: String?
    /// What the site calls whoever does this range; never a patron.
    package var assignee: String?
    /// Only what these readers hear counts; all wands when empty.
    package var readers: Set<String>
    /// Whether pads count too: what passes there in normal work was seen. Gates never do: what passes there leaves.
    package var background: Bool

    package init(
        project: String? = nil,
        assignee: String? = nil,
        readers: Set<String> = [],
        background: Bool = false
    ) {
        self.project = project
        self.assignee = assignee
        self.readers = readers
        self.background = background
    }

    /// Whether what this reader hears belongs to the sweep.
    ///
    /// A pad that is named is listened to; of those that are not, only with `background`.
    package func listens(to reader: String, isWand: Bool) -> Bool {
        readers.contains(reader) || (isWand && readers.isEmpty) || (!isWand && background)
    }
}
