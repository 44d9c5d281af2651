package import Library
package import Tags

/// Tests of the gates.
extension GateKeeper {
    /// Begins a walk test; the tag makes no alarm meanwhile. `nil` when there is no such gate.
    package func beginWalkTest(gate name: String, uid: TagUID, planned: Int) -> WalkTest? {
        guard gates[name] != nil else { return nil }
        gates[name]?.walk = WalkTest(gate: name, uid: uid, planned: planned)
        gates[name]?.walkedAt = time.uptime()
        return gates[name]?.walk
    }

    /// One walk is over. Returns the test as it stands; it is written down with the last walk.
    package func endWalk(gate name: String) -> WalkTest? {
        guard var walk = gates[name]?.walk else { return nil }
        _ = walk.endWalk()
        gates[name]?.walk = walk
        gates[name]?.walkedAt = time.uptime()
        if walk.isDone { finish(walk) }
        return walk
    }

    /// Ends a walk test before its plan is done; what was walked counts.
    package func endWalkTest(gate name: String) -> WalkTest? {
        guard let walk = gates[name]?.walk else { return nil }
        finish(walk)
        return walk
    }

    /// The walk test that goes on at a gate; `nil` when none does.
    package func walkTest(gate name: String) -> WalkTest? { gates[name]?.walk }

    /// Nobody walks as slowly as this.
    static let longestWalk: Duration = .seconds(1800)

    /// Ends a walk test that somebody has left behind: as long as it lasts, its item goes out in silence.
    func endLeftWalk(gate name: String, at uptime: Duration) {
        guard let walk = gates[name]?.walk, let last = gates[name]?.walkedAt, uptime - last >= Self.longestWalk else {
            return
        }
        finish(walk)
    }

    private func finish(_ walk: WalkTest) {
        gates[walk.gate]?.walk = nil
        guard walk.walks > 0 else { return }
        note(.walks(gate: walk.gate, walks: walk.walks, heard: walk.heard, at: time.now()))
        noteDone()
    }

    /// Looks that make one self test.
    static let selfTestLooks = 100

    /// Begins a self test of every gate, or of one, with the tags that are fixed to it. Returns the gates that are
    /// tested.
    @discardableResult
    package func beginSelfTest(gate: String? = nil) -> [String] {
        let tested = gates.keys.sorted().filter { name in
            (gate == nil || gate == name) && !policy.sentinels(of: name).isEmpty
        }
        for name in tested { gates[name]?.selfTest = (0, [:]) }
        return tested
    }

    /// A look counts when everybody was asked, or when a sentinel answered although only some were.
    func countSentinels(_ hearings: [GateHearing], at name: String, everybodyWasAsked: Bool) {
        guard var test = gates[name]?.selfTest else { return }
        let sentinels = policy.sentinels(of: name)
        // Readers may name a tag twice in one look: it counts once, as the look does.
        var heard: Set<TagUID> = []
        for hearing in hearings {
            guard let place = sentinels[hearing.uid] else { continue }
            guard hearing.antenna == nil || hearing.antenna == place.antenna else { continue }
            heard.insert(hearing.uid)
        }
        guard everybodyWasAsked || !heard.isEmpty else { return }
        for uid in heard { test.heard[uid, default: 0] += 1 }
        test.looks += 1
        gates[name]?.selfTest = test.looks < Self.selfTestLooks ? test : nil
        guard test.looks >= Self.selfTestLooks else { return }
        for (uid, place) in sentinels.sorted(by: { $0.key < $1.key }) {
            let result = SentinelTrend.Test(at: time.now(), heard: test.heard[uid] ?? 0, looks: test.looks)
            note(.sentinel(gate: name, antenna: place.antenna, result))
        }
    }

    /// The trend of an antenna's self tests, worked out by whoever keeps them.
    package func judge(_ verdict: SentinelTrend.Verdict, gate name: String, antenna: Int) async {
        let cause: String? =
            switch verdict {
            case .deaf: "antenna \(antenna) does not hear its sentinel tag"
            case .fading(let share):
                "antenna \(antenna) hears its sentinel tag \(Int(share * 100)) % as often as at first"
            case .steady, .unknown: nil
            }
        let known = gates[name]?.troubles[.sentinel]
        // Another antenna's trouble is not over because this one is well.
        if cause == nil, known?.cause?.hasPrefix("antenna \(antenna) ") != true { return }
        note([GateTrouble(gate: name, kind: .sentinel, at: time.now(), cause: cause)])
        if cause != nil, known?.cause != cause { _ = await bells?.signal(.trouble, at: name) }
        noteDone()
    }
}
