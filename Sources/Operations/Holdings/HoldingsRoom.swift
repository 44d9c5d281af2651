import Importers
package import Library
package import Store

/// Takes exports of the library system in, keeps the snapshots, and answers what they say.
package actor HoldingsRoom {
    private let store: Store
    private let time: Timekeeper
    private var settings: ServiceDesk.Settings
    private var running: ImportProgress?

    /// Rejected rows, items and notices handed back word for word.
    private static let shown = 100
    private static let shownItems = 10
    /// How much of a file is looked at to guess its profile, in bytes.
    private static let headLength = 1 << 16

    package init(store: Store, time: Timekeeper, settings: ServiceDesk.Settings) {
        self.store = store
        self.time = time
        self.settings = settings
    }

    /// Imports by these settings from now on.
    func follow(_ settings: ServiceDesk.Settings) {
        self.settings = settings
    }

    /// By which switches call numbers are filed: those of items and those of a sweep's range have to be the same.
    package var shelfOrder: ShelfOrderRules { settings.shelfOrder }

    /// How far the running import has come; `nil` when there is none.
    package var progress: ImportProgress? { running }

    /// Reads an export, compressed or not, and makes it a snapshot as the order says.
    ///
    /// One import at a time. Whatever goes wrong on the way, the snapshot in use stays as it was. Throws
    /// ``ImportFailure``; ``ImportFailure/shrinks(_:staged:)`` leaves the import staged.
    package func take<Chunks: AsyncSequence>(
        _ chunks: Chunks,
        order: ImportOrder
    ) async throws -> ImportOutcome where Chunks.Element: Sequence<UInt8> {
        if let profile = order.profile, AllImporters.named(profile) == nil {
            throw ImportFailure.unknownProfile(profile, known: AllImporters.list.map { $0.profile })
        }
        try begin(order.source, profile: order.profile ?? "")
        defer { running = nil }
        var intake = ImportIntake(order: order, settings: settings)
        var work: HoldingsImport?
        do {
            var head: [UInt8] = []
            for try await chunk in chunks {
                try Task.checkCancellation()
                if work != nil {
                    try read(ArraySlice(chunk), &intake, into: work)
                } else {
                    head.append(contentsOf: chunk)
                    guard head.count >= Self.headLength else { continue }
                    work = try start(&intake, head)
                }
            }
            if work == nil { work = try start(&intake, head) }
            guard let work else { throw ImportFailure.unrecognised }
            try intake.finish(into: work)
            running?.phase = .sorting
            try await work.finishInBackground()
            return try await end(work, intake)
        } catch let failure as ImportFailure {
            if case .shrinks = failure { throw failure }
            try? work?.abandon()
            throw failure
        } catch {
            try? work?.abandon()
            throw intake.failure(error) ?? error
        }
    }

    /// Adds what has changed to a copy of the snapshot in use; no items change nothing but the date of the last check.
    ///
    /// `base` is the snapshot since whose date changes were asked for: the one in use unless it is given. Throws
    /// ``ImportFailure/overtaken(found:wanted:)`` when another one has taken its place meanwhile. `nil` when there is
    /// no snapshot to change, or one that was filed by other switches: some of its items in an order of their own
    /// would seem to stand wrong.
    package func update<Chunks: AsyncSequence>(
        with chunks: Chunks,
        order: ImportOrder,
        to base: Int64? = nil
    ) async throws -> ImportOutcome? where Chunks.Element: Sequence<UInt8> {
        guard let current = try store.snapshot(), try store.isFiled(current.number, by: settings.shelfOrder) else {
            return nil
        }
        let base = base ?? current.number
        try begin(order.source, profile: order.profile ?? "")
        defer { running = nil }
        var intake = ImportIntake(order: order, settings: settings)
        var work: HoldingsImport?
        do {
            for try await chunk in chunks {
                try Task.checkCancellation()
                if work == nil {
                    try checkInUse(base)
                    work = try store.beginUpdate(
                        source: order.source,
                        at: time.now(),
                        asOf: order.asOf,
                        changesBefore: order.changesBefore,
                        rules: settings.shelfOrder
                    )
                    try intake.open([], isUpdate: true)
                }
                try read(ArraySlice(chunk), &intake, into: work)
            }
            if let work { try intake.finish(into: work) }
            guard let work, work.itemCount > 0 else {
                try work?.abandon()
                try checkInUse(base)
                try store.confirmSnapshot(at: order.asOf ?? time.now(), changesBefore: order.changesBefore)
                return intake.outcome
            }
            let changed = work.itemCount
            running?.phase = .sorting
            try await work.finishInBackground()
            var outcome = intake.outcome
            outcome.profile = current.profile
            outcome.rejectedCount = work.rejectedCount
            outcome.rejected = try store.rejections(snapshot: work.number, limit: Self.shown)
            try checkInUse(base)
            outcome.snapshot = try work.commit(at: time.now(), keeping: settings.snapshots - 1)
            outcome.imported = changed
            return outcome
        } catch {
            try? work?.abandon()
            throw intake.failure(error) ?? error
        }
    }

    /// Somebody may have gone back to another snapshot while changes came: theirs it has to stay, and to it they would
    /// leave a gap.
    private func checkInUse(_ base: Int64) throws {
        let found = try store.snapshot()?.number
        guard found == base else { throw ImportFailure.overtaken(found: found, wanted: base) }
    }

    private func begin(_ source: String, profile: String) throws(ImportFailure) {
        guard running == nil else { throw .busy }
        running = ImportProgress(
            source: source,
            profile: profile,
            phase: .reading,
            items: 0,
            rejected: 0,
            bytes: 0,
            startedAt: time.now()
        )
    }

    private func start(_ intake: inout ImportIntake, _ head: [UInt8]) throws -> HoldingsImport {
        try intake.open(head)
        running?.profile = intake.outcome.profile
        let work = try store.beginImport(
            profile: intake.outcome.profile,
            source: intake.source,
            at: time.now(),
            asOf: intake.asOf,
            changesBefore: intake.changesBefore,
            rules: settings.shelfOrder
        )
        do {
            try read(head[...], &intake, into: work)
        } catch {
            try? work.abandon()
            throw error
        }
        return work
    }

    private func read(_ bytes: ArraySlice<UInt8>, _ intake: inout ImportIntake, into work: HoldingsImport?) throws {
        guard let work else { return }
        try intake.read(bytes, into: work)
        running?.items = work.itemCount
        running?.rejected = work.rejectedCount
        running?.bytes += bytes.count
    }

    private func end(_ work: HoldingsImport, _ intake: ImportIntake) async throws -> ImportOutcome {
        var outcome = intake.outcome
        outcome.columns = intake.columns.map { UnderstoodColumn($0) }
        outcome.imported = work.itemCount
        outcome.rejectedCount = work.rejectedCount
        outcome.rejected = try store.rejections(snapshot: work.number, limit: Self.shown)
        outcome.first = try store.firstItems(snapshot: work.number, limit: Self.shownItems)
        if work.unsortedCount > 0 {
            outcome.notices.append(
                "\(work.unsortedCount) call numbers cannot be filed and have no place in shelf order"
            )
            outcome.notices += work.unsorted.map(\.description)
        }
        guard outcome.imported > 0 else {
            throw ImportFailure.nothingUnderstood(rejected: outcome.rejected.first?.cause, notices: outcome.notices)
        }
        if let current = try store.snapshot(), current.profile != SnapshotInfo.simulated {
            outcome.shrinkage = try await store.shrinkage(to: work.number)
        }
        switch intake.ending {
        case .dryRun: try work.abandon()
        case .preview: outcome.snapshot = try work.stage(at: time.now())
        case .commit:
            if outcome.shrinkage.exceeds(percent: settings.shrinkPercent), !intake.acceptsShrink {
                let staged = try work.stage(at: time.now())
                throw ImportFailure.shrinks(outcome.shrinkage, staged: staged.number)
            }
            outcome.snapshot = try work.commit(at: time.now(), keeping: settings.snapshots - 1)
        }
        return outcome
    }
}

