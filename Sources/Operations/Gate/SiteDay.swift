package import Library

/// A day of the site, from midnight to midnight by its own clock: 23, 24 or 25 hours.
package struct SiteDay: Hashable, Sendable {
    /// Its first moment.
    package var began: Moment
    /// The first moment of the day after.
    package var ends: Moment

    package init(began: Moment, ends: Moment) {
        self.began = began
        self.ends = ends
    }

    /// The day in UTC to which a moment belongs.
    package init(utc moment: Moment) {
        let day: Int64 = 86_400_000
        let rest = moment.milliseconds % day
        began = Moment(milliseconds: moment.milliseconds - (rest < 0 ? rest + day : rest))
        ends = Moment(milliseconds: began.milliseconds + day)
    }
}
