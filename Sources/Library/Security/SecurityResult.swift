package import Tags

/// What came of a security intent, as read back from the tags.
package struct SecurityResult: Hashable, Sendable {
    /// How it ended; only ``SecurityOutcome/done`` may be shown as done.
    package var outcome: SecurityOutcome
    /// Lower case, no period.
    package var reason: String
    /// What each tag said last; a tag that did not answer is not in it.
    package var readBack: [TagUID: SecurityMark]

    package init(outcome: SecurityOutcome, reason: String, readBack: [TagUID: SecurityMark] = [:]) {
        self.outcome = outcome
        self.reason = reason
        self.readBack = readBack
    }
}

/// How a flip of the security bit ended.
package enum SecurityOutcome: String, Hashable, Sendable, CaseIterable {
    /// Every part was read back with the wanted value.
    case done
    /// Every part was read back with the value it had before, although it should have changed.
    case unchanged
    /// Every part was taken back on purpose and read back with the value it had before.
    case undone
    /// Some parts have the wanted value and some another one, all read back.
    case mixed
    /// A tag left or did not answer: what it says now is not known until it is heard again.
    case uncertain
    /// The library system did not agree: nothing was written.
    case declined
    /// The library system agreed and wants the tags left as they are: nothing was written.
    case kept
    /// Whether the library system agreed is not known: nothing was written.
    case unanswered
    /// Something newer is known of the item or its tags, and this change is not pursued any more.
    case superseded

    /// Whether nothing is left to do for a change of this cause: tags, journal and library system agree.
    ///
    /// A loan or return that stands with tags that did not follow it is open until they do.
    package func settles(_ cause: SecurityCause) -> Bool {
        switch self {
        case .done, .undone, .superseded, .declined, .kept: true
        case .unchanged: !cause.isLoan
        case .mixed, .uncertain, .unanswered: false
        }
    }
}
