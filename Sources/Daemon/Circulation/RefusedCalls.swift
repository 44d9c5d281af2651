/// Which of the calls that come to nothing are written to the log: the first of each kind and caller, then one line a
/// minute with how many there were. A machine that calls a thousand times a second fills no disk.
struct RefusedCalls: Sendable {
    private struct Count {
        var silentUntil: Duration
        var untold = 0
    }

    private var counts: [String: Count] = [:]

    /// Between two lines about the same.
    private static let pause = Duration.seconds(60)
    /// Kinds and callers that are told apart; all further ones count as one.
    private static let limit = 64
    private static let others = "others"

    /// - Parameters:
    ///   - what: the kind of trouble and who calls, without the port that changes with each call.
    ///   - now: time since some fixed point, on a clock that nobody sets.
    /// - Returns: how many calls the line to be written stands for; `nil` when none is.
    mutating func note(_ what: String, at now: Duration) -> Int? {
        if counts[what] == nil, counts.count >= Self.limit {
            // Whoever was quiet for a minute is told anew; what was not told of them is lost with them.
            counts = counts.filter { $0.value.silentUntil > now }
        }
        let key = counts[what] != nil || counts.count < Self.limit ? what : Self.others
        guard var count = counts[key] else {
            counts[key] = Count(silentUntil: now + Self.pause)
            return 1
        }
        count.untold += 1
        defer { counts[key] = count }
        guard now >= count.silentUntil else { return nil }
        let told = count.untold
        count = Count(silentUntil: now + Self.pause)
        return told
    }
}
