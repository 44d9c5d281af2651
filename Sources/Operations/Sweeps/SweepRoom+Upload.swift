package import Library
import Store
import Tags

/// Logs that were made elsewhere.
extension SweepRoom {
    /// Takes a log that was made elsewhere, in portions, on the disk before it counts; a finished sweep takes it too.
    ///
    /// Sightings from before the sweep began (a wand that repeats yesterday's buffer) and from a day ahead of now (a
    /// clock that is wrong) count for nothing and are told. What is there already is not taken twice; of a list without
    /// moments that is every tag and barcode that `name` has been heard with.
    package func upload(
        _ text: some AsyncSequence<String, any Error>,
        named name: String,
        to id: Sweep.ID
    ) async throws -> SweepUpload {
        let sweep = try sweep(ofStore: id)
        do {
            let report = try await write(text, named: name, to: sweep)
            try await followLog(of: sweep)
            return report
        } catch {
            // What came before it broke off is in the log: the end of the sweep has to know of it.
            try? await followLog(of: sweep)
            throw error
        }
    }

    private func write(
        _ text: some AsyncSequence<String, any Error>,
        named name: String,
        to sweep: Sweep
    ) async throws -> SweepUpload {
        var log = SightingLog(reader: name, moment: time.now())
        var listed: ListedBefore?
        var report = SweepUpload()
        var portion: [Sighting] = []
        for try await line in text {
            report.take(log.take(line), bounds: (sweep.startedAt, time.now() + .seconds(86_400)))
            guard let sighting = try sighting(report.last, reader: log.reader) else { continue }
            // The wand that has made this log may not have had the time to read it.
            guard sighting.barcode != nil || !cards.knows(sighting.uid) else { continue }
            if !log.hasColumns {
                if listed == nil { listed = ListedBefore(try store.tagsHeard(by: log.reader, in: sweep.id)) }
                guard listed?.insert(sighting) ?? true else { continue }
            }
            portion.append(sighting)
            guard portion.count >= Self.portion else { continue }
            report.new += try store.append(portion, to: sweep.id)
            portion.removeAll()
        }
        report.new += try store.append(portion, to: sweep.id)
        return report
    }

    /// Brings the picture of a sweep up to its log, when that has grown by more than what was heard here.
    private func followLog(of sweep: Sweep) async throws {
        forgetOutcomes()
        guard let place = running.firstIndex(where: { $0.sweep.id == sweep.id }) else {
            let grown = try rebuilt(sweep.id, rules: rules)
            try store.note(tagsWithoutItem: grown.reconciliation.tagsWithoutItem, of: sweep.id)
            // What comes late is judged by the holdings of the day on which it comes, on every later day too.
            return try store.addJudgedItems(grown.late, to: sweep.id)
        }
        running[place] = try RunningSweep(sweep, store: store, rules: rules)
        await events.send(.sweep(running[place].view(at: time.now())))
    }

    /// Sightings that wait for the disk together.
    private static let portion = 5000

    private func sighting(_ line: SightingLog.Line?, reader: String) throws -> Sighting? {
        switch line {
        case .sighting(let sighting): return sighting
        case .barcode(let barcode):
            let tag = try store.tags(ofItem: barcode).first
            return Sighting(
                uid: tag?.uid ?? TagUID(barcodeAlone: barcode),
                barcode: barcode,
                reader: reader,
                at: time.now()
            )
        case .nothing, .rejected, nil: return nil
        }
    }
}
