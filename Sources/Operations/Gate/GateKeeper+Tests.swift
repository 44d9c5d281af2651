package import Library
package import Tags

/// Tests of the gates.
extension GateKeeper {
    /// Begins a walk test; the tag makes no alarm meanwhile. `nil` when there is no such gate.
    package func beginWalkTest(gate name: String, uid: TagUID, planned: Int) -> WalkTest? {
        guard gates[name] != nil else { return nil }
        gates[name]?.walk = WalkTest(gate: name, uid: uid, planned: planned)
        return gates[name]?.walk
    }

    /// One walk is over. Returns the test as it stands; it is written down with the last walk.
    package func endWalk(gate name: String) -> WalkTest? {
        guard var walk = gates[name]?.walk else { return nil }
        _ = walk.endWalk()
        gates[name]?.walk = walk
        if walk.isDone { finish(walk) }
        return walk
    }

    /// Ends a walk test before its plan is done; what was walked counts.
    package func endWalkTest(gate name: String) -> WalkTest? {
        guard let walk = gates[name]?.walk else { return nil }
        finish(walk)
        return walk
    }

    package func walkTest(gate name: String) -> WalkTest? { gates[name]?.walk }

    private func finish(_ walk: WalkTest) {
        gates[walk.gate]?.walk = nil
        guard walk.walks > 0 else { return }
        note(.walks(gate: walk.gate, walks: walk.walks, heard: walk.heard, at: time.now()))
        noteDone()
    }

    /// Looks that make one self test.
    private static let selfTestLooks = 100

    /// Begins a self test of every gate with the tags that are fixed to them.
    package func beginSelfTest() {
        guard !policy.sentinels.isEmpty else { return }
        for name in gates.keys { gates[name]?.selfTest = (0, [:]) }
    }

    func countSentinels(_ hearings: [GateHearing], in gate: inout Gate) {
        guard var test = gate.selfTest else { return }
        test.looks += 1
        for hearing in hearings {
            guard let antenna = policy.sentinels[hearing.uid] else { continue }
            if hearing.antenna == nil || hearing.antenna == antenna { test.heard[hearing.uid, default: 0] += 1 }
        }
        gate.selfTest = test.looks < Self.selfTestLooks ? test : nil
        guard gate.selfTest == nil else { return }
        for (uid, antenna) in policy.sentinels.sorted(by: { $0.key < $1.key }) {
            let heard = test.heard[uid] ?? 0
            let result = SentinelTrend.Test(at: time.now(), heard: heard, looks: test.looks)
            note(.sentinel(gate: gate.machine.gate, antenna: antenna, result))
            guard heard == 0 else { continue }
            let cause = "antenna \(antenna) does not hear its sentinel tag"
            note([GateTrouble(gate: gate.machine.gate, kind: .detuned, at: time.now(), cause: cause)], in: &gate)
        }
    }
}
