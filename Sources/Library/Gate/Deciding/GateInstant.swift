/// A point in time on both clocks of a gate.
///
/// Ages of holdings and the log go by the wall clock; everything that is measured at the gate itself goes by the clock
/// that nobody can set, so that a wall clock which jumps neither rings nor silences anything.
package struct GateInstant: Hashable, Sendable {
    /// The wall clock's time, which somebody may set.
    package var moment: Moment
    /// Time since some fixed point; never runs backwards.
    package var uptime: Duration

    package init(moment: Moment, uptime: Duration) {
        self.moment = moment
        self.uptime = uptime
    }

    /// The instant so much later on both clocks.
    package static func + (instant: GateInstant, duration: Duration) -> GateInstant {
        GateInstant(moment: instant.moment + duration, uptime: instant.uptime + duration)
    }
}
