package import Library
import Logging
import Readers
import Store
import Tags

/// Changes that are open in the journal.
extension SecurityDesk {
    /// Changes that were begun and whose tags are not known to be as they shall be, the oldest first.
    package func open() throws -> [SecurityRecord] {
        try store.openIntents()
    }

    /// How many changes are open. Whoever asks does not wait for the desk, which may be writing to the disk.
    package nonisolated func openCount() throws -> Int {
        try store.openIntentCount()
    }

    /// The last entries of the journal, the newest first, of one item or of all.
    package func journal(of barcode: String?, before id: SecurityRecord.ID? = nil, limit: Int) throws
        -> [SecurityRecord]
    {
        try store.latestChanges(of: barcode.map { try store.names(ofItem: $0).own }, before: id, limit: limit)
    }

    /// Says at the start what an earlier run has left open.
    func tellOpen() async {
        do {
            for record in try store.openIntents() {
                let result =
                    record.lastResult
                    ?? SecurityResult(outcome: .uncertain, reason: "cut off before the end of it was known")
                await tell(report(record, result, "left open by an earlier run"))
            }
        } catch {
            logger.error("security journal", metadata: ["cause": "\(error)"])
        }
    }

    /// Takes up what is open about the tags of a look at a field.
    func takeUpOpen(_ round: StationRound, on station: Station) async throws {
        for record in try store.openIntents(of: round.arrived.map(\.uid)) {
            retries[record.id] = nil
            await tryTakingUp(record, on: station, marks: marks(round))
        }
    }

    /// Tries again what lies in front of a reader, and what newer holdings have settled.
    func retry(on stations: [Station]) async throws {
        let now = time.uptime()
        let open = try store.openIntents()
        let numbers = Set(open.map(\.id))
        retries = retries.filter { numbers.contains($0.key) }
        for record in open where retries[record.id].map({ $0.due <= now }) ?? true {
            let tags = Set(record.intent.changes.map(\.uid))
            let station = stations.first { lying[$0.setup.name]?.isDisjoint(with: tags) == false }
            await tryTakingUp(record, on: station)
        }
    }

    /// Takes a change up. What goes wrong is logged, and keeps neither other changes waiting nor what else was heard.
    private func tryTakingUp(
        _ record: SecurityRecord,
        on station: Station?,
        marks: [TagUID: SecurityMark] = [:]
    ) async {
        do {
            try await takeUp(record, on: station, marks: marks)
        } catch {
            retries[record.id, default: SecurityRetry(at: time.uptime())].failed(at: time.uptime())
            // What lies there is told anew when it is back; meanwhile it may lie elsewhere.
            if let station, case .offline? = error as? StationError { lying[station.setup.name] = nil }
            logger.warning(
                "open change not taken up",
                metadata: ["item": "\(record.intent.barcode)", "cause": "\(error)"]
            )
        }
    }

    /// - Parameters:
    ///   - station: where tags of it lie; `nil` when none is heard.
    ///   - marks: what a gate has heard them say.
    func takeUp(
        _ record: SecurityRecord,
        on station: Station?,
        marks: [TagUID: SecurityMark] = [:]
    ) async throws {
        // The reader may be busy for long, and the same tags be heard again meanwhile.
        guard takenUp.insert(record.id).inserted else { return }
        defer { takenUp.remove(record.id) }
        guard try isFree(record) else { return }
        let present = station.flatMap { lying[$0.setup.name] } ?? []
        let (item, isNewer) = try await knowledge(of: record)
        // The library system took its time: somebody may have ended this change, or begun a younger one.
        guard try isFree(record) else { return }
        var record = record
        let now = try watchClock()
        let age = ages.age(of: record, at: now)
        var decision = policy.takeUp(record, present: present, item: item, isNewer: isNewer, age: age)
        if decision == .agree {
            try store.confirm(record.id)
            record.isAgreed = true
            retries[record.id] = nil
            decision = policy.takeUp(record, present: present, item: item, isNewer: isNewer, age: age)
        }
        switch decision {
        case .wait where !record.isAgreed:
            // A library system that cannot say is not asked every second.
            let first = SecurityRetry(at: time.uptime(), longest: SecurityRetry.question)
            retries[record.id, default: first].failed(at: time.uptime())
        case .wait where station == nil:
            // Until its tags are heard only newer holdings can say anything: a day of loans beside a pad that is away
            // need not be looked through every second.
            retries[record.id, default: SecurityRetry(at: time.uptime())].failed(at: time.uptime())
        case .wait, .agree: break
        case .close(let outcome, let why):
            let result = SecurityResult(outcome: outcome, reason: why, readBack: record.lastResult?.readBack ?? [:])
            try store.record(result, of: record.id, at: time.now())
            await tell(report(record, result, "settled by what is known now"))
        case .finish: try await resume(record, undoing: false, present, on: station, marks)
        case .undo: try await resume(record, undoing: true, present, on: station, marks)
        }
    }

