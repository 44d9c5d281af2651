package import Library
package import Tags

/// What others tell the gates.
extension GateKeeper {
    /// The reader of a gate came or went.
    package func take(_ report: StationReport) async {
        let name = report.name
        guard let wasDead = gates[name]?.health.isDead else { return }
        let now = time.instant
        switch report.state {
        case .offline(let cause, _):
            note(gates[name]?.health.lost(cause: cause, at: now) ?? [])
            // What is there when the reader is back is told anew.
            gates[name]?.known = [:]
        case .online: note(gates[name]?.health.answered(warning: nil, at: now) ?? [])
        case .connecting: break
        }
        if gates[name]?.health.isDead == true, !wasDead { _ = await bells?.signal(.trouble, at: name) }
        noteDone()
    }

    /// A gate showed on another way that it is alive: on its command port, while it calls us on another line.
    package func takeSignOfLife(gate name: String) {
        note(gates[name]?.health.answered(warning: nil, at: time.instant) ?? [])
        noteDone()
    }

    /// Lets time pass: alarms that waited ring, and readers that fell silent are told.
    package func tick() async {
        let now = time.instant
        watchClock(at: now)
        watchLink(at: now.uptime)
        for name in gates.keys.sorted() {
            let actions = gates[name]?.machine.tick(at: now) ?? []
            await perform(actions, at: name)
            endLeftWalk(gate: name, at: now.uptime)
            let wasDead = gates[name]?.health.isDead
            note(gates[name]?.health.tick(at: now) ?? [])
            if gates[name]?.health.isDead == true, wasDead == false { _ = await bells?.signal(.trouble, at: name) }
            guard gates[name]?.parkings.isEmpty == false else { continue }
            let parked = Set(gates[name]?.machine.parked(at: now.uptime) ?? [])
            gates[name]?.parkings = gates[name]?.parkings.filter { parked.contains($0.key) } ?? [:]
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

    /// A clock that was set back makes nothing younger that is known. One that was set ahead is followed, but for what it
    /// was set back before: it may have been behind when all this was dated, and what counts as too old is asked about.
    private func watchClock(at now: GateInstant) {
        let zero: Duration = now.uptime - .milliseconds(now.moment.milliseconds)
        let lowest = min(wallZero ?? zero, zero)
        wallZero = lowest
        let change = zero - lowest - setBack
        guard change > Self.clockSlack || change < .zero - Self.clockSlack else { return }
        setBack += change
        index.clockWasSetBack(by: change)
        for name in gates.keys {
            for (uid, hearing) in gates[name]?.known ?? [:] where hearing.facts.source == .live {
                gates[name]?.known[uid]?.facts.knownAt = hearing.facts.knownAt.map { $0 + (.zero - change) }
            }
        }
        followIndex()
    }

    /// A library system that did not answer within the budget is left alone for a while: one alarm waits in vain, not
    /// all.
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
            // The answer decided: a replay without it would ring for what was found to be lent.
            if let answered = gates[name]?.known[uid], answered.facts.tag == .item { keep(answered, at: name, now) }
        }
        noteDone()
    }

    /// A device of ours, or the library system, was told how an item stands.
    ///
    /// - Parameter change: where that stands in the security journal; `nil` for what stands in none.
    package func learn(
        barcode: String,
        status: ItemStatus?,
        source: GateFacts.Source,
        change: SecurityRecord.ID? = nil
    ) {
        let now = time.now()
        index.learn(barcode: barcode, status: status, source: source, at: now, change: change)
        // Told just now, it is younger than the library system's answer for a tag that is there, by whatever clock.
        for name in gates.keys {
            for uid in gates[name]?.known.keys.sorted() ?? [] where index.isTag(uid, of: barcode) {
                gates[name]?.known[uid]?.facts = index.facts(of: uid, at: now)
            }
        }
    }

    /// Looks up anew what is known of the tags that are there.
    ///
    /// - Parameter one: looks up this tag alone.
    private func followIndex(of one: TagUID? = nil) {
        let now = time.now()
        for name in gates.keys {
            for uid in gates[name]?.known.keys.sorted() ?? [] where one == nil || one == uid {
                guard let known = gates[name]?.known[uid]?.facts else { continue }
                gates[name]?.known[uid]?.facts = facts(of: uid, behind: known, at: now)
            }
        }
    }

