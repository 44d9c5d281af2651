/// An alarm as it stands in the log, with its number.
package struct GateAlarmRecord: Hashable, Sendable, Identifiable {
    /// Counted from 1 and never used again.
    package typealias ID = Int64

    package var id: ID
    /// The alarm with every item that joined it later.
    package var alarm: GateAlarm
    /// What staff found; `nil` while nobody said.
    package var outcome: GateOutcome?

    package init(id: ID, alarm: GateAlarm, outcome: GateOutcome? = nil) {
        self.id = id
        self.alarm = alarm
        self.outcome = outcome
    }
}
