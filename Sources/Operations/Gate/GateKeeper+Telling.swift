package import Library
package import Tags

/// What others tell the gates.
extension GateKeeper {
    /// The reader of a gate came or went.
    package func take(_ report: StationReport) async {
        guard var gate = gates[report.name] else { return }
        let now = time.instant
        switch report.state {
        case .offline(let cause, _): note(gate.health.lost(cause: cause, at: now), in: &gate)
        case .online: note(gate.health.answered(warning: nil, at: now), in: &gate)
        case .connecting: break
        }
        gates[report.name] = gate
        if gate.health.isDead { _ = await bells?.signal(.trouble, at: report.name) }
        noteDone()
    }

    /// Lets time pass: alarms that waited ring, and readers that fell silent are told.
    package func tick() async {
        let now = time.instant
        watchLink(at: now.uptime)
        for name in gates.keys.sorted() {
            guard var gate = gates[name] else { continue }
            let wasDead = gate.health.isDead
            note(gate.health.tick(at: now), in: &gate)
            let actions = gate.machine.tick(at: now)
            let parked = Set(gate.machine.parked)
            if gate.parkings.contains(where: { !parked.contains($0.key) }) {
                gate.parkings = gate.parkings.filter { parked.contains($0.key) }
            }
            gates[name] = gate
            if gate.health.isDead, !wasDead { _ = await bells?.signal(.trouble, at: name) }
            await perform(actions, at: name)
        }
        noteDone()
    }

    /// Ticks until cancelled.
    package func run() async {
        while !Task.isCancelled {
            await tick()
            guard (try? await time.sleep(.milliseconds(100))) != nil else { return }
        }
    }

    /// A library system that did not answer within the budget is left alone for a while: one alarm waits in vain, not all.
    private func watchLink(at uptime: Duration) {
        if let askedAt, uptime - askedAt >= policy.liveBudget { leaveLinkAlone(at: uptime) }
        if let linkDownUntil, uptime >= linkDownUntil {
            self.linkDownUntil = nil
            for name in gates.keys { gates[name]?.machine.mayAsk = true }
        }
    }

    private func leaveLinkAlone(at uptime: Duration) {
        askedAt = nil
        linkDownUntil = uptime + Self.linkRest
        for name in gates.keys { gates[name]?.machine.mayAsk = false }
    }

    /// The library system answered how these tags' items stand; `nil` means that it did not.
    package func learn(_ statuses: [TagUID: ItemStatus]?, gate name: String) async {
        let now = time.instant
        askedAt = nil
        guard let statuses else { return leaveLinkAlone(at: now.uptime) }
        for (uid, status) in statuses.sorted(by: { $0.key < $1.key }) {
            var facts = index.facts(of: uid, at: now.moment)
            facts.status = status
            facts.source = .live
            facts.knownAt = now.moment
            gates[name]?.known[uid]?.facts = facts
            let actions = gates[name]?.machine.learn(facts, of: uid, at: now) ?? []
            await perform(actions, at: name)
        }
        noteDone()
    }

    /// A device of ours, or the library system, was told how an item stands.
    package func learn(barcode: String, status: ItemStatus?, source: GateFacts.Source) {
        index.learn(barcode: barcode, status: status, source: source, at: time.now())
        for name in gates.keys {
            for uid in gates[name]?.known.keys.sorted() ?? [] {
                gates[name]?.known[uid]?.facts = index.facts(of: uid, at: time.now())
            }
        }
    }

    /// A tag was read elsewhere.
    package func learn(_ record: TagRecord) {
        index.add(record, owner: policy.owner(of: record.owner, barcode: record.barcode ?? ""))
    }

    /// Takes a new index in the place of the old one, which is handed back so that its memory is freed elsewhere.
    package func take(_ fresh: GateIndex) -> GateIndex {
        var fresh = fresh
        fresh.takeOver(from: index)
        swap(&index, &fresh)
        for name in gates.keys {
            for uid in gates[name]?.known.keys.sorted() ?? [] {
                gates[name]?.known[uid]?.facts = index.facts(of: uid, at: time.now())
            }
        }
        return fresh
    }

    package func follow(_ passes: [GatePass]) { index.follow(passes) }

    package func follow(_ policy: GatePolicy) {
        self.policy = policy
        for name in gates.keys { gates[name]?.machine.follow(policy) }
    }

    /// Takes what an input line did.
    package func take(_ event: GateBells.Event) async {
        let now = time.instant
        switch event {
        case .beam(let inner, let gate):
            for name in gates.keys.sorted() where gate == nil || gate == name {
                await perform(gates[name]?.machine.beamBroken(inner: inner, at: now) ?? [], at: name)
            }
        case .broken(let line, let cause): tell(.lines, "output \(line): \(cause)", at: now)
        case .whole: tell(.lines, nil, at: now)
        case .fire, .muted, .key: break
        }
        noteDone()
    }

    /// The board of a gate counted people.
    package func count(incoming: UInt32, outgoing: UInt32, at name: String) async {
        guard var gate = gates[name] else { return }
        let now = time.instant
        switch gate.tally.take(incoming: incoming, outgoing: outgoing, at: now.uptime) {
        case .first: break
        case .people(let came, let went), .reset(let came, let went):
            if came + went > 0 {
                note(.people(gate: name, incoming: came, outgoing: went, correction: 0, at: now.moment))
            }
            let actions = gate.machine.counted(incoming: came, outgoing: went, at: now)
            gates[name] = gate
            await perform(actions, at: name)
            noteDone()
            return
        case .impossible(let came, let went):
            let cause = "found \(came) in and \(went) out at once, not counted"
            note([GateTrouble(gate: name, kind: .counter, at: now.moment, cause: cause)], in: &gate)
        }
        gates[name] = gate
        noteDone()
    }

    /// At closing time nobody is inside; what the count says else is drift. Returns it by gate.
    package func closeDay() -> [String: Int] {
        var drifts: [String: Int] = [:]
        for name in gates.keys.sorted() {
            guard var gate = gates[name] else { continue }
            let drift = gate.tally.close()
            gates[name] = gate
            guard drift != 0 else { continue }
            drifts[name] = drift
            note(.people(gate: name, incoming: 0, outgoing: 0, correction: drift, at: time.now()))
        }
        noteDone()
        return drifts
    }

    /// Everything that waits to be written down, and how much was lost because nobody wrote.
    package func takeNotes() -> (notes: [GateNote], lost: Int) {
        defer {
            notes = []
            lostNotes = 0
        }
        return (notes, lostNotes)
    }

    /// One trouble of all gates.
    private func tell(_ kind: GateTrouble.Kind, _ cause: String?, at now: GateInstant) {
        for name in gates.keys.sorted() {
            guard var gate = gates[name] else { continue }
            note([GateTrouble(gate: name, kind: kind, at: now.moment, cause: cause)], in: &gate)
            gates[name] = gate
        }
    }

    func note(_ troubles: [GateTrouble], in gate: inout Gate) {
        for trouble in troubles {
            gate.troubles[trouble.kind] = trouble.cause == nil ? nil : trouble
            note(.trouble(trouble))
        }
    }
}
