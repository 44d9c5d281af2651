import Library
import Store
import Tags

/// One sweep and what its log means so far.
struct RunningSweep: Sendable {
    let sweep: Sweep
    /// The holdings that it is compared with; `nil` when there are none.
    let holdings: SweepHoldings?
    private(set) var reconciliation: SweepReconciliation
    private(set) var sightings = 0
    /// What a finished sweep was not judged by at its end, since it was heard or read only later: as it is now.
    private(set) var late: [JudgedItem] = []
    /// Expected items heard for the first time, by the second, of the last minute.
    private var recent: [(second: Int64, seen: Int)] = []

    /// From the log as it stands, by the holdings of now; an empty one for a sweep that begins.
    ///
    /// A finished sweep is judged by the holdings as they were at its end, where they were kept, unless `asOfNow`.
    init(_ sweep: Sweep, store: Store, rules: SweepRules, asOfNow: Bool = false) throws {
        self.sweep = sweep
        let judgement = try asOfNow ? nil : store.judgement(of: sweep.id)
        if let judgement {
            holdings = judgement.holdings
        } else {
            holdings = try store.snapshot().map { SweepHoldings($0) }
        }
        reconciliation = SweepReconciliation(
            scope: sweep.scope,
            shelf: try judgement?.shelf ?? store.expectedShelf(of: sweep.scope),
            rules: rules
        )
        // What was lent after the end is no more a matter of this sweep than what was bought then.
        let end = judgement == nil ? nil : sweep.finishedAt
        for change in try store.statusChanges(since: holdings?.mayLackSince ?? sweep.startedAt, until: end) {
            _ = reconciliation.take(change)
        }
        var strangers: Set<String> = []
        var count = 0
        try store.forEachSighting(of: sweep.id) { sighting, tag in
            _ = reconciliation.take(sighting, tag: tag, item: nil)
            if let barcode = sighting.barcode ?? tag?.barcode, reconciliation.isStranger(barcode) {
                strangers.insert(barcode)
            }
            count += 1
        }
        sightings = count
        for (barcode, item) in judgement?.strangers ?? [:] { _ = reconciliation.learn(item, as: barcode) }
        strangers = strangers.filter { judgement?.knows($0) != true }
        let found = try store.items(barcodes: strangers)
        for (barcode, item) in found { _ = reconciliation.learn(item, as: barcode) }
        guard judgement != nil else { return }
        for barcode in strangers.sorted() {
            late.append(found[barcode].map { JudgedItem.stranger($0, heardAs: barcode) } ?? .unknown(barcode))
        }
    }

    /// Takes sightings that are on the disk already.
    mutating func take(_ heard: [HeardSighting], new: Int, items: [String: ShelvedItem], at now: Moment)
        -> [FindingChange]
    {
        let seen = reconciliation.summary.seen
        sightings += new
        var changes: [FindingChange] = []
        for heard in heard {
            let item = heard.barcode.flatMap { items[$0] }
            changes += reconciliation.take(heard.sighting, tag: heard.tag, item: item)
        }
        let second = now.milliseconds / 1000
        recent.removeAll { second - $0.second >= 60 || $0.second > second }
        let gained = reconciliation.summary.seen - seen
        if recent.last?.second == second {
            recent[recent.count - 1].seen += gained
        } else if gained > 0 {
            recent.append((second, gained))
        }
        return changes
    }

    /// Takes all at once: what is shown of the sweep is made anew after each call, and a list may have thousands.
    mutating func take(_ changes: [StatusChange]) -> [FindingChange] {
        var found: [FindingChange] = []
        for change in changes { found += reconciliation.take(change) }
        return found
    }

    /// Forgets a tag of which the log has lost so many sightings.
    mutating func forget(_ uid: TagUID, lost: Int) -> [FindingChange] {
        sightings -= lost
        return reconciliation.forget(uid)
    }

    func view(at now: Moment) -> SweepView { glance.view(at: now) }

    /// What is shown of it, without the picture that is behind it.
    var glance: SweepGlance {
        SweepGlance(
            sweep: sweep,
            holdings: holdings,
            summary: reconciliation.summary,
            sightings: sightings,
            recent: recent,
            stretches: reconciliation.stretches
        )
    }

    /// What it would come to if it ended now. Seconds at a million items.
    func outcome(sweep: Sweep, done: Set<String>) -> SweepOutcome {
        let completeness = reconciliation.completeness()
        let report = reconciliation.finished(completeness)
        return SweepOutcome(
            view: SweepView(
                sweep: sweep,
                holdings: holdings,
                summary: report.summary,
                sightings: sightings,
                stretches: reconciliation.stretches(in: report),
                completeness: completeness
            ),
            findings: report.findings,
            moves: report.moves,
            done: done,
            completeness: completeness,
            progress: reconciliation.progress
        )
    }
}

/// What is shown of a running sweep; how much it hears in a minute depends on when somebody looks.
struct SweepGlance: Sendable {
    var sweep: Sweep
    var holdings: SweepHoldings?
    var summary: SweepSummary
    var sightings: Int
    /// Expected items heard for the first time, by the second, of the last minute before they were heard.
    var recent: [(second: Int64, seen: Int)]
    var stretches: [SweepStretch]

    func view(at now: Moment) -> SweepView {
        let second = now.milliseconds / 1000
        return SweepView(
            sweep: sweep,
            holdings: holdings,
            summary: summary,
            sightings: sightings,
            perMinute: recent.filter { second - $0.second < 60 }.reduce(0) { $0 + $1.seen },
            stretches: stretches
        )
    }
}

/// A sighting with what is remembered of its tag.
struct HeardSighting: Hashable, Sendable {
    var sighting: Sighting
    var tag: TagRecord?

    var barcode: String? { sighting.barcode ?? tag?.barcode }
}
