import Synchronization

/// Changes of security that are written down and of which the library system has not said yet whether they stand.
///
/// Known to this process alone: what one before has left so is taken up and asked about anew, and may stay unanswered
/// for ever. A change that could not be written leaves its number to the next one, which ends it. The lock is held for a
/// look into a set.
final class AskedChanges: Sendable {
    private let numbers = Mutex<Set<Int64>>([])

    func begin(_ change: Int64) {
        numbers.withLock { _ = $0.insert(change) }
    }

    func end(_ change: Int64) {
        numbers.withLock { _ = $0.remove(change) }
    }

    /// The oldest of them; `nil` while there is none.
    var first: Int64? { numbers.withLock { $0.min() } }
}
