package import Tags

/// Follows the tags that one gate hears and says when to sound, what to join to the alarm, and what to write down.
///
/// A tag is judged when it comes, and again when more is known of it; it rings once for each time it is carried
/// through, and again only after it was not heard for a while. What lies there is named and falls silent. Memory is
/// bounded: 4 096 tags at once.
package struct GateMachine: Sendable {
    /// What has to be done about what was heard; actions are done in the order in which they are given.
    package enum Action: Hashable, Sendable {
        /// Sound and light, now, unless the alarm says that it is quiet; then write it down.
        case sound(GateAlarm)
        /// One more item of the stack that the last alarm is about: no new sound, one more line.
        case join(GateAlarmItem)
        /// The last alarm turned out to be a theft in bulk: the strongest pattern, whatever sounds already.
        case bulk
        /// Which way an item of the last alarm went, known only now.
        case turned(TagUID, GateDirection)
        /// It lies there: tell staff which item and where.
        case parked(GateParking)
        /// Ask the library system how these items stand; the alarm waits a little for the answer.
        case ask([TagUID])
        /// One tag's passage, once for each time it comes or is judged anew; never that of a foreign tag.
        case pass(GatePassage)
    }

    static let mostTags = 4096

    /// The gate's name in the configuration, which every alarm and passage carries: `gate-1`.
    package let gate: String
    /// The rules that are in force; ``follow(_:)`` changes them.
    package internal(set) var policy: GatePolicy
    /// Whether the library system may be asked; off while it is known not to answer, so that no alarm waits in vain.
    package var mayAsk = true
    var present: [TagUID: GatePresence] = [:]
    /// When the last alarm began.
    var lastAlarm: Duration?
    /// When alarms sounded lately, for the flood control.
    var sounds: [Duration] = []
    /// When armed items rang lately, for the bulk rule.
    var armed: [Duration] = []
    var isBulk = false
    var beams = GateBeams()
    var crossing: GateCrossing?
    /// How many tags wait with their alarm: looking for them costs nothing while there are none.
    var waiting = 0

    package init(gate: String, policy: GatePolicy) {
        self.gate = gate
        self.policy = policy
    }

    /// Takes what the gate hears at one moment. The cost grows with the tags heard at that moment alone.
    package mutating func hear(_ heard: [GateHearing], at now: GateInstant) -> [Action] {
        forget(at: now.uptime)
        var actions: [Action] = []
        var ringing: [GateAlarmItem] = []
        var asking: [TagUID] = []
        for hearing in heard {
            take(hearing, at: now, &ringing, &asking, &actions)
        }
        actions = alarm(ringing, at: now) + actions
        if !asking.isEmpty { actions.append(.ask(asking)) }
        if waiting > 0 { actions = due(at: now) + actions }
        return actions
    }

    /// Lets time pass: alarms that waited long enough ring.
    package mutating func tick(at now: GateInstant) -> [Action] {
        waiting > 0 ? due(at: now) : []
    }

    /// Takes what has become known of a tag that is in the gate, from the library system or from reading its memory.
    package mutating func learn(_ facts: GateFacts, of uid: TagUID, at now: GateInstant) -> [Action] {
        guard let presence = present[uid], isPresent(presence, at: now.uptime) else { return [] }
        var hearing = presence.hearing
        hearing.facts = facts
        if presence.ringAt != nil {
            present[uid]?.ringAt = nil
            waiting -= 1
        }
        return judge(hearing, at: now)
    }

    /// A light beam was broken: the inner one is nearer to the books.
    package mutating func beamBroken(inner: Bool, at now: GateInstant) -> [Action] {
        guard let crossing = beams.broken(inner ? .inner : .outer, at: now.uptime) else { return [] }
        return crossed(crossing, at: now)
    }

    /// The gate's counter went on by so many people.
    package mutating func counted(incoming: Int, outgoing: Int, at now: GateInstant) -> [Action] {
        guard (incoming > 0) != (outgoing > 0) else { return [] }
        return crossed(GateCrossing(direction: outgoing > 0 ? .outward : .inward, uptime: now.uptime), at: now)
    }

    /// Takes other rules; the tags that are there stay known, so that nothing rings twice for it.
    package mutating func follow(_ policy: GatePolicy) {
        self.policy = policy
    }

    /// Tags that are blocked because they lie there, by UID; not those that were taken away and would count as new.
    package func parked(at uptime: Duration) -> [TagUID] {
        present.filter { $0.value.block != nil && isPresent($0.value, at: uptime) }.map(\.key).sorted()
    }

    /// Tags that are remembered at the moment.
    package var tagsPresent: Int { present.count }
}
