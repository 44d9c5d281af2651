/// How long a station rests between two looks: as configured while something moves, longer on a pad where nothing has
/// changed for a while. A wand and a gate never slow down: what passes them does not wait. All times are uptimes.
package struct PollingRhythm: Sendable {
    private let role: StationRole
    private let interval: Duration
    private var lastChange: Duration?

    /// After so long without a change a pad is looked at less often.
    private static let quietAfter: Duration = .seconds(10)
    /// As often as makers advise for pads that have nothing to do; a book laid down is still seen at once for a person.
    private static let quietInterval: Duration = .milliseconds(300)

    package init(role: StationRole, interval: Duration) {
        self.role = role
        self.interval = interval
    }

    /// Something came or left.
    package mutating func changed(at uptime: Duration) {
        lastChange = uptime
    }

    /// The rest that follows a look.
    package mutating func rest(at uptime: Duration) -> Duration {
        guard role == .pad else { return interval }
        guard let lastChange else {
            self.lastChange = uptime
            return interval
        }
        return uptime - lastChange < Self.quietAfter ? interval : max(interval, Self.quietInterval)
    }
}
