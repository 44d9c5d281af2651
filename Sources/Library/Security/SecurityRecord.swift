/// A security intent as it stands in the journal, with what came of it so far.
package struct SecurityRecord: Hashable, Sendable, Identifiable {
    /// Counted from 1 and never used again.
    package typealias ID = Int64

    package var id: ID
    /// What was to be written, as it stood on the disk before the first write.
    package var intent: SecurityIntent
    /// Whether the loan or return stands, as far as the journal knows; `true` where nobody had to be asked.
    package var isAgreed: Bool
    /// `nil` when the process stopped between intent and result.
    package var lastResult: SecurityResult?
    /// `nil` while tags and journal may disagree.
    package var settledAt: Moment?

    package init(
        id: ID,
        intent: SecurityIntent,
        isAgreed: Bool = true,
        lastResult: SecurityResult?,
        settledAt: Moment?
    ) {
        self.id = id
        self.intent = intent
        self.isAgreed = isAgreed
        self.lastResult = lastResult
        self.settledAt = settledAt
    }

    /// Whether the library system wished the tags to stay as they are when the item came to stand as it does.
    package func keeps(_ standing: ItemStanding) -> Bool {
        lastResult?.outcome == .kept && standing.right == intent.wanted
    }
}
