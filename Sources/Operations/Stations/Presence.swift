package import Library
package import Tags

/// Which tags lie in a reader's field, from one look to the next: edges where readers only give levels.
///
/// A tag has left when it was not heard for `removal`; a single missed look says nothing, since tags fade in and out.
package struct Presence: Sendable {
    private var lastHeard: [TagUID: Moment] = [:]
    private let removal: Duration

    package init(removal: Duration) {
        self.removal = removal
    }

    /// The tags that lie there, in the order of their numbers.
    package var tags: [TagUID] { lastHeard.keys.sorted() }

    package var count: Int { lastHeard.count }

    /// Takes one look at the field and says who came and who left.
    package mutating func take(_ heard: [TagUID], at moment: Moment) -> Change {
        var change = Change()
        for uid in heard where lastHeard.updateValue(moment, forKey: uid) == nil {
            change.arrived.append(uid)
        }
        for (uid, last) in lastHeard where moment.since(last) >= removal {
            change.left.append(uid)
        }
        for uid in change.left {
            lastHeard[uid] = nil
        }
        change.left.sort()
        return change
    }

    /// Forgets a tag, so that it counts as arrived when it is heard next.
    package mutating func forget(_ uid: TagUID) {
        lastHeard[uid] = nil
    }

    package struct Change: Hashable, Sendable {
        package var arrived: [TagUID] = []
        package var left: [TagUID] = []

        package init() {}
    }
}
