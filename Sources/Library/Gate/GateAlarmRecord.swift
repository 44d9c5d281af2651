/// An alarm as it stands in the log, with its number.
package struct GateAlarmRecord: Hashable, Sendable, Identifiable {
    /// Counted from 1 and never used again.
    package typealias ID = Int64

    package var id: ID
    package var alarm: GateAlarm

    package init(id: ID, alarm: GateAlarm) {
        self.id = id
        self.alarm = alarm
    }
}
