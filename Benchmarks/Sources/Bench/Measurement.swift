import CAllocations
import Figures
import Glibc

/// What a benchmark came to: units a second of processor time, so that other programs on the machine count for little.
struct Measurement {
    var name: String
    var unit: String
    var goal: Double?
    /// Median and best of the rounds.
    var median: Double
    var best: Double
    /// Memory allocations of one call.
    var allocations: Double

    var ratio: Double? { goal.map { median / $0 } }

    var figure: Figure {
        Figure(
            "codecs: \(name)",
            median,
            "\(unit)/s",
            goal: goal.map { .least($0) },
            also: ["best": best, "allocations": allocations]
        )
    }

    private static let rounds = 9
    private static let secondsOfRound = 0.05

    init(_ benchmark: Benchmark) {
        name = benchmark.name
        unit = benchmark.unit
        goal = benchmark.goal
        var sink = 0
        var calls = 1
        while Self.seconds(calls, benchmark, &sink) < Self.secondsOfRound { calls *= 2 }
        let speeds = (0..<Self.rounds).map { _ in
            Double(calls) * benchmark.size / Self.seconds(calls, benchmark, &sink)
        }.sorted()
        median = speeds[Self.rounds / 2]
        best = speeds[Self.rounds - 1]
        let before = allocations_so_far()
        for _ in 0..<100 { sink &+= benchmark.body() }
        allocations = Double(allocations_so_far() - before) / 100
        if sink == .min { print("") }
    }

    private static func seconds(_ calls: Int, _ benchmark: Benchmark, _ sink: inout Int) -> Double {
        let start = processorSeconds()
        for _ in 0..<calls { sink &+= benchmark.body() }
        return max(processorSeconds() - start, 1e-9)
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