    /// Whether the change is still open, and nothing younger or under way concerns its item.
    private func isFree(_ record: SecurityRecord) throws -> Bool {
        guard underWay[record.intent.barcode] == nil else { return false }
        let open = try store.openIntents(of: record.intent.changes.map(\.uid))
        return open.contains { $0.id == record.id } && !record.isOvertaken(among: open)
    }

    /// Whether no tag of the change is known to bear another item by now: it would be written to for a stranger's sake.
    private func isOnItsTags(_ record: SecurityRecord) throws -> Bool {
        let names = try store.names(ofItem: record.intent.barcode).all
        return try store.tags(uids: record.intent.changes.map(\.uid)).values.allSatisfy { tag in
            tag.barcode.map(names.contains) ?? true
        }
    }

    private func resume(
        _ record: SecurityRecord,
        undoing: Bool,
        _ present: Set<TagUID>,
        on station: Station?,
        _ marks: [TagUID: SecurityMark]
    ) async throws {
        guard try isOnItsTags(record) else { return }
        if let station, station.setup.role == .gate, !policy.table.repairs.contains(.gate) {
            // At a gate nothing is written unless the site says so; a tag that says the right thing is only read.
            let unheard = record.unfinished(undoing: undoing).contains { uid in
                guard let change = record.intent.changes.first(where: { $0.uid == uid }) else { return true }
                return marks[uid]?.says(undoing ? change.before : change.wanted) != true
            }
            if unheard { return }
        }
        var run = FlipRun(
            flip: SecurityFlip(record.intent),
            store: store,
            time: time,
            password: password,
            record: record
        )
        let first = run.flip.resume(undoing: undoing, present: present, known: record.lastResult?.readBack ?? [:])
        var result = await run.begin(first)
        if result == nil, let station {
            let begun = run
            result = try await station.perform { reader in
                var run = begun
                return await run.carryOut(on: &reader)
            }
        }
        guard let result else { return }
        if result.outcome.settles(record.intent.cause) {
            retries[record.id] = nil
        } else {
            retries[record.id, default: SecurityRetry(at: time.uptime())].failed(at: time.uptime())
        }
        let isNews = result.outcome != record.lastResult?.outcome || result.readBack != record.lastResult?.readBack
        if isNews { await tell(report(record, result, "taken up again after it was cut off", at: station)) }
    }

    /// What is known of the item of an open change now, and whether that is younger than the change: from the library
    /// system where its answer is missing.
    private func knowledge(of record: SecurityRecord) async throws -> (item: Item?, isNewer: Bool) {
        let item = try store.item(barcode: record.intent.barcode)?.item
        if !record.isAgreed, let status, let told = await status(record.intent.barcode) {
            var known = item ?? Item(barcode: record.intent.barcode)
            known.status = told
            return (known, true)
        }
        return (item, try store.snapshot()?.knows(record) ?? false)
    }

    private func marks(_ round: StationRound) -> [TagUID: SecurityMark] {
        Dictionary(
            round.arrived.map { ($0.uid, SecurityMark(afi: $0.afi)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func report(
        _ record: SecurityRecord,
        _ result: SecurityResult,
        _ note: String,
        at station: Station? = nil
    ) -> SecurityReport {
        SecurityReport(
            request: SecurityRequest(
                barcode: record.intent.barcode,
                wanted: record.intent.wanted,
                cause: record.intent.cause,
                reader: station?.setup.name ?? record.intent.reader
            ),
            end: .flipped(record.intent, result),
            notes: [note],
            change: record.id
        )
    }
}
