/// Makes whoever guesses wait, longer each time.
///
/// Times are those of a clock that nobody can set. Callers are known by their address; of those that failed, the last
/// ``most`` are remembered.
package struct Lockout: Sendable {
    /// The failure from which on a caller waits; those before it are forgiven.
    package static let limit = 5
    /// After so long without a failure everything is forgotten.
    package static let memory: Duration = .seconds(3600)
    /// The first wait; each further failure doubles it, up to ``longest``.
    package static let shortest: Duration = .seconds(30)
    /// No wait is longer, however often somebody fails.
    package static let longest: Duration = .seconds(1800)
    /// Callers that are remembered at most; the one whose last failure is oldest goes first.
    package static let most = 1000

    private struct Record {
        var failures = 0
        var last = Duration.zero
        var until = Duration.zero
    }

    private var records: [String: Record] = [:]

    package init() {}

    /// Callers that are remembered.
    package var count: Int { records.count }

    /// How long `caller` has to wait yet; `nil` when it need not.
    package func rest(of caller: String, at now: Duration) -> Duration? {
        guard let record = records[caller], record.until > now else { return nil }
        return record.until - now
    }

    /// Notes a failure.
    package mutating func fail(_ caller: String, at now: Duration) {
        var record = records[caller] ?? Record()
        if now - record.last > Self.memory { record = Record() }
        record.failures = min(record.failures + 1, 100)
        record.last = now
        if record.failures >= Self.limit {
            let doublings = min(record.failures - Self.limit, 10)
            record.until = now + min(Self.shortest * (1 << doublings), Self.longest)
        }
        records[caller] = record
        guard records.count > Self.most else { return }
        records = records.filter { now - $0.value.last <= Self.memory }
        while records.count > Self.most, let oldest = records.min(by: { $0.value.last < $1.value.last }) {
            records[oldest.key] = nil
        }
    }

    /// Forgets the failures of a caller that has shown who it is.
    package mutating func succeed(_ caller: String) {
        records[caller] = nil
    }
}
