/// A part of a whole with the range in which the truth lies: few observations prove little.
package struct GateShare: Hashable, Sendable {
    /// How many of ``of`` it was.
    package var count: Int
    /// How many were observed.
    package var of: Int

    /// Numbers below zero count as zero, and a `count` above `whole` as the whole.
    package init(_ count: Int, of whole: Int) {
        of = max(0, whole)
        self.count = min(max(0, count), of)
    }

    /// `nil` while nothing was observed.
    package var value: Double? { of == 0 ? nil : Double(count) / Double(of) }

    /// Wilson's interval for 95 %; 0 to 1 while nothing was observed.
    package var range: ClosedRange<Double> {
        guard let value else { return 0...1 }
        let z = 1.96
        let n = Double(of)
        let centre = (value + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
        return max(0, centre - half)...min(1, centre + half)
    }
}
