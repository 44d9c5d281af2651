package import FoundationEssentials

/// A snapshot of the holdings: `GET /v1/holdings` for the one in use, `GET /v1/holdings/snapshots` for all.
package struct SnapshotSummary: Codable, Hashable, Sendable {
    /// Where a snapshot stands in its life.
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        /// Imported, waiting to be accepted.
        case staged
        /// In use.
        case current
        /// Replaced, and kept for a while.
        case kept
    }

    /// Counted from 1 and never used again.
    package var number: Int
    /// The importer that took it in: `koha`; `simulated` in a simulated branch.
    package var profile: String
    /// The file's name, or the address it was pulled from.
    package var source: String
    /// When the import made it.
    package var importedAt: Date
    /// Items in it.
    package var items: Int
    /// Rows that did not become an item; `GET /v1/holdings/snapshots/{number}/rejections` lists them.
    package var rejected: Int
    /// Only one is in use at a time.
    package var state: State
    /// The snapshot that this one was made from by changes alone.
    package var base: Int?
    /// The moment whose state of the library system this is, as far as a pull could see: when the pull began that made
    /// it, or the last one that found nothing new; `nil` for files.
    package var checkedAt: Date?

    package init(
        number: Int,
        profile: String,
        source: String,
        importedAt: Date,
        items: Int,
        rejected: Int,
        state: State = .current,
        base: Int? = nil,
        checkedAt: Date? = nil
    ) {
        self.number = number
        self.profile = profile
        self.source = source
        self.importedAt = importedAt
        self.items = items
        self.rejected = rejected
        self.state = state
        self.base = base
        self.checkedAt = checkedAt
    }
}

/// What items of the holdings have in common by which a sweep is narrowed: `GET /v1/holdings/places`.
package struct PlaceSummary: Codable, Hashable, Sendable {
    /// Written as the library system writes it; `nil` where it tells none.
    package var branch: String?
    /// Where they belong; `nil` where the library system tells no place.
    package var location: String?
    /// `nil` for items of no collection.
    package var collection: String?
    /// How many items it has, whatever their status.
    package var items: Int

    package init(branch: String?, location: String?, collection: String?, items: Int) {
        self.branch = branch
        self.location = location
        self.collection = collection
        self.items = items
    }
}

/// What came of an import: `POST /v1/holdings/imports?name=items.csv` with the file as body, compressed or not.
///
/// `profile` names the system, else it is guessed; `ending` is `commit`, `preview` or `dry-run`; `accept-shrink=true`
/// takes an import that loses many items; `scheme` files call numbers when the export does not say;
/// `column.barcode=Item%20No` names a column.
package struct ImportReport: Codable, Hashable, Sendable {
    /// The snapshot made; `nil` after a dry run, and after a pull that found nothing changed.
    package var snapshot: SnapshotSummary?
    /// The importer that read the file: `koha`.
    package var profile: String
    /// By what the profile was known; `nil` when it was named.
    package var guessedBy: String?
    /// Whether it was asked for its report alone; nothing is kept then.
    package var dryRun: Bool
    /// Rows of the file, imported and rejected ones together.
    package var read: Int
    /// Rows that became items.
    package var imported: Int
    /// Rows that did not become an item, all of them.
    package var rejectedCount: Int
    /// The first rejected rows, at most 100.
    package var rejected: [RejectedRow]
    /// What a person should know about the file, such as patron columns that were dropped.
    package var notices: [String]
    /// What the file's columns were taken for.
    package var columns: [ColumnMeaning]
    /// The first items as they were understood, at most 10.
    package var first: [ItemSummary]
    /// Items of the snapshot in use that are not in this one.
    package var gone: Int
    /// How long it took, reading included.
    package var seconds: Double

    package init(
        snapshot: SnapshotSummary?,
        profile: String,
        guessedBy: String? = nil,
        dryRun: Bool,
        read: Int,
        imported: Int,
        rejectedCount: Int,
        rejected: [RejectedRow],
        notices: [String],
        columns: [ColumnMeaning] = [],
        first: [ItemSummary] = [],
        gone: Int = 0,
        seconds: Double
    ) {
        self.snapshot = snapshot
        self.profile = profile
        self.guessedBy = guessedBy
        self.dryRun = dryRun
        self.read = read
        self.imported = imported
        self.rejectedCount = rejectedCount
        self.rejected = rejected
        self.notices = notices
        self.columns = columns
        self.first = first
        self.gone = gone
        self.seconds = seconds
    }
}

/// A row of an export that could not become an item.
package struct RejectedRow: Codable, Hashable, Sendable {
    /// Where the row starts in the file, counted from 1.
    package var line: Int
    /// Why it was not taken; lower case, no period.
    package var cause: String
    /// The row itself, when it was safe to keep.
    package var text: String

    package init(line: Int, cause: String, text: String) {
        self.line = line
        self.cause = cause
        self.text = text
    }
}

/// What one column of an export was taken for.
package struct ColumnMeaning: Codable, Hashable, Sendable {
    /// As the export calls it.
    package var name: String
    /// Our field's name, as in a mapping file; `nil` when the column is not imported.
    package var field: String?
    /// The column may name a patron and was dropped.
    package var patron: Bool

    package init(name: String, field: String?, patron: Bool = false) {
        self.name = name
        self.field = field
        self.patron = patron
    }
}

/// How far the running import has come: `GET /v1/holdings/imports/current`; not found when there is none.
package struct ImportState: Codable, Hashable, Sendable {
    /// The file's name, or the address it is pulled from.
    package var source: String
    /// The importer that reads it, `koha`; empty until it is guessed.
    package var profile: String
    /// `reading` or `sorting`.
    package var phase: String
    /// Items understood so far.
    package var items: Int
    /// Rows rejected so far.
    package var rejected: Int
    /// Bytes taken of the export as it is sent.
    package var bytes: Int
    /// When the import began.
    package var startedAt: Date

    package init(
        source: String,
        profile: String,
        phase: String,
        items: Int,
        rejected: Int,
        bytes: Int,
        startedAt: Date
    ) {
        self.source = source
        self.profile = profile
        self.phase = phase
        self.items = items
        self.rejected = rejected
        self.bytes = bytes
        self.startedAt = startedAt
    }
}

/// `POST /v1/holdings/snapshots/{number}/accept`.
package struct AcceptRequest: Codable, Hashable, Sendable {
    /// Whether it is right that many items of the snapshot in use are gone; refused without it then.
    package var acceptShrink: Bool

    package init(acceptShrink: Bool = false) {
        self.acceptShrink = acceptShrink
    }
}
