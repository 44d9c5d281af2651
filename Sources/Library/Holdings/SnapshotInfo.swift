/// One import of the holdings: where it came from, when, and how much of it was understood.
package struct SnapshotInfo: Hashable, Sendable {
    /// Counted from 1 and never used again.
    package var number: Int64
    /// The importer: `koha`.
    package var profile: String
    /// The file's name or the address it was pulled from.
    package var source: String
    package var importedAt: Moment
    package var itemCount: Int
    package var rejectedCount: Int

    package init(
        number: Int64,
        profile: String,
        source: String,
        importedAt: Moment,
        itemCount: Int,
        rejectedCount: Int
    ) {
        self.number = number
        self.profile = profile
        self.source = source
        self.importedAt = importedAt
        self.itemCount = itemCount
        self.rejectedCount = rejectedCount
    }
}

/// A row of an import that did not become an item.
package struct ImportRejection: Hashable, Sendable {
    /// Where the row starts in the file, counted from 1.
    package var line: Int
    /// Lower case, no period.
    package var cause: String
    /// The row's text, when it was safe to keep.
    package var text: String

    package init(line: Int, cause: String, text: String) {
        self.line = line
        self.cause = cause
        self.text = text
    }
}
