package import Library

/// How the gates stand.
extension GateKeeper {
    /// One gate at a glance.
    package struct View: Hashable, Sendable {
        package var gate: String
        package var isDead: Bool
        package var troubles: [GateTrouble]
        package var parkings: [GateParking]
        package var tagsPresent: Int
        package var incoming: Int
        package var outgoing: Int
        package var walk: WalkTest?
    }

    package var views: [View] {
        gates.keys.sorted().compactMap { name in
            gates[name].map { gate in
                View(
                    gate: name,
                    isDead: gate.health.isDead,
                    troubles: gate.troubles.values.sorted { $0.kind.rawValue < $1.kind.rawValue },
                    parkings: gate.parkings.values.sorted { $0.uid < $1.uid },
                    tagsPresent: gate.machine.tagsPresent,
                    incoming: gate.tally.incoming,
                    outgoing: gate.tally.outgoing,
                    walk: gate.walk
                )
            }
        }
    }

    package var indexView: (items: Int, tags: Int, bytes: Int, holdingsAt: Moment?) {
        (index.itemCount, index.tagCount, index.bytes, index.holdingsAt)
    }

    package var rules: GatePolicy { policy }
}
