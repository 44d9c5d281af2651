package import Library
package import Logging
package import Store
import Synchronization
import Tags

/// Keeps the sweeps in progress: writes every sighting down before it counts, and says what it means.
///
/// Any number of sweeps may run, each with its own scope and readers; what a reader hears goes to every sweep that
/// listens to it. Two sweeps on one shelf do not disturb each other: each has a log of its own.
package actor SweepRoom {
    let store: Store
    private let book: TagBook
    let time: Timekeeper
    private(set) var rules: SweepRules
    let events: EventHub
    private let logger: Logger
    /// In the order in which they were started.
    var running: [RunningSweep] = [] {
        didSet { show() }
    }
    /// When each reader heard each tag in its field last, so that a tag that leaves is logged a second time.
    private var lastHeard: [String: [TagUID: Moment]] = [:]
    private var onPads = TagsOnPads()
    /// Kept in mind only while a sweep goes on.
    private(set) var cards = CardsHeard()
    /// The outcome that was asked for last, as long as nothing changed.
    private var lastOutcome: SweepOutcome?
    /// Finished sweeps at a glance, as they came out last, as long as nothing changed.
    private var finishedViews: [Sweep.ID: SweepView] = [:] {
        didSet { show() }
    }
    /// The snapshot by which both were judged, where they were judged by holdings of now.
    private var judgedBy: Int64? {
        didSet { show() }
    }
    /// What a glance finds: whoever looks does not wait while the room writes to the disk or reads a log.
    private nonisolated let shown: Mutex<Shown>

    /// The sweeps at hand.
    private struct Shown: Sendable {
        var running: [SweepGlance] = []
        var finished: [Sweep.ID: SweepView] = [:]
        var judgedBy: Int64?
    }

    /// Some 10 kB each.
    private static let mostFinishedViews = 500
    /// Finished sweeps that forget a card at one reading, each in some 10 ms for 100 000 sightings: the reader waits.
    private static let mostForgetting = 8

    /// Takes up the sweeps that were open when the daemon stopped, from their logs.
    package init(store: Store, time: Timekeeper, rules: SweepRules, events: EventHub, logger: Logger) throws {
        self.store = store
        self.time = time
        self.rules = rules
        self.events = events
        self.logger = logger
        book = TagBook(store: store)
        var open: [RunningSweep] = []
        for sweep in try store.openSweeps() {
            let taken = try RunningSweep(sweep, store: store, rules: rules)
            open.append(taken)
            logger.notice(
                "sweep taken up again",
                metadata: ["sweep": "\(sweep.id)", "sightings": "\(taken.sightings)"]
            )
        }
        running = open
        shown = Mutex(Shown(running: open.map(\.glance)))
    }

    private func show() {
        let now = Shown(running: running.map(\.glance), finished: finishedViews, judgedBy: judgedBy)
        shown.withLock { $0 = now }
    }

    /// Opens a sweep; refuses one that is just like a running one, and a scope in which nothing is expected.
    package func start(_ scope: SweepScope, plan: SweepPlan = SweepPlan()) async throws -> SweepView {
        if let alike = running.first(where: { $0.sweep.scope == scope && $0.sweep.plan.readers == plan.readers }) {
            throw SweepRefusal.alike(alike.sweep.id)
        }
        guard try store.snapshot() != nil else { throw SweepRefusal.noHoldings }
        guard try store.expectedShelf(of: scope).count > 0 else { throw SweepRefusal.nothingExpected }
        let sweep = try store.startSweep(scope, plan: plan, at: time.now())
        _ = try store.append(onPads.sightings(for: plan, at: time.now()) { try store.tag(uid: $0) }, to: sweep.id)
        let begun = try RunningSweep(sweep, store: store, rules: rules)
        running.append(begun)
        let view = begun.view(at: time.now())
        await events.send(.sweep(view))
        return view
    }

    /// Takes what a reader heard: on the disk first, then into the picture.
    ///
    /// A disk that cannot be written to loses nothing that was shown: the sightings of this round do not count.
    package func take(_ round: StationRound) async {
        onPads.take(round)
        let read = cards.take(round.arrived)
        if running.isEmpty { cards = CardsHeard() }
        if !read.isEmpty { await forget(read, by: round.reader) }
        let left = departures(round)
        let listening = running.map(\.sweep).filter { sweep in
            sweep.plan.listens(to: round.reader, isWand: round.role == .wand)
        }
        guard !listening.isEmpty, !round.arrived.isEmpty || !left.isEmpty else { return }
        do {
            let heard = try heard(round, left)
            for sweep in listening.map(\.id) {
                for case .appeared(let finding) in try record(heard, in: sweep) { await events.send(.finding(finding)) }
                // Not the sweep itself: a second owner while others are told would have the next sighting copy it.
                guard let view = running.first(where: { $0.sweep.id == sweep })?.view(at: time.now()) else { continue }
                await events.send(.sweep(view))
            }
        } catch {
            logger.error(
                "sightings not recorded",
                metadata: ["reader": "\(round.reader)", "tags": "\(round.arrived.count)", "cause": "\(error)"]
            )
        }
    }

    /// Ends a sweep and says what it came to; the one that was started last when none is named.
    ///
    /// The holdings of this moment are kept with it, as far as it is judged by them: holdings that come later change
    /// nothing in its report.
    package func finish(_ id: Sweep.ID? = nil) async throws -> SweepView {
        guard let place = running.lastIndex(where: { id == nil || $0.sweep.id == id }) else {
            throw SweepRefusal.notRunning
        }
        try forgetOldHoldings()
        try followSnapshot(running[place].sweep.id)
        let ended = running[place]
        guard let sweep = try end(ended) else { throw SweepRefusal.notRunning }
        running.remove(at: place)
        var outcome = ended.outcome(sweep: sweep, done: try store.movesDone(of: sweep.id))
        outcome.view.holdings?.isKept = true
        keep(outcome)
        await events.send(.sweep(outcome.view))
        return outcome.view
    }

    /// The sweeps in progress, by the holdings of now. One whose log cannot be read is shown as it was; whoever asks for
    /// it alone hears why.
    package var views: [SweepView] {
        for sweep in running.map(\.sweep.id) { try? followSnapshot(sweep) }
        return running.map { $0.view(at: time.now()) }
    }

    /// The sweep in progress that was started last, else the latest one; `nil` before the first.
    package func current() throws -> SweepView? {
        if let last = running.last { return try sweep(last.sweep.id) }
        return try store.latestSweep().map { latest in try sweep(latest.id) }
    }

    /// Sweeps, the newest first. Each finished one comes with all its counts, for which its log is read again unless
    /// they are remembered.
    package func sweeps(project: String?, before id: Sweep.ID? = nil, limit: Int) throws -> [SweepView] {
        try store.sweeps(project: project, before: id, limit: limit).map { found in try sweep(found.id) }
    }

    /// Everything a sweep found: so far while it runs, else in the end.
    package func findings(_ id: Sweep.ID) throws -> [Finding] {
        try followSnapshot(id)
        if let running = running.first(where: { $0.sweep.id == id }) { return running.reconciliation.findings }
        return try outcome(id).findings
    }

    /// A sweep by its number.
    package func sweep(_ id: Sweep.ID) throws -> SweepView {
        try followSnapshot(id)
        if let running = running.first(where: { $0.sweep.id == id }) { return running.view(at: time.now()) }
        try forgetOldHoldings()
        return try finishedViews[id] ?? outcome(id).view
    }

    /// A sweep where no log has to be read for it; whoever asks does not wait for the room. `nil` where one has to be
    /// read, as after a start and after new holdings, until ``sweep(_:)`` has done so; and for a number no sweep has.
    package nonisolated func glance(_ id: Sweep.ID) throws -> SweepView? {
        let snapshot = try store.snapshot()?.number
        let shown = shown.withLock { $0 }
        if let running = shown.running.first(where: { $0.sweep.id == id }) {
            return running.holdings?.snapshot == snapshot ? running.view(at: time.now()) : nil
        }
        guard let view = shown.finished[id] else { return nil }
        return view.holdings?.isKept == true || snapshot == shown.judgedBy ? view : nil
    }

    /// The same of the sweep that ``current()`` is about.
    package nonisolated func glanceAtCurrent() throws -> SweepView? {
        if let last = shown.withLock({ $0.running.last }) { return try glance(last.sweep.id) }
        return try store.latestSweep().flatMap { latest in try glance(latest.id) }
    }

    /// What a sweep came to, or would come to if it ended now.
    package func outcome(_ id: Sweep.ID) throws -> SweepOutcome {
        try followSnapshot(id)
        let done = try store.movesDone(of: id)
        if let running = running.first(where: { $0.sweep.id == id }) {
            return running.outcome(sweep: running.sweep, done: done)
        }
        try forgetOldHoldings()
        if var last = lastOutcome, last.view.sweep.id == id {
            last.done = done
            return last
        }
        let outcome = try rebuilt(id, rules: rules).outcome(sweep: sweep(ofStore: id), done: done)
        keep(outcome)
        return outcome
    }

    /// What a sweep would have come to by other rules: its log, read again.
    package func replay(_ id: Sweep.ID, with rules: SweepRules) throws -> SweepOutcome {
        try rebuilt(id, rules: rules).outcome(sweep: sweep(ofStore: id), done: try store.movesDone(of: id))
    }

    /// The site's rules, for a replay that differs in some of them.
    package var siteRules: SweepRules { rules }

    /// Judges by these rules from now on, open sweeps too: their logs are read again, and nothing in them is lost.
    func follow(_ rules: SweepRules) async throws {
        guard rules != self.rules else { return }
        // All or none: a log that cannot be read leaves every sweep, and what is asked for next, under the old rules.
        let judged = try running.map { try RunningSweep($0.sweep, store: store, rules: rules) }
        self.rules = rules
        running = judged
        forgetOutcomes()
        await announceAll()
    }

    /// Notes that a move was done, or not after all.
    package func markMove(_ barcode: String, of id: Sweep.ID, done: Bool) throws {
        _ = try sweep(ofStore: id)
        try store.markMove(barcode, of: id, at: done ? time.now() : nil)
    }

    /// Takes changes of status: loans and returns since the snapshot.
    package func take(_ changes: [StatusChange]) async throws {
        try store.record(changes)
        forgetOutcomes()
        var appeared: [Finding] = []
        for place in running.indices {
            for case .appeared(let finding) in running[place].take(changes) { appeared.append(finding) }
        }
        // Told only now: while somebody is told, another call may end a sweep.
        for finding in appeared { await events.send(.finding(finding)) }
        await announceAll()
    }

    /// What a library system may be told of a sweep: items that were seen, on paper first.
    ///
    /// Kept item by item when it is not a dry run.
    package func writeBack(
        _ id: Sweep.ID,
        route: WriteBackRoute,
        dryRun: Bool,
        servicePoint: String? = nil
    ) throws -> WriteBack {
        let file = WriteBack(
            route,
            seen: try seenItems(id),
            servicePoint: servicePoint,
            secondsAhead: time.secondsAhead
        )
        guard !dryRun else { return file }
        let now = time.now()
        try store.recordWriteBack(
            of: id,
            file.results.map {
                WriteBackResult(
                    route: route,
                    barcode: $0.barcode,
                    at: now,
                    state: $0.isWritten ? .written : .leftOut,
                    result: $0.result
                )
            }
        )
        return file
    }

    /// The expected items that a sweep has heard, in shelf order, each with its status as it is now and when it was
    /// heard last.
    ///
    /// Always by the holdings of now: the library system that is told has no others.
    package func seenItems(_ id: Sweep.ID) throws -> [(item: Item, at: Moment)] {
        try followSnapshot(id)
        if let sweep = running.first(where: { $0.sweep.id == id }) { return sweep.reconciliation.seenItems }
        return try RunningSweep(sweep(ofStore: id), store: store, rules: rules, asOfNow: true).reconciliation.seenItems
    }

    /// `nil` when there is no such sweep.
    private func end(_ running: RunningSweep) throws -> Sweep? {
        let (id, now) = (running.sweep.id, time.now())
        try store.note(tagsWithoutItem: running.reconciliation.tagsWithoutItem, of: id)
        guard let holdings = running.holdings else { return try store.finish(id, at: now) }
        return try store.finish(id, at: now, by: holdings, items: running.reconciliation.judgedItems)
    }

    func sweep(ofStore id: Sweep.ID) throws -> Sweep {
        guard let sweep = try store.sweep(id) else { throw SweepRefusal.unknown(id) }
        return sweep
    }

    func rebuilt(_ id: Sweep.ID, rules: SweepRules) throws -> RunningSweep {
        try RunningSweep(sweep(ofStore: id), store: store, rules: rules)
    }

    private func keep(_ outcome: SweepOutcome) {
        lastOutcome = outcome
        if finishedViews.count >= Self.mostFinishedViews { finishedViews.removeAll() }
        finishedViews[outcome.view.sweep.id] = outcome.view
    }

    /// What came out by holdings that were replaced since would not go with what comes out now, of sweeps finished
    /// before they were kept.
    private func forgetOldHoldings() throws {
        let snapshot = try store.snapshot()?.number
        guard snapshot != judgedBy else { return }
        judgedBy = snapshot
        if lastOutcome?.view.holdings?.isKept != true { lastOutcome = nil }
        finishedViews = finishedViews.filter { $0.value.holdings?.isKept == true }
    }

    private func forgetOutcome(of id: Sweep.ID) {
        if lastOutcome?.view.sweep.id == id { lastOutcome = nil }
        finishedViews[id] = nil
    }

    func forgetOutcomes() {
        lastOutcome = nil
        finishedViews.removeAll()
    }

    private func announceAll() async {
        let now = time.now()
        for view in running.map({ $0.view(at: now) }) { await events.send(.sweep(view)) }
    }
}

