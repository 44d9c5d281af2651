extension Station {
    /// Tells that whatever lay in front of the reader has left: of a reader that is gone no later look would tell it.
    ///
    /// No look at the field: a gate takes no sign of life from it.
    func emptyField() async {
        let left = presence.tags
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
