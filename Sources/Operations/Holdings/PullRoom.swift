package import Importers
package import Library
package import Logging
package import Store

/// Pulls items out of library systems, when asked and by the clock, and remembers how it went.
package actor PullRoom {
    private let store: Store
    private let holdings: HoldingsRoom
    private let time: Timekeeper
    private let logger: Logger
    private var sources: [PullSetup]
    private var reports: [String: PullReport] = [:]
    /// Which credentials a system has refused, by the source's name: systems lock an account that is tried again and
    /// again, so that the clock leaves them alone until they change.
    private var refused: [String: Int] = [:]
    /// How often each source could not be pulled since it was pulled last.
    private var failures: [String: Int] = [:]
    /// When each source was pulled last in this run: the moment that its holdings bear, and the same on the clock that
    /// nobody can set.
    private var pulled: [String: (asOf: Moment, uptime: Duration)] = [:]

    /// Changes are asked for from so long before the last pull: clocks differ, and transactions end late.
    private static let overlap = Duration.seconds(600)
    /// How soon a pull that failed is tried again, twice as late each time: a system that was just being started anew must
    /// not leave a site that pulls at night with the holdings of the day before.
    private static let firstRetry = Duration.seconds(900)
    /// The longest the clock is not looked at.
    private static let longestSleep = Duration.seconds(60)

    package init(store: Store, holdings: HoldingsRoom, time: Timekeeper, sources: [PullSetup], logger: Logger) {
        self.store = store
        self.holdings = holdings
        self.time = time
        self.sources = sources
        self.logger = logger
    }

    /// Every source with its last and next pull, in the order of the configuration.
    package func report() throws -> [PullReport] {
        try sources.map { source in
            var report = reports[source.name] ?? PullReport(name: source.name, system: source.source.system.rawValue)
            report.nextAt = try isLocked(source) ? nil : next(source)
            return report
        }
    }

    /// Pulls from a source now: what has changed when there is something to change, else everything.
    ///
    /// Without a name from the only source. Throws ``PullRefusal`` or ``ImportFailure``; the snapshot in use stays
    /// then.
    package func pull(_ name: String?, full: Bool) async throws -> PullResult {
        guard let source = name.map({ name in sources.first { $0.name == name } }) ?? sources.first,
            name != nil || sources.count == 1
        else { throw PullRefusal.unknown(name: name, known: sources.map(\.name)) }
        let (start, uptime) = (time.now(), time.uptime())
        var report = PullReport(name: source.name, system: source.source.system.rawValue)
        report.startedAt = start
        reports[source.name] = report
        let credentials = source.fingerprint()
        do {
            let result = try await pull(source, full: full, at: start)
            refused[source.name] = nil
            failures[source.name] = nil
            pulled[source.name] = (asOf: start, uptime: uptime)
            report.endedAt = time.now()
            report.outcome = .taken(items: result.outcome.imported, wasFull: result.wasFull)
            reports[source.name] = report
            return result
        } catch {
            report.endedAt = time.now()
            report.outcome = .failed(cause: "\(error)")
            reports[source.name] = report
            if case .notPulled(.refused, _, _)? = error as? ImportFailure { refused[source.name] = credentials }
            // What waits for somebody's decision has been pulled.
            if case .shrinks? = error as? ImportFailure {
                failures[source.name] = nil
            } else {
                failures[source.name, default: 0] += 1
            }
            throw error
        }
    }

    /// Pulls from these sources from now on; what is known of those that stay is kept.
    func follow(_ sources: [PullSetup]) {
        self.sources = sources
        refused = [:]
        reports = reports.filter { known in sources.contains { $0.name == known.key } }
        failures = failures.filter { known in sources.contains { $0.name == known.key } }
    }

    /// Pulls by the clock until cancelled.
    package func run() async {
        while !Task.isCancelled {
            var rest = Self.longestSleep
            for source in sources {
                guard let due = try? next(source) else { continue }
                let left = due.since(time.now())
                // Farther off than an interval: the clock was set back since, and holdings would grow old until it is up.
                if left > .zero, left <= source.interval ?? left {
                    rest = min(rest, left)
                } else if !isLocked(source) {
                    await pullByClock(source.name)
                }
            }
            do { try await time.sleep(max(rest, .seconds(1))) } catch { return }
        }
    }

    private func pullByClock(_ name: String) async {
        do {
            let result = try await pull(name, full: false)
            if let waiting = try staged(result.name) {
                logger.warning(
                    "holdings wait for a decision",
                    metadata: [
                        "source": "\(name)", "snapshot": "\(waiting.number)",
                        "hint": "pressmark holdings accept \(waiting.number) --accept-shrink, or holdings discard",
                    ]
                )
            }
            logger.info(
                "holdings pulled",
                metadata: [
                    "source": "\(name)", "items": "\(result.outcome.imported)", "all": "\(result.wasFull)",
                    "rejected": "\(result.outcome.rejectedCount)",
                ]
            )
        } catch is CancellationError {
        } catch {
            let hint = (error as? ImportFailure)?.hint ?? "pressmark holdings pull \(name) tries again"
            logger.warning(
                "holdings not pulled",
                metadata: ["source": "\(name)", "cause": "\(error)", "hint": "\(hint)"]
            )
        }
    }

    /// Whether the system has refused these very credentials.
    private func isLocked(_ source: PullSetup) -> Bool {
        guard let known = refused[source.name] else { return false }
        return source.fingerprint() == known
    }

    /// When the source is due: an interval behind the last attempt of this run or the last pull on record, sooner where
    /// that attempt failed.
    private func next(_ source: PullSetup) throws -> Moment? {
        guard let interval = source.interval else { return nil }
        if let started = reports[source.name]?.startedAt {
            guard let failed = failures[source.name] else { return started + interval }
            let doublings = min(max(failed - 1, 0), 7)
            return started + min(interval, Self.firstRetry * (1 << doublings))
        }
        guard let snapshot = try store.snapshot(), snapshot.source == source.label, let asOf = snapshot.checkedAt else {
            return time.now()
        }
        return asOf + interval
    }

    /// What a pull of everything brought and waits for somebody's word, since too many items would go: another one
    /// would bring the same, and take its place and number.
    private func staged(_ name: String) throws -> SnapshotInfo? {
        guard let label = sources.first(where: { $0.name == name })?.label else { return nil }
        return try store.snapshots().first { $0.state == .staged && $0.source == label }
    }

    private func pull(_ source: PullSetup, full: Bool, at start: Moment) async throws -> PullResult {
        let current = try store.snapshot()
        let waiting = try full ? nil : staged(source.name)
        let order = ImportOrder(
            profile: source.source.system.profile,
            source: source.label,
            asOf: start,
            changesBefore: try store.lastChangeForHoldings()
        )
        if !full, let current, current.source == source.label,
            let since = changesSince(current.checkedAt, source, at: start),
            waiting != nil || isRecent(current.wholeAt, source, at: start)
        {
            let pages = try await source.pages(since)
            if let outcome = try await holdings.update(with: pages, order: order, to: current.number) {
                return PullResult(name: source.name, wasFull: false, outcome: outcome)
            }
        }
        if let waiting {
            throw ImportFailure.shrinks(try await store.shrinkage(to: waiting.number), staged: waiting.number)
        }
        let outcome = try await holdings.take(try await source.pages(nil), order: order)
        return PullResult(name: source.name, wasFull: true, outcome: outcome)
    }

    /// From when on changes are asked for, by the clock as it goes now; `nil` where only everything will do.
    ///
    /// A pull of this run lies as far back as the clock says that nobody can set. Of one before a start there is the wall
    /// clock's word alone, and no believing it where it names a time to come: what has changed before would be missing.
    private func changesSince(_ asOf: Moment?, _ source: PullSetup, at start: Moment) -> Moment? {
        guard let asOf else { return nil }
        let overlap: Duration = .zero - Self.overlap
        guard let last = pulled[source.name], last.asOf == asOf else { return asOf <= start ? asOf + overlap : nil }
        return min(asOf, start + (last.uptime - time.uptime())) + overlap
    }

    /// Whether everything was pulled so lately that changes are enough; not at a time to come, by a clock that was wrong by
    /// more than that.
    private func isRecent(_ wholeAt: Moment, _ source: PullSetup, at start: Moment) -> Bool {
        let age = start.since(wholeAt)
        return age < source.fullInterval && age > .zero - source.fullInterval
    }
}

