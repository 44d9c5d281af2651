import Tags

/// Many tags: stacks, floods, thefts in bulk, and which way they went.
extension GateMachine {
    mutating func alarm(_ ringing: [GateAlarmItem], at now: GateInstant) -> [Action] {
        guard !ringing.isEmpty else { return [] }
        let becomesBulk = countArmed(ringing.count, at: now.uptime)
        let bulk: [Action] = becomesBulk && !isLearning(at: now.moment) ? [.bulk] : []
        if let lastAlarm, now.uptime - lastAlarm < policy.stackTime {
            return ringing.map(Action.join) + bulk
        }
        lastAlarm = now.uptime
        sounds.removeAll { now.uptime - $0 >= policy.flood.within }
        let isFlood = sounds.count >= policy.flood.count
        let quiet: GateQuiet? = isLearning(at: now.moment) ? .learning : isFlood && !isBulk ? .flood : nil
        if !isFlood { sounds.append(now.uptime) }
        let presence = present[ringing[0].uid]
        let alarm = GateAlarm(
            gate: gate,
            at: now.moment,
            items: ringing,
            quiet: quiet,
            lane: lane(of: ringing[0]),
            direction: presence.flatMap { direction(of: $0, at: now.uptime) },
            isBulk: isBulk
        )
        return [.sound(alarm)] + bulk
    }

    /// Whether these armed items make a theft in bulk of what was heard before; told once for each.
    mutating func countArmed(_ count: Int, at uptime: Duration) -> Bool {
        guard policy.bulk.count > 0 else { return false }
        armed.removeAll { uptime - $0 > policy.bulk.within }
        armed.append(contentsOf: repeatElement(uptime, count: min(count, policy.bulk.count)))
        armed = armed.suffix(policy.bulk.count)
        let was = isBulk
        isBulk = armed.count >= policy.bulk.count
        return isBulk && !was
    }

    func isLearning(at moment: Moment) -> Bool {
        policy.learningUntil.map { moment < $0 } ?? false
    }

    mutating func crossed(_ crossing: GateCrossing, at now: GateInstant) -> [Action] {
        self.crossing = crossing
        var actions: [Action] = []
        for (uid, presence) in present.sorted(by: { $0.key < $1.key }) {
            guard presence.hasRung, presence.block == nil, !presence.toldDirection,
                let direction = direction(of: presence, at: now.uptime)
            else { continue }
            present[uid]?.toldDirection = true
            actions.append(.turned(uid, direction))
        }
        return actions
    }

    func direction(of presence: GatePresence, at uptime: Duration) -> GateDirection? {
        if let direction = presence.direction { return direction }
        guard let crossing, uptime - crossing.uptime <= GateCrossing.reach,
            crossing.uptime - presence.last <= GateCrossing.reach
        else { return nil }
        return crossing.direction
    }

    func lane(_ presence: GatePresence) -> String? {
        presence.lane.flatMap { policy.lanes.indices.contains($0) ? policy.lanes[$0].name : nil }
    }

    func lane(of item: GateAlarmItem) -> String? {
        guard let antenna = item.antenna else { return nil }
        return policy.lanes.first { $0.antennas.contains(antenna) }?.name
    }

    /// How long a tag must be away until it counts as new.
    func absence(_ presence: GatePresence) -> Duration {
        presence.block == nil ? policy.rearmAfter : max(policy.rearmAfter, policy.blockedRearm)
    }

    func isPresent(_ presence: GatePresence, at uptime: Duration) -> Bool {
        uptime - presence.last < absence(presence)
    }

    /// Drops tags that have been gone long enough, and whose rings are no longer counted.
    mutating func forget(at uptime: Duration) {
        guard present.count > Self.mostTags / 8 else { return }
        present = present.filter { _, presence in
            isPresent(presence, at: uptime)
                || presence.rings > 0 && uptime - presence.firstRing < policy.strayTime
        }
        // Rather one alarm too many than an item that nobody follows. What has not rung yet is not let go for a crowd.
        if present.count > Self.mostTags { present = present.filter { $0.value.ringAt != nil } }
        if present.count > Self.mostTags { present = [:] }
        waiting = present.values.count { $0.ringAt != nil }
    }

    func passage(
        _ hearing: GateHearing,
        _ response: GateResponse,
        _ reason: GateReason,
        at moment: Moment
    ) -> GatePassage {
        GatePassage(
            gate: gate,
            at: moment,
            uid: hearing.uid,
            barcode: nil,
            afi: hearing.afi,
            response: response,
            reason: reason
        )
    }
}
