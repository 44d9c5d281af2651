package import Library

/// What a gate's counter board shows for one lane.
package struct PeopleReading: Hashable, Sendable {
    /// The board's own number of people in, which wraps around after 32 bits and may be set back.
    package var incoming: UInt32
    /// The board's own number of people out.
    package var outgoing: UInt32

    package init(incoming: UInt32, outgoing: UInt32) {
        self.incoming = incoming
        self.outgoing = outgoing
    }
}

/// People who walk through the gates.
extension GateKeeper {
    /// The board of a gate was read, lane by lane.
    package func count(_ lanes: [PeopleReading], at name: String) async {
        guard gates[name] != nil else { return }
        let now = time.instant
        var sum = (came: 0, went: 0)
        for (place, reading) in lanes.enumerated() {
            let people = count(reading, lane: place + 1, at: name, now)
            sum = (sum.came + people.came, sum.went + people.went)
        }
        let actions = gates[name]?.machine.counted(incoming: sum.came, outgoing: sum.went, at: now) ?? []
        await perform(actions, at: name)
        noteDone()
    }

    private func count(
        _ reading: PeopleReading,
        lane: Int,
        at name: String,
        _ now: GateInstant
    ) -> (came: Int, went: Int) {
        var tally = gates[name]?.tallies[lane] ?? PeopleTally()
        let change = tally.take(incoming: reading.incoming, outgoing: reading.outgoing, at: now.uptime)
        gates[name]?.tallies[lane] = tally
        var people = PeopleChange(gate: name, lane: lane, at: now.moment, tally: tally)
        switch change {
        case .first: note(.people(people))
        case .people(let came, let went) where came + went == 0: clearCounterTrouble(name, now)
        case .people(let came, let went), .reset(let came, let went):
            people.incoming = came
            people.outgoing = went
            note(.people(people))
            clearCounterTrouble(name, now)
        case .impossible(let came, let went):
            let cause = "found \(came) in and \(went) out at once in lane \(lane), not counted"
            note(.people(people))
            note([GateTrouble(gate: name, kind: .counter, at: now.moment, cause: cause)])
        }
        return (people.incoming, people.outgoing)
    }

    private func clearCounterTrouble(_ name: String, _ now: GateInstant) {
        guard gates[name]?.troubles[.counter] != nil else { return }
        note([GateTrouble(gate: name, kind: .counter, at: now.moment, cause: nil)])
    }

    /// Takes a lane's count up where it stood before the service was started.
    package func restore(_ tally: PeopleTally, lane: Int, gate name: String) {
        if gates[name]?.tallies[lane] == nil { gates[name]?.tallies[lane] = tally }
    }

    /// Whether tags were heard a moment ago, so that it matters which way somebody walks.
    package func isBusy(_ name: String) -> Bool {
        gates[name]?.lastTag.map { time.uptime() - $0 < .seconds(3) } ?? false
    }

    /// At closing time nobody is inside; what the count says else is drift. Returns it by gate, all lanes together.
    ///
    /// A reader of books may come in by one lane and leave by another: the drift is that of the gate, and is corrected
    /// in its first lane.
    package func closeDay() -> [String: Int] {
        var drifts: [String: Int] = [:]
        for name in gates.keys.sorted() {
            guard let lanes = gates[name]?.tallies, let first = lanes.keys.min() else { continue }
            let others = lanes.filter { $0.key != first }.values.reduce(0) { $0 + $1.inside }
            guard let drift = gates[name]?.tallies[first]?.close(inside: -others), drift != 0,
                let tally = gates[name]?.tallies[first]
            else { continue }
            drifts[name] = drift
            note(.people(PeopleChange(gate: name, lane: first, at: time.now(), correction: drift, tally: tally)))
        }
        noteDone()
        return drifts
    }
}
