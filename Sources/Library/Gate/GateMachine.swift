package import Tags

/// Follows the tags that one gate hears and says when to sound, what to join to the alarm, and what to write down.
///
/// A tag is judged when it comes, and again when more is known of it; it rings once for each time it is carried
/// through, and again only after it was not heard for a while. Memory is bounded: 4 096 tags at once.
package struct GateMachine: Sendable {
    package enum Action: Hashable, Sendable {
        /// Sound and light, now; then write it down.
        case sound(GateAlarm)
        /// One more item of the stack that the last alarm is about: no new sound, one more line.
        case join(GateAlarmItem)
        /// One tag's passage, once for each time it comes or is judged anew; never that of a foreign tag.
        case pass(GatePassage)
    }

    private struct Presence {
        var first: Moment
        var last: Moment
        var decision: GateDecision
        var hasRung: Bool
        var isParked: Bool
    }

    private static let mostTags = 4096

    package let gate: String
    package let policy: GatePolicy
    private var present: [TagUID: Presence] = [:]
    /// When the last alarm began.
    private var lastAlarm: Moment?

    package init(gate: String, policy: GatePolicy) {
        self.gate = gate
        self.policy = policy
    }

    /// Takes what the gate hears at one moment. The cost grows with the tags heard at that moment alone.
    package mutating func hear(_ heard: [GateHearing], at moment: Moment) -> [Action] {
        forget(before: moment)
        var ringing: [GateAlarmItem] = []
        var passages: [Action] = []
        for hearing in heard {
            let decision = policy.decide(hearing, at: moment)
            let known = stillPresent(hearing.uid, at: moment)
            var presence =
                known ?? Presence(first: moment, last: moment, decision: decision, hasRung: false, isParked: false)
            presence.last = moment
            if decision.response == .alarm, !presence.hasRung {
                presence.hasRung = true
                ringing.append(item(hearing, decision))
            }
            // What is no library item may be somebody's card: its number is not written down.
            let isOfALibrary = decision.reason != .foreignTag
            if isOfALibrary, known?.decision.reason != decision.reason {
                passages.append(.pass(passage(hearing, decision.response, decision.reason, at: moment)))
            }
            presence.decision = decision
            if isOfALibrary, !presence.isParked, moment.since(presence.first) >= policy.parkedAfter {
                presence.isParked = true
                passages.append(.pass(passage(hearing, .log, .parked, at: moment)))
            }
            present[hearing.uid] = presence
        }
        return alarm(ringing, at: moment) + passages
    }

    /// Tags that are heard without a pause for so long that they seem to lie there, by UID.
    package var parked: [TagUID] {
        present.filter { $0.value.isParked }.map(\.key).sorted()
    }

    /// Tags that are remembered at the moment.
    package var tagsPresent: Int { present.count }

    private func stillPresent(_ uid: TagUID, at moment: Moment) -> Presence? {
        guard let presence = present[uid], isPresent(presence, at: moment) else { return nil }
        return presence
    }

    /// After a clock was set far back a tag counts as new: rather one alarm too many than none.
    private func isPresent(_ presence: Presence, at moment: Moment) -> Bool {
        let gone = moment.since(presence.last)
        return gone < policy.rearmAfter && gone > .zero - policy.rearmAfter
    }

    private mutating func alarm(_ ringing: [GateAlarmItem], at moment: Moment) -> [Action] {
        guard !ringing.isEmpty else { return [] }
        if let lastAlarm, moment >= lastAlarm, moment.since(lastAlarm) < policy.stackTime {
            return ringing.map(Action.join)
        }
        lastAlarm = moment
        return [.sound(GateAlarm(gate: gate, at: moment, items: ringing))]
    }

    /// Drops tags that have been gone long enough.
    private mutating func forget(before moment: Moment) {
        guard present.count > Self.mostTags / 8 else { return }
        present = present.filter { isPresent($0.value, at: moment) }
        if present.count > Self.mostTags { present = [:] }
    }

    private func item(_ hearing: GateHearing, _ decision: GateDecision) -> GateAlarmItem {
        GateAlarmItem(
            uid: hearing.uid,
            barcode: hearing.item?.barcode ?? hearing.tag?.barcode,
            afi: hearing.afi,
            reason: decision.reason,
            evidence: decision.evidence
        )
    }

    private func passage(
        _ hearing: GateHearing,
        _ response: GateResponse,
        _ reason: GateReason,
        at moment: Moment
    ) -> GatePassage {
        GatePassage(
            gate: gate,
            at: moment,
            uid: hearing.uid,
            barcode: hearing.item?.barcode ?? hearing.tag?.barcode,
            afi: hearing.afi,
            response: response,
            reason: reason
        )
    }
}
