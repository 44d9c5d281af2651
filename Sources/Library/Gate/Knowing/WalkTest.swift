package import Tags

/// A guided test: somebody carries a known armed tag through the gate again and again, and every miss is counted.
package struct WalkTest: Hashable, Sendable {
    package let gate: String
    package let uid: TagUID
    /// How often it will be carried through.
    package let planned: Int
    package private(set) var walks = 0
    package private(set) var heard = 0
    private var isHeard = false

    package static let mostWalks = 500

    package init(gate: String, uid: TagUID, planned: Int) {
        self.gate = gate
        self.uid = uid
        self.planned = min(max(1, planned), Self.mostWalks)
    }

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

    package var missed: Int { walks - heard }
}
