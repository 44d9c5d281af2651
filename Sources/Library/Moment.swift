/// A point in time: milliseconds since 1970-01-01 00:00 UTC. Machines take it as an argument and own no clock.
package struct Moment: Hashable, Sendable, Comparable {
    /// Unix time in milliseconds, without leap seconds; negative before 1970.
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    /// The time from `other` to this moment; negative when `other` is later.
    ///
    /// A damaged file may hold any number, so what does not fit is the longest time there is.
    package func since(_ other: Moment) -> Duration {
        .milliseconds(Int64(clamping: Int128(milliseconds) - Int128(other.milliseconds)))
    }

    /// The moment so much later; what is finer than a millisecond is cut off. What does not fit is the last moment there
    /// is, or the first.
    package static func + (moment: Moment, duration: Duration) -> Moment {
        let parts = duration.components
        let added = Int128(parts.seconds) * 1000 + Int128(parts.attoseconds / 1_000_000_000_000_000)
        return Moment(milliseconds: Int64(clamping: Int128(moment.milliseconds) + added))
    }
}