extension HoldingsRoom {
    /// Makes a staged snapshot the current one.
    package func accept(_ number: Int64, acceptsShrink: Bool) async throws -> SnapshotInfo {
        let snapshots = try store.snapshots()
        guard snapshots.contains(where: { $0.number == number && $0.state == .staged }) else {
            throw ImportFailure.noSuchSnapshot(number)
        }
        if !acceptsShrink, let current = try store.snapshot(), current.profile != SnapshotInfo.simulated {
            let shrinkage = try await store.shrinkage(to: number)
            guard !shrinkage.exceeds(percent: settings.shrinkPercent) else {
                throw ImportFailure.shrinks(shrinkage, staged: number)
            }
        }
        return try store.accept(number, at: time.now(), keeping: settings.snapshots - 1)
    }

    /// Throws a staged snapshot away.
    package func discard(_ number: Int64) throws {
        guard try store.snapshots().contains(where: { $0.number == number && $0.state == .staged }) else {
            throw ImportFailure.noSuchSnapshot(number)
        }
        try store.discard(number)
    }

    /// Goes back to a snapshot that was in use before; the one in use now is kept.
    package func revert(to number: Int64) throws -> SnapshotInfo {
        guard try store.snapshots().contains(where: { $0.number == number && $0.state != .staged }) else {
            throw ImportFailure.noSuchSnapshot(number)
        }
        return try store.accept(number, at: time.now(), keeping: settings.snapshots - 1)
    }
}
