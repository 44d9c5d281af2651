package import Library

/// Something that happened in the branch and that somebody may be watching.
package enum BranchEvent: Sendable {
    case station(StationReport)
    case sweep(SweepView)
    case finding(Finding)
    case alarm(GateAlarmRecord)
    case security(SecurityReport)
}
