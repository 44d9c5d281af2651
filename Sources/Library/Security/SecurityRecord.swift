/// A security intent as it stands in the journal, with what came of it so far.
package struct SecurityRecord: Hashable, Sendable, Identifiable {
    /// Counted from 1 and never used again.
    package typealias ID = Int64

    package var id: ID
    package var intent: SecurityIntent
    /// `nil` when the process stopped between intent and result.
    package var lastResult: SecurityResult?
    /// `nil` while tags and journal may disagree.
    package var settledAt: Moment?

    package init(id: ID, intent: SecurityIntent, lastResult: SecurityResult?, settledAt: Moment?) {
        self.id = id
        self.intent = intent
        self.lastResult = lastResult
        self.settledAt = settledAt
    }
}
