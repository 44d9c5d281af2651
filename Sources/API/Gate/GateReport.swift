package import FoundationEssentials

/// How every gate stands: `GET /v1/gate`.
package struct GateReport: Codable, Hashable, Sendable {
    /// In alphabetical order of their names; empty where no gate is configured.
    package var gates: [GateView]
    /// Whether the fire contact is open: nothing sounds then.
    package var fire: Bool
    /// Items and tags that the gates know without asking the database.
    package var indexItems: Int
    /// Tags that were read before, so that hearing their number is enough.
    package var indexTags: Int
    /// When the holdings were taken that the gates judge by.
    package var holdingsAt: Date?
    /// Alarms of all gates since midnight by the clock of the daemon's machine, quiet ones included.
    package var alarmsToday: Int
    /// Of the alarms that staff judged in the last 30 days, those in which nothing was wrong.
    package var falseAlarms: Share
    /// Of the test walks of the last 30 days, those that a gate did not hear.
    package var misses: Share

    package init(
        gates: [GateView],
        fire: Bool,
        indexItems: Int,
        indexTags: Int,
        holdingsAt: Date? = nil,
        alarmsToday: Int,
        falseAlarms: Share,
        misses: Share
    ) {
        self.gates = gates
        self.fire = fire
        self.indexItems = indexItems
        self.indexTags = indexTags
        self.holdingsAt = holdingsAt
        self.alarmsToday = alarmsToday
        self.falseAlarms = falseAlarms
        self.misses = misses
    }
}

/// One gate at a glance.
package struct GateView: Codable, Hashable, Sendable {
    /// Name of its reader in the configuration: `gate-1`.
    package var name: String
    /// Whether its reader answers.
    package var hears: Bool
    /// What is wrong now, one of each kind at most; empty when the gate is well.
    package var troubles: [GateTroubleNote]
    /// Items that lie there, which make no more noise.
    package var parked: [ParkedItem]
    /// Tags that it hears at this moment.
    package var tagsPresent: Int
    /// How much longer it is muted; 0 when it is not.
    package var mutedSeconds: Int
    /// `siren`, `lamp`, `buzzer`, `desk`, as they are wired.
    package var outputs: [String]
    /// People counted since the gate was set up, all lanes together; the numbers only grow.
    package var incoming: Int
    /// Those who went out, counted in the same way.
    package var outgoing: Int
    /// The same by lane: the first as soon as the gate's counter has answered, others once they have counted
    /// somebody; empty where no counter answers.
    package var lanes: [LaneCount]
    /// How each antenna hears the tag that is fixed to it.
    package var sentinels: [SentinelReport]
    /// Looks of a self test that goes on, of how many.
    package var selfTest: Share?
    /// The walk test that goes on; `nil` when none does.
    package var walkTest: WalkTestState?

    package init(
        name: String,
        hears: Bool,
        troubles: [GateTroubleNote],
        parked: [ParkedItem],
        tagsPresent: Int,
        mutedSeconds: Int,
        outputs: [String],
        incoming: Int,
        outgoing: Int,
        lanes: [LaneCount] = [],
        sentinels: [SentinelReport] = [],
        selfTest: Share? = nil,
        walkTest: WalkTestState? = nil
    ) {
        self.name = name
        self.hears = hears
        self.troubles = troubles
        self.parked = parked
        self.tagsPresent = tagsPresent
        self.mutedSeconds = mutedSeconds
        self.outputs = outputs
        self.incoming = incoming
        self.outgoing = outgoing
        self.lanes = lanes
        self.sentinels = sentinels
        self.selfTest = selfTest
        self.walkTest = walkTest
    }
}

/// People counted in one lane of a gate.
package struct LaneCount: Codable, Hashable, Sendable {
    /// Counted from 1.
    package var lane: Int
    /// As the rules name it; absent where they do not.
    package var name: String?
    /// People who came in since the gate was set up, corrections included.
    package var incoming: Int
    /// People who went out since the gate was set up, corrections included.
    package var outgoing: Int

    package init(lane: Int, name: String? = nil, incoming: Int, outgoing: Int) {
        self.lane = lane
        self.name = name
        self.incoming = incoming
        self.outgoing = outgoing
    }
}

/// A gate that does not hear, or hears again; also an event, `trouble`.
package struct GateTroubleNote: Codable, Hashable, Sendable {
    /// Name of the gate's reader in the configuration.
    package var gate: String
    /// `dead`, `detuned`, `sentinel`, `counter`, `lines`, `fire`.
    package var kind: String
    /// When it began; when it is over, that moment.
    package var at: Date
    /// What happened; absent when it is over.
    package var cause: String?
    /// What staff should do about trouble of this kind.
    package var advice: String

    package init(
        gate: String,
        kind: String,
        at: Date,
        cause: String? = nil,
        advice: String
    ) {
        self.gate = gate
        self.kind = kind
        self.at = at
        self.cause = cause
        self.advice = advice
    }
}

/// An item that lies in or near a gate; also an event, `parked`.
package struct ParkedItem: Codable, Hashable, Sendable {
    /// Name of the gate's reader in the configuration.
    package var gate: String
    /// `parked` or `stray`.
    package var kind: String
    /// 16 hexadecimal digits, beginning with `E0`.
    package var uid: String
    /// `nil` when the tag was never read, or names no item.
    package var barcode: String?
    /// As the holdings have it; `nil` when they do not know the item or its title.
    package var title: String?
    /// As printed on the spine, by the holdings; `nil` when they do not tell.
    package var callNumber: String?
    /// Where it seems to lie: `at antenna 2 of gate-1`.
    package var place: String
    /// When the gate heard it first.
    package var since: Date
    /// What the gate made of the tag before it counted as lying there: `not on loan`.
    package var reason: String
    /// What staff should do; lower case, no period.
    package var advice: String

    package init(
        gate: String,
        kind: String,
        uid: String,
        barcode: String? = nil,
        title: String? = nil,
        callNumber: String? = nil,
        place: String,
        since: Date,
        reason: String,
        advice: String
    ) {
        self.gate = gate
        self.kind = kind
        self.uid = uid
        self.barcode = barcode
        self.title = title
        self.callNumber = callNumber
        self.place = place
        self.since = since
        self.reason = reason
        self.advice = advice
    }
}

/// A part of a whole with the range in which the truth lies with 95 % certainty.
package struct Share: Codable, Hashable, Sendable {
    /// The part: `count` of `of`.
    package var count: Int
    /// The whole; 0 while nothing was observed.
    package var of: Int
    /// Lower end of that range, 0 to 1 (Wilson's interval); 0 while nothing was observed.
    package var low: Double
    /// Upper end of that range, 0 to 1; 1 while nothing was observed.
    package var high: Double

    package init(
        count: Int,
        of: Int,
        low: Double,
        high: Double
    ) {
        self.count = count
        self.of = of
        self.low = low
        self.high = high
    }
}