/// A library system that items are pulled from, as its site has set it up.
package struct PullSetup: Sendable {
    /// The name under `[[pull]]` in the configuration.
    package var name: String
    /// Which system it is, FOLIO's tenant, and how many records a page has.
    package var source: PullSource
    /// The system's address without its path's query: what snapshots are labelled with.
    package var label: String
    /// Between two pulls; `nil` pulls only when asked.
    package var interval: Duration?
    /// How old the last pull of everything may be before changes alone are not enough.
    package var fullInterval: Duration
    /// Opens a pull, of everything or of what has changed since a moment, page by page.
    package var pages: @Sendable (_ since: Moment?) async throws -> AsyncThrowingStream<[UInt8], any Error>
    /// Tells the credentials in use from others, and says nothing of them; `nil` where they cannot be read.
    package var fingerprint: @Sendable () -> Int? = { nil }

    package init(
        name: String,
        source: PullSource,
        label: String,
        interval: Duration?,
        fullInterval: Duration,
        pages: @escaping @Sendable (_ since: Moment?) async throws -> AsyncThrowingStream<[UInt8], any Error>
    ) {
        self.name = name
        self.source = source
        self.label = label
        self.interval = interval
        self.fullInterval = fullInterval
        self.pages = pages
    }
}

/// How a source was pulled last, and when it will be next.
package struct PullReport: Hashable, Sendable {
    /// How a pull ended.
    package enum Outcome: Hashable, Sendable {
        case taken(items: Int, wasFull: Bool)
        case failed(cause: String)
    }

    /// The name under `[[pull]]` in the configuration.
    package var name: String
    /// `koha` or `folio`.
    package var system: String
    /// When the last pull of this run began; `nil` before the first since the service started.
    package var startedAt: Moment?
    /// When it ended; `nil` before the first, and while one goes on.
    package var endedAt: Moment?
    /// `nil` before the first, and while one goes on.
    package var outcome: Outcome?
    /// When the clock is going to pull it; `nil` where it is pulled only when somebody asks, or its credentials were
    /// refused and have not changed since.
    package var nextAt: Moment?

    init(name: String, system: String) {
        self.name = name
        self.system = system
    }
}

/// What a pull brought.
package struct PullResult: Sendable {
    /// The name under `[[pull]]` in the configuration.
    package var name: String
    /// Whether everything was pulled, and not only changes.
    package var wasFull: Bool
    /// What came of taking it in.
    package var outcome: ImportOutcome
}

/// Why there is nothing to pull from.
package enum PullRefusal: Error, Hashable, Sendable {
    case unknown(name: String?, known: [String])
    /// The credentials cannot be read or used.
    case credentials(cause: String, hint: String)
}

extension PullRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(nil, let known):
            known.isEmpty
                ? "pull: no library system is set up"
                : "pull: found no name, wanted one of \(known.joined(separator: ", "))"
        case .unknown(let name?, let known):
            known.isEmpty
                ? "pull \(name): no library system is set up"
                : "pull \(name): found none of that name, wanted one of \(known.joined(separator: ", "))"
        case .credentials(let cause, _): cause
        }
    }

    /// What to do about it, for a person.
    package var hint: String {
        switch self {
        case .unknown: "library systems to pull from stand under [[pull]] in the configuration"
        case .credentials(_, let hint): hint
        }
    }
}
