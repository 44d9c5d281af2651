package import FoundationEssentials

/// The holdings snapshot in use.
package struct SnapshotSummary: Codable, Hashable, Sendable {
    package var number: Int
    package var profile: String
    package var source: String
    package var importedAt: Date
    package var items: Int
    package var rejected: Int

    package init(number: Int, profile: String, source: String, importedAt: Date, items: Int, rejected: Int) {
        self.number = number
        self.profile = profile
        self.source = source
        self.importedAt = importedAt
        self.items = items
        self.rejected = rejected
    }
}

/// What came of an import: `POST /v1/holdings/imports?profile=koha&name=items.csv&dry-run=false` with the file as body.
package struct ImportReport: Codable, Hashable, Sendable {
    /// The snapshot made; `nil` after a dry run.
    package var snapshot: SnapshotSummary?
    package var dryRun: Bool
    package var read: Int
    package var imported: Int
    package var rejectedCount: Int
    /// The first rejected rows, at most 100.
    package var rejected: [RejectedRow]
    /// What a person should know about the file, such as patron columns that were dropped.
    package var notices: [String]
    package var seconds: Double

    package init(
        snapshot: SnapshotSummary?,
        dryRun: Bool,
        read: Int,
        imported: Int,
        rejectedCount: Int,
        rejected: [RejectedRow],
        notices: [String],
        seconds: Double
    ) {
        self.snapshot = snapshot
        self.dryRun = dryRun
        self.read = read
        self.imported = imported
        self.rejectedCount = rejectedCount
        self.rejected = rejected
        self.notices = notices
        self.seconds = seconds
    }
}

/// A row of an export that could not become an item.
package struct RejectedRow: Codable, Hashable, Sendable {
    package var line: Int
    package var cause: String
    package var text: String

    package init(line: Int, cause: String, text: String) {
        self.line = line
        self.cause = cause
        self.text = text
    }
}
