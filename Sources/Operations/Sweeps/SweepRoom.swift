package import Library
package import Logging
package import Store
import Tags

/// Keeps the sweep in progress: writes every sighting down before it counts, and says what it means.
package actor SweepRoom {
    private let store: Store
    private let book: TagBook
    private let time: Timekeeper
    private let rules: SweepRules
    private let events: EventHub
    private let logger: Logger
    private var running: Running?

    private struct Running {
        var sweep: Sweep
        var snapshot: Int64?
        var reconciliation: SweepReconciliation
        var sightings: Int
    }

    /// Takes up the sweep that was open when the daemon stopped, from its log.
    package init(store: Store, time: Timekeeper, rules: SweepRules, events: EventHub, logger: Logger) throws {
        self.store = store
        self.time = time
        self.rules = rules
        self.events = events
        self.logger = logger
        book = TagBook(store: store)
        if let open = try store.openSweeps().last {
            let taken = try Self.rebuilt(open, store: store, rules: rules)
            running = taken
            logger.notice(
                "sweep taken up again",
                metadata: ["sweep": "\(open.id)", "sightings": "\(taken.sightings)"]
            )
        }
    }

    /// Opens a sweep; refuses a second one and a scope in which nothing is expected.
    package func start(_ scope: SweepScope) async throws -> SweepView {
        if let running { throw SweepRefusal.running(running.sweep.id) }
        guard let snapshot = try store.snapshot() else { throw SweepRefusal.noHoldings }
        let expected = try store.items(in: scope)
        guard !expected.isEmpty else { throw SweepRefusal.nothingExpected }
        let sweep = try store.startSweep(scope, at: time.now())
        let begun = Running(
            sweep: sweep,
            snapshot: snapshot.number,
            reconciliation: SweepReconciliation(scope: scope, expected: expected, rules: rules),
            sightings: 0
        )
        running = begun
        return await announce(begun)
    }

    /// Takes what a wand heard: on the disk first, then into the picture.
    ///
    /// A disk that cannot be written to loses nothing that was shown: the sightings of this round do not count.
    package func take(_ round: StationRound) async {
        guard running != nil, !round.arrived.isEmpty else { return }
        do {
            let changes = try record(round)
            for case .appeared(let finding) in changes { await events.send(.finding(finding)) }
            if let running { _ = await announce(running) }
        } catch {
            logger.error(
                "sightings not recorded",
                metadata: ["reader": "\(round.reader)", "tags": "\(round.arrived.count)", "cause": "\(error)"]
            )
        }
    }

    /// Ends the sweep and says what it came to.
    package func finish() async throws -> SweepView {
        guard let running else { throw SweepRefusal.notRunning }
        _ = try store.finish(running.sweep.id, at: time.now())
        self.running = nil
        let view = try finished(running.sweep.id)
        await events.send(.sweep(view))
        return view
    }

    /// The sweep in progress, else the latest one; `nil` before the first.
    package func current() throws -> SweepView? {
        if let running { return view(running) }
        guard let latest = try store.latestSweep() else { return nil }
        return try finished(latest.id)
    }

    /// Everything a sweep found: so far while it runs, else in the end.
    package func findings(_ id: Sweep.ID) throws -> [Finding] {
        if let running, running.sweep.id == id { return running.reconciliation.findings }
        return try rebuilt(id).reconciliation.finished().findings
    }

    /// A sweep by its number.
    package func sweep(_ id: Sweep.ID) throws -> SweepView {
        if let running, running.sweep.id == id { return view(running) }
        return try finished(id)
    }

    private func record(_ round: StationRound) throws -> [FindingChange] {
        try followSnapshot()
        guard var running else { return [] }
        var records: [TagRecord] = []
        var sightings: [(Sighting, TagRecord?)] = []
        for heard in round.arrived where !heard.isPatronCard {
            let record = try book.record(of: heard)
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
            sightings.append((sighting, record))
        }
        try book.remember(records)
        running.sightings += try store.append(sightings.map(\.0), to: running.sweep.id)
        let items = try store.items(barcodes: sightings.compactMap { $0.0.barcode })
        var changes: [FindingChange] = []
        for (sighting, record) in sightings {
            let item = sighting.barcode.flatMap { items[$0] }
            changes += running.reconciliation.take(sighting, tag: record, item: item)
        }
        self.running = running
        return changes
    }

    /// Starts the picture afresh from the log when the holdings were replaced in the middle.
    private func followSnapshot() throws {
        guard let running, try store.snapshot()?.number != running.snapshot else { return }
        self.running = try Self.rebuilt(running.sweep, store: store, rules: rules)
    }

    private func announce(_ running: Running) async -> SweepView {
        let view = view(running)
        await events.send(.sweep(view))
        return view
    }

    private func view(_ running: Running) -> SweepView {
        SweepView(
            sweep: running.sweep,
            summary: running.reconciliation.summary,
            sightings: running.sightings,
            stretches: running.reconciliation.stretches(SweepView.stretchCount)
        )
    }

    private func finished(_ id: Sweep.ID) throws -> SweepView {
        let done = try rebuilt(id)
        return SweepView(
            sweep: done.sweep,
            summary: done.reconciliation.finished().summary,
            sightings: done.sightings,
            stretches: done.reconciliation.stretches(SweepView.stretchCount)
        )
    }

    private func rebuilt(_ id: Sweep.ID) throws -> Running {
        guard let sweep = try store.sweep(id) else { throw SweepRefusal.unknown(id) }
        return try Self.rebuilt(sweep, store: store, rules: rules)
    }

    /// The picture as its log tells it, by the holdings of now.
    private static func rebuilt(_ sweep: Sweep, store: Store, rules: SweepRules) throws -> Running {
        var reconciliation = SweepReconciliation(
            scope: sweep.scope,
            expected: try store.items(in: sweep.scope),
            rules: rules
        )
        let sightings = try store.sightings(of: sweep.id)
        let tags = try store.tags(uids: sightings.map(\.uid))
        let barcodes = sightings.compactMap { $0.barcode ?? tags[$0.uid]?.barcode }
        let items = try store.items(barcodes: barcodes)
        for sighting in sightings {
            let tag = tags[sighting.uid]
            let item = (sighting.barcode ?? tag?.barcode).flatMap { items[$0] }
            _ = reconciliation.take(sighting, tag: tag, item: item)
        }
        return Running(
            sweep: sweep,
            snapshot: try store.snapshot()?.number,
            reconciliation: reconciliation,
            sightings: sightings.count
        )
    }
}
