/// Something to be done once a day at a time of the day: after a night switched off it is made up for, and a clock that
/// jumps does it once at most.
package struct DailyDuty: Hashable, Sendable {
    /// The minute of the day in local time, 0 to 1439.
    package let minute: Int
    /// When it was done last; `nil` for never.
    package private(set) var doneAt: Moment?

    private static let day = 1440
    /// What was done by a clock so far ahead was done by a wrong one.
    private static let furthestAhead: Duration = .seconds(7 * 86_400)

    /// Takes the duty up; `minute` is brought into 0 to 1439, and one that was never done is due at once.
    package init(minute: Int, doneAt: Moment?) {
        self.minute = min(max(0, minute), Self.day - 1)
        self.doneAt = doneAt
    }

    /// Whether it has to be done now; it counts as done from then on.
    ///
    /// - Parameter minuteNow: of the day in local time.
    package mutating func isDue(at moment: Moment, minuteNow: Int) -> Bool {
        let since = ((minuteNow - minute) % Self.day + Self.day) % Self.day
        let last = moment + .seconds(-60 * since)
        // The clock was set back: the next time is waited for, and not the time that it had run ahead to.
        if let doneAt, doneAt.since(moment) > Self.furthestAhead { self.doneAt = moment }
        // A minute's fraction belongs to the minute.
        if let doneAt, doneAt >= last + .seconds(-59) { return false }
        doneAt = moment
        return true
    }
}
