/// How well an antenna hears the tag that is fixed to it, day by day, and whether it grows deaf.
package struct SentinelTrend: Hashable, Sendable {
    /// One day's self test.
    package struct Test: Hashable, Sendable {
        /// When the last look of the test was made.
        package var at: Moment
        /// How often the sentinel was heard, of how many looks.
        package var share: GateShare

        /// A test that heard the tag `heard` times in so many `looks`.
        package init(at: Moment, heard: Int, looks: Int) {
            self.at = at
            share = GateShare(heard, of: looks)
        }
    }

    /// What the tests say of the antenna.
    package enum Verdict: Hashable, Sendable {
        /// Not tested often enough to say.
        case unknown
        /// It hears at least four fifths of what it heard at first.
        case steady
        /// It hears less than it did; `share` of what it heard at first, 0 to 1.
        case fading(share: Double)
        /// It does not hear its sentinel at all.
        case deaf
    }

    /// Tests that make the beginning, and tests that make the present.
    private static let base = 5
    private static let latest = 3
    /// Below this share of the beginning an antenna is fading.
    private static let limit = 0.8

    /// All tests, the oldest first.
    package private(set) var tests: [Test] = []

    /// Takes tests in any order.
    package init(_ tests: [Test] = []) {
        self.tests = tests.sorted { $0.at < $1.at }
    }

    /// Takes one more test, in its place by time.
    package mutating func add(_ test: Test) {
        tests.append(test)
        tests.sort { $0.at < $1.at }
    }

    /// ``Verdict/deaf`` when the last test heard nothing; else the median of the latest three tests beside that of the
    /// first five, which takes eight tests.
    package var verdict: Verdict {
        let values = tests.compactMap { $0.share.value }
        if let last = values.last, last == 0 { return .deaf }
        guard values.count >= Self.base + Self.latest else { return .unknown }
        let first = Self.median(values.prefix(Self.base))
        let now = Self.median(values.suffix(Self.latest))
        guard first > 0 else { return .unknown }
        return now / first < Self.limit ? .fading(share: now / first) : .steady
    }

    private static func median(_ values: some Collection<Double>) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
