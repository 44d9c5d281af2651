/// How often something took how long, in buckets with fixed bounds.
package struct Histogram: Hashable, Sendable {
    /// Upper bounds in seconds, rising.
    package let bounds: [Double]
    /// Observations by bucket, not summed up; the last one is for what is beyond every bound.
    package private(set) var counts: [Int]
    /// Of all observations, in seconds.
    package private(set) var sum = 0.0

    /// An empty histogram.
    ///
    /// - Parameter bounds: upper bounds in seconds, rising; one bucket more is for what is beyond the last.
    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = [Int](repeating: 0, count: bounds.count + 1)
    }

    /// From a millisecond to ten seconds: answers of devices, library systems and of this service.
    package static let answers = Histogram(bounds: [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ])

    /// All observations.
    package var count: Int { counts.reduce(0, +) }

    /// Takes one observation; what is below zero counts as zero.
    package mutating func observe(_ duration: Duration) {
        let parts = duration.components
        let seconds = max(0, Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
        counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
        sum += seconds
    }
}
