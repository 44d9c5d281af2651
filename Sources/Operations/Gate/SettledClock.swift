package import Library

/// Whether the wall clock can be believed with what cannot be undone.
///
/// After a start it may stand anywhere until a time service has set it: a machine without a clock of its own begins where
/// it was switched off, and one whose battery is empty in any year. It counts as settled when it has gone as evenly as
/// the clock that nobody can set for a while.
package struct SettledClock: Hashable, Sendable {
    /// Where the wall clock's zero lies by the other clock, and since which uptime it has lain there.
    private var zero: Duration?
    private var since: Duration = .zero

    /// For so long it must have gone evenly.
    package static let proof: Duration = .seconds(600)
    /// Two readings of one even clock differ by less.
    private static let slack: Duration = .seconds(5)

    package init() {}

    /// Looks at both clocks; a clock that was set since the look before has to prove itself anew.
    package mutating func isSettled(at now: GateInstant) -> Bool {
        let zeroNow = now.uptime - .milliseconds(now.moment.milliseconds)
        guard let zero, zeroNow - zero < Self.slack, zero - zeroNow < Self.slack else {
            (zero, since) = (zeroNow, now.uptime)
            return false
        }
        return now.uptime - since >= Self.proof
    }
}
