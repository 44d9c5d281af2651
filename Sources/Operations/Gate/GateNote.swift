package import Library

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
    case people(gate: String, incoming: Int, outgoing: Int, correction: Int, at: Moment)
    case walks(gate: String, walks: Int, heard: Int, at: Moment)
    case sentinel(gate: String, antenna: Int, SentinelTrend.Test)
}
