package import Tags

/// A guided test: somebody carries a known armed tag through the gate again and again, and every miss is counted.
package struct WalkTest: Hashable, Sendable {
    /// The gate's name in the configuration: `gate-1`.
    package let gate: String
    /// The tag that is carried through.
    package let uid: TagUID
    /// How often it will be carried through.
    package let planned: Int
    /// Walks that are over.
    package private(set) var walks = 0
    /// Of these the ones on which the gate heard the tag.
    package private(set) var heard = 0
    private var isHeard = false

    /// Walks that a test has at most.
    package static let mostWalks = 500

    /// Begins a test; `planned` is brought into 1 to ``mostWalks``.
    package init(gate: String, uid: TagUID, planned: Int) {
        self.gate = gate
        self.uid = uid
        self.planned = min(max(1, planned), Self.mostWalks)
    }

    /// Whether all planned walks are over; further ones do not count.
    package var isDone: Bool { walks >= planned }

    /// Whether the walk that goes on now was heard.
    package var isHeardNow: Bool { isHeard }

    /// The gate heard a tag. It is the test's own tag that counts, once for each walk.
    package mutating func hear(_ uid: TagUID) {
        if uid == self.uid { isHeard = true }
    }

    /// The walk is over. Returns whether the gate had heard it.
    package mutating func endWalk() -> Bool {
        guard !isDone else { return false }
        defer { isHeard = false }
        walks += 1
        if isHeard { heard += 1 }
        return isHeard
    }

    /// Of the walks that are over those on which the gate did not hear the tag.
    package var missed: Int { walks - heard }
}