/// From looks at a field to sightings on the disk.
extension SweepRoom {
    /// Tags that left the reader's field, with when it heard them last; a wand that only came by once has nothing to
    /// add.
    private func departures(_ round: StationRound) -> [(uid: TagUID, at: Moment)] {
        guard round.role == .wand else { return [] }
        var heard = lastHeard[round.reader] ?? [:]
        for uid in round.heard { heard[uid] = round.at }
        let left = round.left.compactMap { uid in heard.removeValue(forKey: uid).map { (uid, $0) } }
        lastHeard[round.reader] = heard
        return left
    }

    private func heard(_ round: StationRound, _ left: [(uid: TagUID, at: Moment)]) throws -> [HeardSighting] {
        var records: [TagRecord] = []
        var sightings: [HeardSighting] = []
        for heard in round.arrived where !cards.has(heard) {
            let record = try record(of: heard)
            if case .read = heard.content, let record { records.append(record) }
            let sighting = Sighting(
                uid: heard.uid,
                barcode: record?.barcode,
                reader: round.reader,
                at: heard.at,
                afi: heard.afi,
                antenna: heard.antenna,
                signal: heard.signal
            )
            sightings.append(HeardSighting(sighting: sighting, tag: record))
        }
        try book.remember(records, by: time.now())
        for (uid, at) in left {
            // A card or tag that was never written down on its coming is not written down on its going.
            guard let record = try store.tag(uid: uid) else { continue }
            let sighting = Sighting(uid: uid, barcode: record.barcode, reader: round.reader, at: at)
            sightings.append(HeardSighting(sighting: sighting, tag: record))
        }
        return sightings
    }

