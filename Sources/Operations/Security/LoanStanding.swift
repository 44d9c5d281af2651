package import Library
import Synchronization

/// Since when a loan or return stands that changes the tags of its item.
package struct LoanStanding: Hashable, Sendable {
    /// By the wall clock; for the record.
    package var since: Moment
    /// The last change in the security journal at that time: what stands behind it is younger, whatever clocks say.
    package var changesBefore: SecurityRecord.ID
    /// Its number among all that were told since the start. What waits for its tags goes into the journal behind what it
    /// came before, so that among these the number tells which one is younger.
    package var number: Int
    /// Whether it is left open in the journal where its tags could not be reached.
    package var isLeftOpen = true

    package init(since: Moment, changesBefore: SecurityRecord.ID, number: Int) {
        self.since = since
        self.changesBefore = changesBefore
        self.number = number
    }
}

/// Counts the loans and returns that are told when they stand already.
final class LoanTellings: Sendable {
    private let last = Atomic(0)

    /// The number of the next one, from 1 on.
    func next() -> Int { last.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// A loan or return that stood before it had its turn at its tags.
struct FollowedLoan: Sendable {
    /// As in ``LoanStanding/number``.
    var number: Int
    var cause: SecurityCause
    /// The item's newest loan or return in the journal then: its own change, where that was written down.
    var change: SecurityRecord.ID?
}
