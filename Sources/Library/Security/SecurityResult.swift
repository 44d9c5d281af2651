package import Tags

/// What came of a security intent, as read back from the tags.
package struct SecurityResult: Hashable, Sendable {
    package var outcome: SecurityOutcome
    /// Lower case, no period.
    package var reason: String
    /// AFI as read back; a tag that did not answer is not in it.
    package var readBack: [TagUID: UInt8]

    package init(outcome: SecurityOutcome, reason: String, readBack: [TagUID: UInt8] = [:]) {
        self.outcome = outcome
        self.reason = reason
        self.readBack = readBack
    }
}

/// How a flip of the security bit ended.
package enum SecurityOutcome: String, Hashable, Sendable, CaseIterable {
    /// Every part was read back with the wanted value.
    case done
    /// Every part was read back with the value it had before.
    case unchanged
    /// Some parts have the wanted value and some the old one, all read back.
    case mixed
    /// A tag left or did not answer: what it says now is not known until it is heard again.
    case uncertain
    /// A later change of the same tags has taken over before this one was finished.
    case superseded

    /// Whether nothing is left to do: tags and journal agree on one state.
    package var isSettled: Bool {
        switch self {
        case .done, .unchanged, .superseded: true
        case .mixed, .uncertain: false
        }
    }
}
