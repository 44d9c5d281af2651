import Figures

@testable import Library

/// How often the 95 % range for unheard items covers the truth.
enum IntervalBenchmark {
    static func run(_ runs: Int) -> [Figure] {
        var figures: [Figure] = []
        Line.print(
            "noise",
            "visits",
            "covered",
            "randomised",
            "truth below",
            "truth above",
            "unheard",
            "estimated",
            "width"
        )
        Line.print("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:")
        for noise in SimulatedShelf.Noise.allCases {
            for visits in 2...5 {
                var random = SeededGenerator(state: UInt64(visits))
                var below = 0, above = 0
                var truth = 0.0, likely = 0.0, width = 0.0, randomised = 0.0
                for _ in 0..<runs {
                    let shelf = SimulatedShelf.log(noise, items: 1000, visits: visits, &random)
                    let estimate = UnheardEstimate(times: shelf.times, visits: visits)
                    if shelf.unheard < estimate.range.lowerBound { below += 1 }
                    if shelf.unheard > estimate.range.upperBound { above += 1 }
                    randomised += estimate.coverage(of: shelf.unheard)
                    truth += Double(shelf.unheard)
                    likely += estimate.likely
                    width += Double(estimate.range.count - 1)
                }
                func share(_ count: Int) -> String { Line.number(100 * Double(count) / Double(runs)) + " %" }
                func mean(_ sum: Double) -> String { Line.number(sum / Double(runs)) }
                figures.append(
                    Figure(
                        "sweeps: range of 95 % for what is unheard, \(noise.rawValue), \(visits) visits",
                        100 * Double(runs - below - above) / Double(runs),
                        "%",
                        peer: .init("promised", 95),
                        also: ["randomised %": 100 * randomised / Double(runs), "shelves": Double(runs)]
                    )
                )
                Line.print(
                    noise.rawValue,
                    "\(visits)",
                    share(runs - below - above),
                    Line.number(100 * randomised / Double(runs)) + " %",
                    share(below),
                    share(above),
                    mean(truth),
                    mean(likely),
                    mean(width)
                )
            }
        }
        return figures
    }
}

extension UnheardEstimate {
    /// How much of the chance of this number lies within the middle 95 % of the distribution.
    ///
    /// Numbers are whole: a range that may cut a number in two would cover so much. Where next to nothing is silent a
    /// range of whole numbers has to cover more than it promises, and this tells whether the distribution is right.
    fileprivate func coverage(of truth: Int) -> Double {
        guard let distribution else { return range.contains(truth) ? 1 : 0 }
        let low = truth > 0 ? distribution.share(upTo: truth - 1) : 0
        let high = distribution.share(upTo: truth)
        guard high > low else { return (0.025...0.975).contains(high) ? 1 : 0 }
        return max(0, min(high, 0.975) - max(low, 0.025)) / (high - low)
    }
}
