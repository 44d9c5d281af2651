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
        package var lanes: [Lane]
        package var walk: WalkTest?
        /// Looks of the self test that goes on, of how many; `nil` when none does.
        package var selfTest: GateShare?

        package var incoming: Int { lanes.reduce(0) { $0 + $1.incoming } }
        package var outgoing: Int { lanes.reduce(0) { $0 + $1.outgoing } }
    }

    /// People counted in one lane since the gate was set up, corrections included.
    package struct Lane: Hashable, Sendable {
        package var number: Int
        package var incoming: Int
        package var outgoing: Int
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
                    lanes: gate.tallies.sorted { $0.key < $1.key }.filter { $0.key == 1 || !$0.value.isUnused }.map {
                        Lane(number: $0.key, incoming: $0.value.incoming, outgoing: $0.value.outgoing)
                    },
                    walk: gate.walk,
                    selfTest: gate.selfTest.map { GateShare($0.looks, of: Self.selfTestLooks) }
                )
            }
        }
    }

    package var indexView: (items: Int, tags: Int, bytes: Int, holdingsAt: Moment?) {
        (index.itemCount, index.tagCount, index.bytes, index.holdingsAt)
    }

    package var rules: GatePolicy { policy }
}
