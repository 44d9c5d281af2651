package import Library

/// The clock of the shell: wall time for the record and a way to wait. Tests hand in a manual one.
package struct Timekeeper: Sendable {
    /// The wall clock, which somebody may set.
    package var now: @Sendable () -> Moment
    /// Waits for so long; throws when the task is cancelled meanwhile.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// Time since some fixed point, on a clock that nobody can set; the wall clock itself where none is given.
    package var uptime: @Sendable () -> Duration
    /// By how much a pause that others make as well is shaken, -1 to 1; chance, and a seeded one in a simulation.
    package var jitter: @Sendable () -> Double
    /// How many seconds the clock on the library's wall is ahead of UTC at a moment; none where nobody says.
    package var secondsAhead: @Sendable (Moment) -> Int = { _ in 0 }

    /// A clock made of these parts; without `uptime` the wall clock stands in for it, which can be set back.
    package init(
        now: @escaping @Sendable () -> Moment,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        uptime: (@Sendable () -> Duration)? = nil,
        jitter: @escaping @Sendable () -> Double = { .random(in: -1...1) }
    ) {
        self.now = now
        self.sleep = sleep
        self.jitter = jitter
        self.uptime = uptime ?? { .milliseconds(now().milliseconds) }
    }

    /// Now, on both clocks of a gate.
    package var instant: GateInstant { GateInstant(moment: now(), uptime: uptime()) }
}