    /// Forgets what was kept of tags before they were read as patron cards: a wand hears a card before it has the time to
    /// read it, and its patron may come to a pad only after the sweep's end. Finished sweeps forget what they could read as
    /// no item's; the oldest of many do so at the next reading.
    private func forget(_ cards: [TagUID], by reader: String) async {
        var appeared: [Finding] = []
        var isTouched = false
        for uid in cards {
            do {
                let finished = try store.sweeps(withTag: uid, limit: Self.mostForgetting).filter { sweep in
                    !running.contains { $0.sweep.id == sweep }
                }
                for sweep in finished {
                    // One by one: others wait for their turn to write.
                    try store.forget(uid, in: [sweep])
                    forgetOutcome(of: sweep)
                }
                let places = running.indices.filter { running[$0].reconciliation.hasHeard(uid) }
                guard try !places.isEmpty || store.tag(uid: uid) != nil else { continue }
                let lost = try store.forget(uid, in: places.map { running[$0].sweep.id })
                for place in places {
                    let count = lost[running[place].sweep.id] ?? 0
                    for case .appeared(let finding) in running[place].forget(uid, lost: count) {
                        appeared.append(finding)
                    }
                    isTouched = true
                }
            } catch {
                // Whose card it is, its number may tell: it stands in no log.
                logger.error("patron card not forgotten", metadata: ["reader": "\(reader)", "cause": "\(error)"])
            }
        }
        for finding in appeared { await events.send(.finding(finding)) }
        if isTouched { await announceAll() }
    }

    /// What is known of a tag. One whose memory could not be read this time is known by its number, as one is that nobody
    /// had time to read: the log, when it is read again, knows it so too.
    private func record(of heard: HeardTag) throws -> TagRecord? {
        var heard = heard
        if case .unreadable = heard.content { heard.content = .unread }
        return try book.record(of: heard)
    }

    private func record(_ heard: [HeardSighting], in sweep: Sweep.ID) throws -> [FindingChange] {
        try followSnapshot(sweep)
        guard let place = running.firstIndex(where: { $0.sweep.id == sweep }) else { return [] }
        let new = try store.append(heard.map(\.sighting), to: sweep)
        let items = try store.items(barcodes: heard.compactMap(\.barcode))
        return running[place].take(heard, new: new, items: items, at: time.now())
    }

    /// Starts the picture of a running sweep afresh from the log when the holdings were replaced in the middle.
    private func followSnapshot(_ sweep: Sweep.ID) throws {
        guard let place = running.firstIndex(where: { $0.sweep.id == sweep }),
            try store.snapshot()?.number != running[place].holdings?.snapshot
        else { return }
        running[place] = try RunningSweep(running[place].sweep, store: store, rules: rules)
    }
}
