import Readers
package import Tags

extension Station {
    /// Takes one look at the field and returns who came. Who left is remembered until it is told: what follows in this
    /// look may fail, and no later one would find it out.
    func took(_ tags: [DetectedTag], at uptime: Duration) -> Set<TagUID> {
        let change = presence.take(tags.map(\.uid), at: uptime)
        departed.formUnion(change.left)
        return Set(change.arrived)
    }

    /// Who is to be told to have left, in the order of their numbers: nobody who is back.
    func takeDeparted() -> [TagUID] {
        defer { departed = [] }
        return departed.subtracting(presence.tags).sorted()
    }

    /// Reads a tag anew at the next look, and tells it as if it had been read for the first time: somebody has written to
    /// it, and while it lies there no look would tell what it says now.
    package func readAgain(_ uid: TagUID) { presence.readAgain(uid) }

    /// Tells that whatever lay in front of the reader has left: of a reader that is gone no later look would tell it.
    ///
    /// No look at the field: a gate takes no sign of life from it.
    func emptyField() async {
        let left = takeDeparted() + presence.tags
        presence = Presence(removal: setup.role.removal)
        guard !left.isEmpty else { return }
        await deliver(
            StationRound(
                reader: setup.name,
                role: setup.role,
                at: time.now(),
                arrived: [],
                left: left,
                heard: [],
                present: [],
                isSilent: true,
                isForAll: false
            )
        )
    }
}

extension StationRole {
    /// How long a tag is not heard until it has left.
    var removal: Duration {
        switch self {
        case .pad: .milliseconds(600)
        case .wand, .gate: .milliseconds(1500)
        }
    }
}
