/// How old it is what was said of items, whatever the wall clock that dated it was set to since.
///
/// Each time the clock is found set back, it is noted where it went until then and what had been said by then: that gets
/// no younger. A clock that is set ahead is followed, but for what it was set back before: it may have been behind when
/// all this was dated, and what counts as too old is asked about.
package struct WordAges: Hashable, Sendable {
    /// What had been said up to some point, in an order that no clock decides.
    package struct Place: Hashable, Sendable {
        /// The last change in the security journal; 0 for none.
        package var change: SecurityRecord.ID
        /// The number of the last holdings whose import had begun; 0 for none.
        package var snapshot: Int64

        package init(change: SecurityRecord.ID, snapshot: Int64) {
            self.change = change
            self.snapshot = snapshot
        }
    }

    /// The clock was found set back.
    private struct Setting: Hashable, Sendable {
        /// Where its zero lay by the other clock before that.
        var zero: Duration
        /// What had been said by then.
        var said: Place
    }

    /// When the first look was, on the clock that nobody can set.
    private let start: Duration
    /// What had been said by then, by earlier runs; `nil` as long as that could not be told, and everything counts as said
    /// before.
    private var saidBefore: Place?
    /// Where the wall clock's zero lies by the other clock.
    private var zero: Duration
    /// The oldest first; each zero lies behind the one before, and before where it lies now.
    private var settings: [Setting] = []

    /// By so much a clock goes back that is kept right by and by.
    private static let slack: Duration = .seconds(5)
    /// More settings than these are told apart no longer: what was said between the oldest counts as older than it is.
    private static let mostSettings = 64

    /// - Parameter said: what has been said until now; `nil` where that cannot be told, and is asked with every look.
    package init(at now: GateInstant, said: Place?) {
        start = now.uptime
        saidBefore = said
        zero = Self.zero(at: now)
    }

    /// Looks at both clocks. What is said between the setting of a clock and the next look counts as said before it, and
    /// so as older than it is.
    ///
    /// - Parameter said: what has been said until now; asked only when the clock was set back, and as long as it could not
    ///   be told at the start. Where it throws, nothing is noted before the next look.
    package mutating func look(at now: GateInstant, said: () throws -> Place) rethrows {
        // What this run has said meanwhile counts as said before it, and so as older than it is.
        if saidBefore == nil { saidBefore = try? said() }
        let found = Self.zero(at: now)
        if found < zero {
            settings.removeAll { $0.zero >= found }
            zero = found
        } else if found - zero > Self.slack {
            let place = try said()
            settings.append(Setting(zero: zero, said: place))
            zero = found
            guard settings.count > Self.mostSettings else { return }
            let oldest = settings.removeFirst()
            settings[0].zero = oldest.zero
        }
    }

    /// How long ago a change was decided on, seconds at most too much; `nil` where its date lies in the time to come, so
    /// that nobody can tell.
    package func age(of change: SecurityRecord, at now: GateInstant) -> Duration? {
        age(of: change.intent.at, at: now) { change.id <= $0.change }
    }

    /// How long ago holdings knew all loans, seconds at most too much; `nil` where that lies in the time to come, so that
    /// nobody can tell.
    package func age(of holdings: SnapshotInfo, at now: GateInstant) -> Duration? {
        age(of: holdings.knowsLoansUntil, at: now) { holdings.number <= $0.snapshot }
    }

    /// The clock that dated these holdings: where its zero lay by the clock that nobody can set, and by how much it was
    /// set back since.
    package func dating(of holdings: SnapshotInfo) -> (zero: Duration, setBack: Duration) {
        let dated = zeroSaid { holdings.number <= $0.snapshot }
        return (zero: dated, setBack: zero - dated)
    }

    /// By how much the clock that dated a change in the security journal was set back since.
    package func setBack(since change: SecurityRecord.ID) -> Duration { zero - zeroSaid { change <= $0.change } }

    private func age(of date: Moment, at now: GateInstant, wasSaid: (Place) -> Bool) -> Duration? {
        let age = now.uptime - zeroSaid(wasSaid) - .milliseconds(date.milliseconds)
        // A date that was still to come when this run began says nothing either once the clock has got there.
        let wasSaidBefore = saidBefore.map { wasSaid($0) } ?? true
        let least = wasSaidBefore ? max(.zero, now.uptime - start) : .zero
        return age >= least - Self.slack ? max(age, least) : nil
    }

    /// Where the clock's zero lay when something was said.
    private func zeroSaid(_ wasSaid: (Place) -> Bool) -> Duration {
        settings.first { wasSaid($0.said) }?.zero ?? zero
    }

    private static func zero(at now: GateInstant) -> Duration { now.uptime - .milliseconds(now.moment.milliseconds) }
}
