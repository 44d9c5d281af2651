import Tags

/// One tag: whether it is new, whether it rings, waits, or is blocked.
extension GateMachine {
    /// Judges one hearing of a tag that is in the gate already.
    mutating func judge(_ hearing: GateHearing, at now: GateInstant) -> [Action] {
        var actions: [Action] = []
        var ringing: [GateAlarmItem] = []
        var asking: [TagUID] = []
        take(hearing, at: now, &ringing, &asking, &actions)
        if !asking.isEmpty { actions.append(.ask(asking)) }
        return alarm(ringing, at: now) + actions
    }

    mutating func take(
        _ hearing: GateHearing,
        at now: GateInstant,
        _ ringing: inout [GateAlarmItem],
        _ asking: inout [TagUID],
        _ actions: inout [Action]
    ) {
        let decision = policy.decide(hearing, at: now.moment)
        let (coming, isNew) = coming(hearing, decision, at: now)
        var presence = coming
        let formerReason = isNew ? nil : presence.decision.reason
        presence.decision = decision
        if presence.block != nil, presence.hasMoved(hearing.antenna) {
            presence.block = nil
            presence.hasRung = false
            // The rings of what lay there say nothing of what is carried.
            presence.rings = 0
            presence.first = now.uptime
        }
        presence.hear(hearing, at: now.uptime, lanes: policy.lanes)

        var response = decision.response
        let direction = direction(of: presence, at: now.uptime)
        if response == .alarm, policy.quietInward, direction == .inward { response = .log }
        let mayRing = response == .alarm && !presence.hasRung && presence.block == nil
        if mayRing {
            wait(&presence, direction, at: now.uptime, &asking)
            if presence.ringAt == nil { ring(&presence, at: now, &ringing, &actions) }
        } else if presence.ringAt != nil {
            presence.ringAt = nil
            waiting -= 1
        }
        // What is no library item may be somebody's card: its number is not written down.
        let isOfALibrary = decision.reason != .foreignTag
        if isOfALibrary, formerReason != decision.reason {
            actions.append(.pass(passage(hearing, response, decision.reason, at: now.moment)))
        }
        if isOfALibrary, presence.block == nil, decision.reason != .staffDevice,
            now.uptime - presence.first >= policy.parkedAfter
        {
            block(&presence, .parked, at: now, &actions)
        }
        if presence.hasRung, presence.block == nil, !presence.toldDirection, let direction {
            presence.toldDirection = true
            actions.append(.turned(hearing.uid, direction))
        }
        present[hearing.uid] = presence
    }

    /// The presence of a tag that is heard: as it was, or a new coming with the memory of former rings, unless it was
    /// blocked for them.
    mutating func coming(
        _ hearing: GateHearing,
        _ decision: GateDecision,
        at now: GateInstant
    ) -> (GatePresence, isNew: Bool) {
        let known = present[hearing.uid]
        if let known, isPresent(known, at: now.uptime) { return (known, false) }
        if known?.ringAt != nil { waiting -= 1 }
        var presence = GatePresence(
            first: now.uptime,
            last: now.uptime,
            firstMoment: now.moment,
            hearing: hearing,
            decision: decision
        )
        // What was blocked has been away for as long as the rules want: it begins anew, or it would be blocked at once.
        if let known, known.block == nil, known.rings > 0, now.uptime - known.firstRing < policy.strayTime {
            presence.rings = known.rings
            presence.firstRing = known.firstRing
            presence.antennas = known.antennas
            presence.firstMoment = known.firstMoment
            presence.hearings = known.hearings
        }
        return (presence, true)
    }

    /// Decides whether an alarm waits: for the library system, or for the direction.
    mutating func wait(
        _ presence: inout GatePresence,
        _ direction: GateDirection?,
        at uptime: Duration,
        _ asking: inout [TagUID]
    ) {
        if let ringAt = presence.ringAt {
            let directionCame = policy.quietInward && direction == .outward && policy.liveBudget <= .zero
            if uptime >= ringAt || directionCame {
                presence.ringAt = nil
                waiting -= 1
            }
            return
        }
        var patience: Duration = .zero
        if mayAsk, policy.liveBudget > .zero, !presence.wasAsked, presence.decision.isWorthAsking {
            presence.wasAsked = true
            asking.append(presence.hearing.uid)
            patience = policy.liveBudget
        }
        if policy.quietInward, direction == nil, presence.hearings <= 1 {
            patience = max(patience, policy.directionPatience)
        }
        guard patience > .zero else { return }
        presence.ringAt = uptime + patience
        waiting += 1
    }

    /// Rings for a tag, or finds that it rang too often to be carried: then it lies at the fringe of the field.
    mutating func ring(
        _ presence: inout GatePresence,
        at now: GateInstant,
        _ ringing: inout [GateAlarmItem],
        _ actions: inout [Action]
    ) {
        presence.hasRung = true
        if presence.rings == 0 { presence.firstRing = now.uptime }
        presence.rings += 1
        if presence.rings > policy.strayRings {
            block(&presence, .stray, at: now, &actions)
            return
        }
        ringing.append(GateAlarmItem(presence.hearing, presence.decision))
    }

    func block(
        _ presence: inout GatePresence,
        _ kind: GateParking.Kind,
        at now: GateInstant,
        _ actions: inout [Action]
    ) {
        presence.block = kind
        presence.home = presence.antennas
        actions.append(
            .parked(
                GateParking(
                    gate: gate,
                    uid: presence.hearing.uid,
                    kind: kind,
                    reason: presence.decision.reason,
                    since: presence.firstMoment,
                    at: now.moment,
                    antennas: presence.antennaNumbers,
                    lane: lane(presence),
                    hearings: presence.hearings
                )
            )
        )
        actions.append(.pass(passage(presence.hearing, .log, .parked, at: now.moment)))
    }

    /// Rings for those that waited long enough; called only while there are any.
    mutating func due(at now: GateInstant) -> [Action] {
        let ripe = present.filter { _, presence in presence.ringAt.map { $0 <= now.uptime } ?? false }.keys.sorted()
        var actions: [Action] = []
        var ringing: [GateAlarmItem] = []
        for uid in ripe {
            guard var presence = present[uid] else { continue }
            presence.ringAt = nil
            waiting -= 1
            ring(&presence, at: now, &ringing, &actions)
            present[uid] = presence
        }
        return alarm(ringing, at: now) + actions
    }
}

extension GateDecision {
    /// Whether a fresh answer could turn this alarm into silence: old knowledge of an item that may be lent meanwhile.
    fileprivate var isWorthAsking: Bool {
        guard case .table(_, let standing) = evidence.ground else { return false }
        switch standing {
        case .inLibraryByOldHoldings, .onLoanByOldHoldings: return true
        default: return false
        }
    }
}
