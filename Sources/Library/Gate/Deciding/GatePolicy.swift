package import Tags

/// A site's rules for its gates. ``GatePolicyFile`` is the same as a text.
package struct GatePolicy: Hashable, Sendable {
    /// How the site marks its tags, whose tags are its own, and the truth table.
    package var security: SecurityPolicy
    /// Responses that differ from the truth table. ``GateReason/unknownItem``, ``GateReason/foreignTag`` and
    /// ``GateReason/otherLibrary`` never sound, whatever stands here.
    package var responses: [GateReason: GateResponse]

    // How old knowledge may be.

    /// Up to which age the holdings are taken to know the loans of the moment.
    package var freshness: Duration
    /// Up to which age a loan or return that a device of ours was told of is taken to stand.
    package var deviceFreshness: Duration
    /// How long after a return an item that is not armed counts as not yet secured.
    package var securingTime: Duration
    /// How long an alarm on old knowledge waits for the library system; zero never asks.
    package var liveBudget: Duration

    // One tag, again and again.

    /// How long a tag must not be heard before it can ring again.
    package var rearmAfter: Duration
    /// How long a tag may be heard without a pause before it counts as parked.
    package var parkedAfter: Duration
    /// A tag that would ring more often than this within ``strayTime`` lies at the fringe of the field.
    package var strayRings: Int
    /// The time in which the rings of one tag are counted, from the first of them on.
    package var strayTime: Duration
    /// How long a parked or stray tag must not be heard before it can ring again.
    package var blockedRearm: Duration

    // Many tags.

    /// Armed items heard within this time of an alarm's first one belong to the same alarm.
    package var stackTime: Duration
    /// Alarms beyond these are shown and written down without noise.
    package var flood: GateRate
    /// So many armed items so fast are a theft in bulk, which sounds whatever the flood.
    package var bulk: GateRate

    /// Until then everything is judged and written down and nothing sounds; for a new gate.
    package var learningUntil: Moment?

    // The place.

    /// The ways through the gate with their antennas; empty where nobody told, and then no antenna tells a direction.
    package var lanes: [GateLane]
    /// Whether what is surely carried in makes no noise.
    package var quietInward: Bool
    /// How long an alarm may wait to learn the direction; only with ``quietInward``.
    package var directionPatience: Duration
    /// Libraries nearby; a tag of theirs whose item our holdings do not know never sounds.
    package var neighbours: [GateNeighbour]
    /// Baskets, test tags, handhelds of staff and the like.
    package var staffDevices: Set<TagUID>
    /// Tags fixed to gates for their daily self test, by the antenna that has to hear each.
    package var sentinels: [TagUID: GateSentinel]

    package init(
        security: SecurityPolicy = SecurityPolicy(),
        responses: [GateReason: GateResponse] = [:],
        freshness: Duration = .seconds(900),
        deviceFreshness: Duration = .seconds(12 * 3600),
        securingTime: Duration = .seconds(900),
        liveBudget: Duration = .zero,
        rearmAfter: Duration = .seconds(5),
        parkedAfter: Duration = .seconds(60),
        strayRings: Int = 3,
        strayTime: Duration = .seconds(600),
        blockedRearm: Duration = .seconds(60),
        stackTime: Duration = .seconds(2),
        flood: GateRate = GateRate(count: 10, within: .seconds(60)),
        bulk: GateRate = GateRate(count: 5, within: .seconds(5)),
        learningUntil: Moment? = nil,
        lanes: [GateLane] = [],
        quietInward: Bool = false,
        directionPatience: Duration = .milliseconds(300),
        neighbours: [GateNeighbour] = [],
        staffDevices: Set<TagUID> = [],
        sentinels: [TagUID: GateSentinel] = [:]
    ) {
        self.security = security
        self.responses = responses
        self.freshness = freshness
        self.deviceFreshness = deviceFreshness
        self.securingTime = securingTime
        self.liveBudget = liveBudget
        self.rearmAfter = rearmAfter
        self.parkedAfter = parkedAfter
        self.strayRings = strayRings
        self.strayTime = strayTime
        self.blockedRearm = blockedRearm
        self.stackTime = stackTime
        self.flood = flood
        self.bulk = bulk
        self.learningUntil = learningUntil
        self.lanes = lanes
        self.quietInward = quietInward
        self.directionPatience = directionPatience
        self.neighbours = neighbours
        self.staffDevices = staffDevices
        self.sentinels = sentinels
    }
}

/// Where a sentinel tag is fixed.
package struct GateSentinel: Hashable, Sendable {
    /// `nil` where there is one gate only.
    package var gate: String?
    /// Number of the antenna that has to hear the tag, 1 to 64.
    package var antenna: Int

    package init(gate: String? = nil, antenna: Int) {
        self.gate = gate
        self.antenna = antenna
    }
}

/// So many in so long a time.
package struct GateRate: Hashable, Sendable {
    /// How many. For ``GatePolicy/flood`` 0 silences all alarms but thefts in bulk; for ``GatePolicy/bulk`` and
    /// ``GateSounding/escalation`` it turns the rule off.
    package var count: Int
    /// In how long a time, counted back from now.
    package var within: Duration

    package init(count: Int, within: Duration) {
        self.count = count
        self.within = within
    }
}

extension GatePolicy {
    /// What the gate does for `reason`, when the truth table says `standard`.
    package func response(to reason: GateReason, standard: GateResponse) -> GateResponse {
        let chosen = responses[reason] ?? standard
        switch reason {
        case .unknownItem, .foreignTag, .otherLibrary: return chosen == .alarm ? .log : chosen
        default: return chosen
        }
    }

    /// The sentinel tags of one gate.
    package func sentinels(of gate: String) -> [TagUID: GateSentinel] {
        sentinels.filter { $0.value.gate == nil || $0.value.gate == gate }
    }

    /// Why no item whatever could make this gate sound at `moment`: nobody wants that by mistake. `nil` when one could.
    package func silence(at moment: Moment) -> GateSilence? {
        if flood.count < 1 && bulk.count < 1 { return .rules }
        let rings = security.table.rows.contains { response(to: $0.gateReason, standard: $0.gate) == .alarm }
        guard rings else { return .rules }
        return learningUntil.map { moment < $0 } == true ? .learning : nil
    }
}

/// Why no gate would sound, whatever were carried through it.
package enum GateSilence: Hashable, Sendable, CaseIterable {
    /// The rules leave nothing to sound for, at whatever time.
    case rules
    /// A time of learning lasts, which ends by itself.
    case learning
}