    /// What is known now of a tag that is there. The library system's answer for it, of which the index never hears, stays
    /// until there are younger holdings; what a device told is older than the answer, or it had taken its place.
    ///
    /// - Parameter known: what was known of it until now; `nil` where it comes only now.
    func facts(of uid: TagUID, behind known: GateFacts?, at now: Moment) -> GateFacts {
        var facts = index.facts(of: uid, at: now)
        if let known, known.source == .live, let asked = known.knownAt,
            facts.source == .device || facts.knownAt.map({ $0 < asked }) ?? true
        {
            (facts.status, facts.source, facts.knownAt) = (known.status, .live, asked)
        }
        return facts
    }

    /// A tag was read elsewhere, or here while a new index was made that came without it. It may be there still: its gate
    /// has told that it came, and does not tell it again.
    package func learn(_ record: TagRecord) {
        index.add(record, owner: policy.owner(of: record.owner, barcode: record.barcode ?? ""))
        followIndex(of: record.uid)
    }

    /// Takes a new index in the place of the old one, which is handed back so that its memory is freed elsewhere.
    ///
    /// - Parameter clock: the clock that dated its holdings, as of ``WordAges/dating(of:)``, when it was set back since and
    ///   the index allows for that; `nil` for the clock as it goes now.
    package func take(
        _ fresh: GateIndex,
        datedBy clock: (zero: Duration, setBack: Duration)? = nil
    ) -> GateIndex {
        var fresh = fresh
        fresh.takeOver(from: index, at: time.now())
        (wallZero, setBack) = (clock?.zero, clock?.setBack ?? .zero)
        swap(&index, &fresh)
        followIndex()
        followRules()
        return fresh
    }

    /// Replaces all passes: items with leave to go out without a loan.
    package func follow(_ passes: [GatePass]) { index.follow(passes) }

    /// Judges by these rules from now on; tags that are there stay known, so that nothing rings twice for it.
    package func follow(_ policy: GatePolicy) {
        self.policy = policy
        followRules()
    }

    /// A gate that has learned does not learn again behind a clock that is not set yet: there are holdings of a later day.
    private func followRules() {
        var rules = policy
        if let until = rules.learningUntil, let known = index.holdingsAt, known >= until { rules.learningUntil = nil }
        for name in gates.keys { gates[name]?.machine.follow(rules) }
    }

    /// Takes what an input line did.
    package func take(_ event: GateBells.Event) async {
        let now = time.instant
        switch event {
        case .beam(let inner, let gate):
            for name in gates.keys.sorted() where gate == nil || gate == name {
                await perform(gates[name]?.machine.beamBroken(inner: inner, at: now) ?? [], at: name)
            }
        case .broken(let line, let gates, let cause): note(line, "output \(line): \(cause)", of: gates, at: now)
        case .whole(let line, let gates): note(line, nil, of: gates, at: now)
        case .deaf(let input, let gates, let cause):
            note("input \(input)", cause.map { "input \(input): \($0)" }, of: gates, at: now)
        case .fire(let isOpen):
            for name in gates.keys.sorted() where (gates[name]?.troubles[.fire] != nil) != isOpen {
                let cause = isOpen ? "the fire contact is open" : nil
                note([GateTrouble(gate: name, kind: .fire, at: now.moment, cause: cause)])
            }
        case .muted, .key: break
        }
        noteDone()
    }

    /// Everything that waits to be written down, and how much was lost because nobody wrote.
    package func takeNotes() -> (notes: [GateNote], lost: Int) {
        defer {
            notes = []
            lostNotes = 0
        }
        return (notes, lostNotes)
    }

    /// The trouble with a gate's outputs is over when the last of them is well again.
    private func note(_ line: String, _ cause: String?, of names: [String], at now: GateInstant) {
        for name in names where gates[name] != nil {
            gates[name]?.brokenLines[line] = cause
            let left = gates[name]?.brokenLines.sorted { $0.key < $1.key }.map(\.value) ?? []
            let causes = left.isEmpty ? nil : left.joined(separator: "; ")
            note([GateTrouble(gate: name, kind: .lines, at: now.moment, cause: causes)])
        }
    }

    func note(_ troubles: [GateTrouble]) {
        for trouble in troubles {
            gates[trouble.gate]?.troubles[trouble.kind] = trouble.cause == nil ? nil : trouble
            note(.trouble(trouble))
        }
    }
}
