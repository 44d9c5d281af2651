package import Tags

/// Which tags lie in a reader's field, from one look to the next: edges where readers only give levels, and which of
/// them still have to be read.
///
/// A tag has left when it was not heard for `removal`, and in two looks at least; a single missed look says nothing,
/// since tags fade in and out, however long the reader was busy with reading and writing before it.
/// All times are uptimes: a wall clock that is set would send away what lies there, or keep what is gone.
package struct Presence: Sendable {
    private struct Entry {
        var lastHeard: Duration
        /// Looks since then that did not hear it.
        var missed = 0
        var isRead = false
        var failures = 0
        /// Whether its EAS bit is set; `nil` where that was not asked.
        var eas: Bool?
        /// How often it was to be read again because somebody sounded the EAS alarm.
        var doubts = 0
    }

    private var entries: [TagUID: Entry] = [:]
    private let removal: Duration
    private static let missesToLeave = 2
    private static let mostDoubts = 3

    package init(removal: Duration) {
        self.removal = removal
    }

    /// The tags that lie there, in the order of their numbers.
    package var tags: [TagUID] { entries.keys.sorted() }

    /// Tags that lie there, those missed in the last look included.
    package var count: Int { entries.count }

    /// Takes one look at the field and says who came and who left.
    package mutating func take(_ heard: [TagUID], at uptime: Duration) -> Change {
        var change = Change()
        for uid in entries.keys { entries[uid]?.missed += 1 }
        for uid in heard {
            if entries[uid] == nil {
                change.arrived.append(uid)
                entries[uid] = Entry(lastHeard: uptime)
            } else {
                entries[uid]?.lastHeard = uptime
                entries[uid]?.missed = 0
            }
        }
        for (uid, entry) in entries where entry.missed >= Self.missesToLeave && uptime - entry.lastHeard >= removal {
            change.left.append(uid)
        }
        for uid in change.left {
            entries[uid] = nil
        }
        change.left.sort()
        return change
    }

    /// Of the tags just heard those that were not read yet, the least often tried first.
    package func unread(of heard: [TagUID]) -> [TagUID] {
        let waiting = heard.enumerated().compactMap { place, uid in
            entries[uid].flatMap { entry in entry.isRead ? nil : (uid: uid, failures: entry.failures, place: place) }
        }
        return waiting.sorted { ($0.failures, $0.place) < ($1.failures, $1.place) }.map { $0.uid }
    }

    /// Notes that a tag was read: it need not be read again while it lies there.
    ///
    /// - Parameter eas: whether its EAS bit is set, where that was asked.
    package mutating func read(_ uid: TagUID, eas: Bool? = nil) {
        entries[uid]?.isRead = true
        entries[uid]?.eas = eas
    }

    /// Notes that somebody sounds the EAS alarm. Where nobody who lies there is known for it, those are to be read again
    /// that seemed to have a clear bit: it is told by silence, and an answer that was lost is silence too. Each is three
    /// times at most.
    package mutating func alarmSounded() {
        guard !entries.values.contains(where: { $0.eas == true }) else { return }
        for (uid, entry) in entries where entry.isRead && entry.eas == false && entry.doubts < Self.mostDoubts {
            entries[uid]?.isRead = false
            entries[uid]?.doubts += 1
        }
    }

    /// Has a tag read anew that lies there: somebody has written to it.
    package mutating func readAgain(_ uid: TagUID) {
        entries[uid]?.isRead = false
        entries[uid]?.failures = 0
    }

    /// Notes that reading a tag failed, and says how often it has failed since it came.
    package mutating func failed(_ uid: TagUID) -> Int {
        entries[uid]?.failures += 1
        return entries[uid]?.failures ?? 0
    }

    /// What one look at the field changed.
    package struct Change: Hashable, Sendable {
        /// In the order they were heard.
        package var arrived: [TagUID] = []
        /// In the order of their numbers.
        package var left: [TagUID] = []

        package init() {}
    }
}
