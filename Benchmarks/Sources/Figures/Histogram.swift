/// Counts of durations in nanoseconds, kept in the way of HDR histograms: every power of two has 1 024 equal steps, so
/// that a value is known to a thousandth of itself whatever its size, and recording one is an addition.
package struct Histogram: Sendable {
    private var counts = [Int](repeating: 0, count: 64 * Self.steps)
    package private(set) var count = 0
    package private(set) var largest: UInt64 = 0

    private static let steps = 1024
    private static let stepBits = 10

    package init() {}

    package mutating func record(_ nanoseconds: UInt64) {
        counts[Self.place(nanoseconds)] += 1
        count += 1
        largest = max(largest, nanoseconds)
    }

    /// The value that this share of all values does not exceed; 0 when there are none. The share is in hundredths, and
    /// counts to a thousandth of one.
    package func percentile(_ share: Double) -> UInt64 {
        guard count > 0 else { return 0 }
        // In whole numbers: 0.999 times 1000 is a little more than 999 where it is computed in binary fractions.
        let wanted = max(1, (count * Int((share * 1000).rounded()) + 99_999) / 100_000)
        var seen = 0
        for (place, found) in counts.enumerated() where found > 0 {
            seen += found
            if seen >= wanted { return min(largest, Self.value(place)) }
        }
        return largest
    }

    private static func place(_ value: UInt64) -> Int {
        let power = max(0, 63 - (value | 1).leadingZeroBitCount - stepBits)
        return power * steps + min(Int(value >> UInt64(power)), 2 * steps - 1)
    }

    /// The largest value of a place.
    private static func value(_ place: Int) -> UInt64 {
        guard place >= 2 * steps else { return UInt64(place) }
        let power = place / steps - 1
        let step = place - power * steps
        return UInt64(step) << UInt64(power) | (1 << UInt64(power) - 1)
    }
}
