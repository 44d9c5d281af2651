/// A point in time: milliseconds since 1970-01-01 00:00 UTC. Machines take it as an argument and own no clock.
package struct Moment: Hashable, Sendable, Comparable {
    /// Unix time in milliseconds, without leap seconds; negative before 1970.
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    /// The time from `other` to this moment; negative when `other` is later.
    package func since(_ other: Moment) -> Duration {
        .milliseconds(milliseconds - other.milliseconds)
    }

    /// The moment so much later; what is finer than a millisecond is cut off.
    package static func + (moment: Moment, duration: Duration) -> Moment {
        let parts = duration.components
        return Moment(
            milliseconds: moment.milliseconds + parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
        )
    }
}
