package import Tags

/// What to do about a change that is open in the journal, now that tags of it are heard again.
package enum SecurityTakeUp: Hashable, Sendable {
    /// Nothing can be done now.
    case wait(String)
    /// Write what was wanted.
    case finish
    /// Write what was there before.
    case undo
    /// The library system knows now: the loan stands.
    case agree
    /// Something newer is known: the change is closed as it is.
    case close(SecurityOutcome, String)
}

/// What becomes of a change without a loan that was cut off.
package enum UnfinishedRule: String, Hashable, Sendable, CaseIterable {
    /// It is finished when its tags are heard again within the hour, and taken back to the safe side later.
    case finish
    /// It is taken back.
    case undo
}

extension SecurityPolicy {
    /// How long a change that somebody asked for by hand is still what they want.
    private static let patience = Duration.seconds(3600)

    /// Decides about an open entry of the journal.
    ///
    /// - Parameters:
    ///   - present: tags that are heard now, by whatever device.
    ///   - item: what the holdings, or the library system at this moment, say of the item.
    ///   - isNewer: whether that was said after the change was begun.
    ///   - age: how long ago the change was decided on; `nil` where nobody can tell.
    package func takeUp(
        _ record: SecurityRecord,
        present: Set<TagUID>,
        item: Item?,
        isNewer: Bool,
        age: Duration?
    ) -> SecurityTakeUp {
        let intent = record.intent
        let right = ItemStanding(item: item, owner: .own, isFresh: isNewer).right
        guard record.isAgreed else {
            guard let right, isNewer else { return .wait("the library system's answer is not known") }
            return right == intent.wanted ? .agree : .close(.declined, "by the holdings it does not stand")
        }
        if isNewer, let right, right != intent.wanted {
            // What must not leave goes back to what it was; what was to be armed may be finished first, for that is safe.
            let wasRight = intent.changes.allSatisfy { security(of: $0.uid, $0.before) == TagSecurity(right) }
            return intent.wanted == .disarmed || wasRight ? .undo : .finish
        }
        let isYoung = age.map { $0 <= Self.patience } ?? false
        let finishes = intent.cause.isLoan || intent.wanted == .armed || unfinished == .finish && isYoung
        guard !present.isDisjoint(with: record.unfinished(undoing: !finishes)) else {
            return .wait("its tags were not heard again")
        }
        return finishes ? .finish : .undo
    }
}

extension SecurityRecord {
    /// Whether a younger change of the same tags is open too: this one waits until that one has ended.
    package func isOvertaken(among open: [SecurityRecord]) -> Bool {
        let tags = Set(intent.changes.map(\.uid))
        return open.contains { $0.id > id && !tags.isDisjoint(with: $0.intent.changes.map(\.uid)) }
    }

    /// Tags that were not read back as they shall be.
    package func unfinished(undoing: Bool = false) -> Set<TagUID> {
        let waiting = intent.changes.filter { change in
            lastResult?.readBack[change.uid]?.says(undoing ? change.before : change.wanted) != true
        }
        return Set(waiting.map(\.uid))
    }
}

extension TagSecurity {
    init(_ state: SecurityState) {
        switch state {
        case .armed: self = .armed
        case .disarmed: self = .disarmed
        }
    }
}
