package import Library

/// People who came and went through a lane since it was looked at last, and how its count stands.
package struct PeopleChange: Hashable, Sendable {
    /// The gate's name.
    package var gate: String
    /// Counted from 1.
    package var lane: Int
    /// When the board was looked at, or the day closed.
    package var at: Moment
    /// People in since the look before; 0 at the first look and when the board's numbers make no sense.
    package var incoming = 0
    /// People out since the look before.
    package var outgoing = 0
    /// What was put right at closing time.
    package var correction = 0
    /// How the lane's count stands after this, to be taken up again at the next start.
    package var tally: PeopleTally

    init(gate: String, lane: Int, at: Moment, correction: Int = 0, tally: PeopleTally) {
        self.gate = gate
        self.lane = lane
        self.at = at
        self.correction = correction
        self.tally = tally
    }
}

/// Something a gate wants written down, after the siren.
package enum GateNote: Hashable, Sendable {
    /// A new alarm; `serial` names it until it has its number.
    case alarm(GateAlarm, serial: Int)
    case join(GateAlarmItem, serial: Int)
    case amend(serial: Int, isBulk: Bool, direction: GateDirection?)
    case passage(GatePassage)
    /// What was read of a tag in passing.
    case tag(TagRecord)
    case parked(GateParking)
    case read(GateHearing, gate: String, at: Moment, response: GateResponse, reason: GateReason)
    case trouble(GateTrouble)
    case people(PeopleChange)
    case walks(gate: String, walks: Int, heard: Int, at: Moment)
    case sentinel(gate: String, antenna: Int, SentinelTrend.Test)
}
