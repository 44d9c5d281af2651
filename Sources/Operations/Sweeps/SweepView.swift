package import Library

/// A sweep as it is shown: how far it is and how the shelf looks.
package struct SweepView: Hashable, Sendable {
    /// Its number, scope and plan, and when it began and ended.
    package var sweep: Sweep
    /// The holdings that it is judged by: of its end where they were kept, else of now; `nil` when there are none.
    package var holdings: SweepHoldings?
    /// Where it stands, in numbers.
    package var summary: SweepSummary
    /// Sightings on the disk, repeats included.
    package var sightings: Int
    /// Expected items heard for the first time within the last minute; 0 when the sweep is over.
    package var perMinute: Int
    /// The shelf from left to right in at most 60 pieces, each with how much of it was heard.
    package var stretches: [SweepStretch]
    /// What the sweep says of what it did not hear; only when it is over.
    package var completeness: Completeness?

    package init(
        sweep: Sweep,
        holdings: SweepHoldings?,
        summary: SweepSummary,
        sightings: Int,
        perMinute: Int = 0,
        stretches: [SweepStretch],
        completeness: Completeness? = nil
    ) {
        self.sweep = sweep
        self.holdings = holdings
        self.summary = summary
        self.sightings = sightings
        self.perMinute = perMinute
        self.stretches = stretches
        self.completeness = completeness
    }
}

/// What a sweep came to, or would come to if it ended now.
package struct SweepOutcome: Hashable, Sendable {
    /// The sweep at a glance.
    package var view: SweepView
    /// Everything that the site wants to see, the most pressing first.
    package var findings: [Finding]
    /// The fewest moves that put right what stands certainly out of order, in the order of walking.
    package var moves: [ShelfMove]
    /// Barcodes of the moves that were ticked off.
    package var done: Set<String>
    /// How many of the unheard items stand there all the same, by the repeated visits.
    package var completeness: Completeness
    /// Expected items heard by the day, as `2026-03-02`, in order of days: how many for the first time.
    package var progress: [SweepDay]

    package init(
        view: SweepView,
        findings: [Finding],
        moves: [ShelfMove],
        done: Set<String>,
        completeness: Completeness,
        progress: [SweepDay]
    ) {
        self.view = view
        self.findings = findings
        self.moves = moves
        self.done = done
        self.completeness = completeness
        self.progress = progress
    }
}

/// Why a sweep could not be started, found or ended.
package enum SweepRefusal: Error, Hashable, Sendable {
    case alike(Sweep.ID)
    case notRunning
    case noHoldings
    case nothingExpected
    case unknown(Sweep.ID)
}

extension SweepRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .alike(let id): "sweep: found sweep \(id) running with the same scope and readers, wanted another"
        case .notRunning: "sweep: found none running"
        case .noHoldings: "holdings: found no snapshot, wanted one to compare the shelf with"
        case .nothingExpected: "scope: found no item that should stand there"
        case .unknown(let id): "sweep \(id): not found"
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .alike: "go on with it, or finish it with `pressmark sweep finish` first"
        case .notRunning: "start one with `pressmark sweep start`"
        case .noHoldings: "import one with `pressmark holdings import FILE --profile koha`"
        case .nothingExpected:
            "names must be written as in the holdings: `pressmark holdings places` lists them"
        case .unknown: "`pressmark sweep report` without a number shows the latest"
        }
    }
}
