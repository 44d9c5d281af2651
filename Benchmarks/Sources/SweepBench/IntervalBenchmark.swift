@testable import Library

/// How often the 95 % range for unheard items covers the truth.
enum IntervalBenchmark {
    static func run(_ runs: Int) {
        Line.print("noise", "visits", "covered", "truth below", "truth above", "unheard", "estimated", "width")
        Line.print("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:")
        for noise in SimulatedShelf.Noise.allCases {
            for visits in 2...5 {
                var random = SeededGenerator(state: UInt64(visits))
                var below = 0, above = 0
                var truth = 0.0, likely = 0.0, width = 0.0
                for _ in 0..<runs {
                    let shelf = SimulatedShelf.log(noise, items: 1000, visits: visits, &random)
                    let estimate = UnheardEstimate(times: shelf.times, visits: visits)
                    if shelf.unheard < estimate.range.lowerBound { below += 1 }
                    if shelf.unheard > estimate.range.upperBound { above += 1 }
                    truth += Double(shelf.unheard)
                    likely += estimate.likely
                    width += Double(estimate.range.count - 1)
                }
                func share(_ count: Int) -> String { Line.number(100 * Double(count) / Double(runs)) + " %" }
                func mean(_ sum: Double) -> String { Line.number(sum / Double(runs)) }
                Line.print(
                    noise.rawValue,
                    "\(visits)",
                    share(runs - below - above),
                    share(below),
                    share(above),
                    mean(truth),
                    mean(likely),
                    mean(width)
                )
            }
        }
    }
}
