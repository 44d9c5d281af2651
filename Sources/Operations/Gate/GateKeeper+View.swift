package import Library

/// How the gates stand.
extension GateKeeper {
    /// One gate at a glance.
    package struct View: Hashable, Sendable {
        /// The gate's name, which is its reader's: `gate-1`.
        package var gate: String
        /// Whether its reader has been silent for longer than its patience, or its line is broken.
        package var isDead: Bool
        /// Those that go on now, one of a kind at most, in the order of their names.
        package var troubles: [GateTrouble]
        /// Items that lie in or near it and make no more noise, by their tags' numbers.
        package var parkings: [GateParking]
        /// Tags that the gate remembers at the moment, those included that were not heard for a little while.
        package var tagsPresent: Int
        /// In order; lanes beyond the first only once their counters have counted, empty where nobody is counted.
        package var lanes: [Lane]
        /// The walk test that goes on; `nil` when none does.
        package var walk: WalkTest?
        /// Looks of the self test that goes on, of how many; `nil` when none does.
        package var selfTest: GateShare?

        /// People in, all lanes together.
        package var incoming: Int { lanes.reduce(0) { $0 + $1.incoming } }
        /// People out, all lanes together.
        package var outgoing: Int { lanes.reduce(0) { $0 + $1.outgoing } }
    }

    /// People counted in one lane since the gate was set up, corrections included.
    package struct Lane: Hashable, Sendable {
        /// Counted from 1.
        package var number: Int
        /// People in.
        package var incoming: Int
        /// People out.
        package var outgoing: Int
    }

    /// Every gate, in the order of their names.
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

    /// How big the index is, with its memory in bytes, and when its snapshot was taken in; `nil` before the first one.
    package var indexView: (items: Int, tags: Int, bytes: Int, holdingsAt: Moment?) {
        (index.itemCount, index.tagCount, index.bytes, index.holdingsAt)
    }

    /// The rules in force.
    package var rules: GatePolicy { policy }
}
