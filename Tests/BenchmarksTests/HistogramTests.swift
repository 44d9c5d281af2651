import Testing

/// What the gate's figures rest on.
@Suite struct HistogramTests {
    @Test(arguments: [(50, 500), (90, 900), (99, 990), (99.9, 999), (100, 1000), (0, 1)] as [(Double, UInt64)])
    func `percentiles of one to a thousand are the numbers themselves`(_ share: Double, _ wanted: UInt64) {
        var histogram = Histogram()
        // Each once, in an order that is not theirs.
        for number in 0..<1000 { histogram.record(UInt64(number * 387 % 1000 + 1)) }
        #expect(histogram.percentile(share) == wanted)
        #expect(histogram.count == 1000)
        #expect(histogram.largest == 1000)
    }

    @Test(arguments: [50, 90, 99, 99.9, 100] as [Double], [1, 1000, 1_000_003, 4_000_000_000_000] as [UInt64])
    func `whatever their size, values are known to a thousandth`(_ share: Double, _ unit: UInt64) {
        var histogram = Histogram()
        for number in 1...1000 as ClosedRange<UInt64> { histogram.record(number * unit) }
        let exact = UInt64((share * 10).rounded()) * unit
        let found = histogram.percentile(share)
        #expect(found >= exact && found - exact <= exact / 1000)
    }

    @Test func `one in a thousand is beyond the last percentile, and the largest`() {
        var histogram = Histogram()
        for _ in 0..<999 { histogram.record(200_000) }
        histogram.record(4_300_000)
        #expect(histogram.percentile(99.9) < 201_000)
        #expect(histogram.percentile(100) == 4_300_000)
        #expect(histogram.largest == 4_300_000)
    }

    @Test func `nothing recorded has no percentile, and the largest number is one`() {
        var histogram = Histogram()
        #expect(histogram.percentile(99) == 0)
        histogram.record(.max)
        #expect(histogram.percentile(50) == .max)
        histogram.record(.max / 2)
        #expect(histogram.percentile(50) >= .max / 2 && histogram.percentile(50) < .max / 2 + .max / 1000)
    }
}
