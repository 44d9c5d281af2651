import Figures
import Foundation

/// `SweepBench [--runs N] [--only PART] [--items N] [--json FILE]`: how good and how fast sweeps are, on simulated
/// shelves; one table a part.
///
/// The tables in docs/sweeps.md and docs/performance.md are its output. Every run is seeded: the same command prints
/// the same qualities, on every machine.
@main
enum SweepBench {
    static func main() throws {
        let words = CommandLine.arguments
        func option(_ name: String) -> String? {
            words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
        }
        let runs = option("--runs").flatMap { Int($0) } ?? 1000
        let parts: [(name: String, body: () -> [Figure])] = [
            ("intervals", { IntervalBenchmark.run(runs) }),
            ("order", { OrderBenchmark.run(max(runs / 10, 10)) }),
            ("missing", { MissingBenchmark.run(max(runs / 20, 10)) }),
            ("scale", { ScaleBenchmark.run(option("--items").flatMap { Int($0) } ?? 1_000_000) }),
        ]
        let only = option("--only")
        let wanted = parts.filter { only == nil || only == $0.name }
        guard !wanted.isEmpty else {
            print("usage: SweepBench [--runs N] [--only intervals|order|missing|scale] [--items N] [--json FILE]")
            exit(64)
        }
        var figures: [Figure] = []
        for part in wanted { figures += part.body() }
        try Figure.write(figures)
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

enum Line {
    /// A row of a Markdown table.
    static func print(_ cells: String...) {
        FileHandle.standardOutput.write(Data(("| " + cells.joined(separator: " | ") + " |\n").utf8))
    }

    static func number(_ value: Double, _ digits: Int = 1) -> String {
        String(format: "%.\(digits)f", value)
    }
}
