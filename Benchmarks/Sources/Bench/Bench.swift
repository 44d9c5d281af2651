import Figures
import Foundation

/// `Bench [--filter TEXT] [--json FILE]`: measures and prints one table.
@main
enum Bench {
    static func main() throws {
        let words = CommandLine.arguments
        func option(_ name: String) -> String? {
            words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
        }
        let wanted = option("--filter") ?? ""
        let all = ChecksumBenchmarks.list + TagBenchmarks.list + AirBenchmarks.list + ShelfBenchmarks.list
        print(line("", "goal /s", "median /s", "ratio", "best /s", "allocations"))
        var figures: [Figure] = []
        for benchmark in all where wanted.isEmpty || benchmark.name.contains(wanted) {
            let result = Measurement(benchmark)
            figures.append(result.figure)
            print(
                line(
                    "\(result.name) (\(result.unit))",
                    result.goal.map(number) ?? "",
                    number(result.median),
                    result.ratio.map { String(format: "%.2f", $0) } ?? "",
                    number(result.best),
                    String(format: "%g", result.allocations)
                )
            )
        }
        try Figure.write(figures)
    }

    private static func number(_ value: Double) -> String {
        value >= 10_000 ? String(format: "%.0f k", value / 1000) : String(format: "%.0f", value)
    }

    private static func line(_ name: String, _ cells: String...) -> String {
        let padded = cells.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }
        return name.padding(toLength: 44, withPad: " ", startingAt: 0) + padded.joined()
    }
}
