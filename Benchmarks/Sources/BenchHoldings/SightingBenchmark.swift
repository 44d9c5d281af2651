import Foundation
import Library
import Store
import Tags

/// The log of sightings on the disk: portions of 5 000, each there before the next one begins.
enum SightingBenchmark {
    private static let portion = 5000

    /// `once`: every sighting is of another item, the worst that can come. `bursts`: two wands pass by the shelf twice and
    /// hear each item eight times, as wands do. Items stand in an order that has nothing to do with their barcodes.
    static func run(_ state: String, count: Int, _ manner: String) throws {
        let store = try Store.open(folder: state)
        let sweep = try store.startSweep(SweepScope(), at: Moment(milliseconds: 0))
        let isBurst = manner == "bursts"
        let items = max(1, isBurst ? count / 16 : count)
        var latencies: [Duration] = []
        let clock = ContinuousClock()
        let (start, startCPU) = (clock.now, BenchHoldings.processorSeconds())
        var made = 0
        while made < count {
            let portion = (made..<min(count, made + portion)).map { sighting($0, items: items, isBurst: isBurst) }
            let before = clock.now
            let new = try store.append(portion, to: sweep.id)
            guard new == portion.count else { throw CocoaError(.featureUnsupported) }
            latencies.append(clock.now - before)
            made += portion.count
        }
        let wall = clock.now - start
        let cpu = BenchHoldings.processorSeconds() - startCPU
        // Behind this write nothing is left to do.
        try store.confirmSnapshot(at: Moment(milliseconds: 0))
        let settled = clock.now - start
        let lookups = clock.now
        var seen = 0
        for number in 0..<100 { seen += try store.history(of: barcode(number * 7919 % items)).count }
        let history = (clock.now - lookups) / .microseconds(100)
        latencies.sort()
        print(
            "manner=\(manner) sightings=\(count) items=\(items) per_s=\(rate(count, wall / .seconds(1)))"
                + " per_cpu_s=\(rate(count, cpu)) settled_per_s=\(rate(count, settled / .seconds(1)))"
                + " median_ms=\(milliseconds(latencies[latencies.count / 2])) longest_ms=\(milliseconds(latencies.last))"
                + " history_us=\(BenchHoldings.rounded(history)) seen=\(seen)"
        )
    }

    private static func sighting(_ number: Int, items: Int, isBurst: Bool) -> Sighting {
        // Eight hearings of one item lie among those of its neighbours.
        let item = (isBurst ? number / 64 * 8 + number % 8 : number) % items
        return Sighting(
            uid: TagUID(0xE004_0150_0000_0000 + UInt64(scattered(item))),
            barcode: barcode(item),
            reader: number.isMultiple(of: 2) ? "wand-1" : "wand-2",
            at: Moment(milliseconds: 1_772_438_400_000 + Int64(number) * 3),
            pass: number < items * 8 ? 1 : 2,
            afi: 0x07
        )
    }

    private static func barcode(_ item: Int) -> String { "3012" + String(1_000_000_000 + scattered(item)) }

    /// The item's place in an order that is not that of the shelf; the factor has no common one with 2 to the 30.
    private static func scattered(_ item: Int) -> Int { item &* 387_420_489 & 0x3FFF_FFFF }

    private static func rate(_ count: Int, _ seconds: Double) -> Int { Int(Double(count) / max(seconds, 1e-9)) }

    private static func milliseconds(_ duration: Duration?) -> Double {
        BenchHoldings.rounded((duration ?? .zero) / .milliseconds(1))
    }
}
