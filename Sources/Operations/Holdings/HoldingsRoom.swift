package import Importers
package import Library
package import Store

/// Takes exports of the library system in and answers what the snapshot says.
package actor HoldingsRoom {
    private let store: Store
    private let time: Timekeeper
    private let settings: ServiceDesk.Settings
    private var importing = false

    /// Rejected rows and notices handed back word for word.
    private static let shown = 100

    package init(store: Store, time: Timekeeper, settings: ServiceDesk.Settings) {
        self.store = store
        self.time = time
        self.settings = settings
    }

    /// Reads an export and makes it the current snapshot; with `dryRun` nothing is changed.
    ///
    /// One import at a time. Whatever goes wrong on the way, the snapshot in use stays as it was.
    package func take<Chunks: AsyncSequence>(
        _ chunks: Chunks,
        profile: String,
        source: String,
        dryRun: Bool
    ) async throws -> ImportOutcome where Chunks.Element: Sequence<UInt8> {
        guard let type = AllImporters.named(profile) else {
            throw ImportFailure.unknownProfile(profile, known: AllImporters.list.map { $0.profile })
        }
        guard !importing else { throw ImportFailure.busy }
        importing = true
        defer { importing = false }
        let work = try store.beginImport(profile: profile, source: source, at: time.now(), rules: settings.shelfOrder)
        do {
            var outcome = ImportOutcome()
            var importer = type.init(settings: ImportSettings(defaultScheme: settings.scheme))
            for try await chunk in chunks {
                try Task.checkCancellation()
                try importer.read(ArraySlice(chunk)) { row in try outcome.take(row, into: work) }
            }
            try importer.finish { row in try outcome.take(row, into: work) }
            try work.flush()
            return try end(work, outcome, dryRun: dryRun)
        } catch {
            try? work.abandon()
            if let error = error as? ImportError { throw ImportFailure.unreadable(error) }
            throw error
        }
    }

    private func end(_ work: HoldingsImport, _ taken: ImportOutcome, dryRun: Bool) throws -> ImportOutcome {
        var outcome = taken
        outcome.imported = work.itemCount
        outcome.rejectedCount = work.rejectedCount
        outcome.rejected = try store.rejections(snapshot: work.number, limit: Self.shown)
        guard outcome.imported > 0 else {
            throw ImportFailure.nothingUnderstood(rejected: outcome.rejected.first?.cause, notices: outcome.notices)
        }
        if dryRun {
            try work.abandon()
        } else {
            outcome.snapshot = try work.commit(at: time.now(), keeping: settings.snapshots - 1)
        }
        return outcome
    }
}

/// What came of an import.
package struct ImportOutcome: Sendable {
    /// The snapshot made; `nil` after a dry run.
    package var snapshot: SnapshotInfo?
    package var imported = 0
    package var rejectedCount = 0
    /// The first rejected rows.
    package var rejected: [ImportRejection] = []
    package var notices: [String] = []

    package init() {}

    fileprivate mutating func take(_ row: ImportRow, into work: HoldingsImport) throws {
        switch row {
        case .item(let item, let line): try work.add(item, line: line)
        case .rejected(let row): try work.reject(line: row.line, cause: row.cause, text: row.text)
        case .notice(let text): if notices.count < 100 { notices.append(text) }
        }
    }
}

/// Why an import did not become a snapshot.
package enum ImportFailure: Error, Hashable, Sendable {
    case unknownProfile(String, known: [String])
    case busy
    /// The file as a whole is not what the profile reads; no row of it was looked at.
    case unreadable(ImportError)
    case nothingUnderstood(rejected: String?, notices: [String])
}

extension ImportFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownProfile(let name, let known):
            "profile: found \"\(name)\", wanted one of \(known.joined(separator: ", "))"
        case .busy: "holdings: another import is running"
        case .unreadable(let error): "export: \(error)"
        case .nothingUnderstood(let cause, let notices):
            "export: found no item that could be taken"
                + ((cause ?? notices.first).map { "; the first trouble: \($0)" } ?? "; the file is empty")
        }
    }

    package var hint: String {
        switch self {
        case .unknownProfile: "say with --profile which system the export comes from"
        case .busy: "wait until it is done; `pressmark status` shows the snapshot in use"
        case .unreadable(let error): error.hint
        case .nothingUnderstood:
            "compare the file's first line with the columns in docs/holdings.md; nothing was changed"
        }
    }
}
