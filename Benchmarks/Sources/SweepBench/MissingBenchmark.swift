import Figures

@testable import Library

/// How many of the items called missing are there after all, and how many of the absent ones are called missing.
enum MissingBenchmark {
    static func run(_ runs: Int) -> [Figure] {
        var figures: [Figure] = []
        Line.print("", "")
        Line.print(
            "noise",
            "visits",
            "certainty",
            "recall of items there",
            "absent found missing",
            "false missing of 1000"
        )
        Line.print("---", "---:", "---:", "---:", "---:", "---:")
        for noise in SimulatedShelf.Noise.allCases {
            for (visits, certainty) in [(1, nil), (2, nil), (1, 0.8), (2, 0.8), (3, 0.8), (3, 0.95)] as [(Int, Double?)]
            {
                figures.append(line(noise, visits, certainty, runs))
            }
        }
        return figures
    }

    private static func line(
        _ noise: SimulatedShelf.Noise,
        _ visits: Int,
        _ certainty: Double?,
        _ runs: Int
    ) -> Figure {
        let books = SimulatedShelf.books(1000)
        var heard = 0, there = 0, gone = 0, told = 0, wrong = 0
        for seed in 0..<UInt64(runs) {
            var random = SeededGenerator(state: seed)
            let chances = noise.chances(1000, &random)
            let absent = Set((0..<1000).filter { _ in Double.random(in: 0..<1, using: &random) < 0.03 })
            var sweep = SweepReconciliation(
                scope: SweepScope(),
                expected: books,
                rules: SweepRules(certainty: certainty, checksOrder: false)
            )
            for visit in 0..<visits {
                for number in 0..<1000
                where !absent.contains(number) && Double.random(in: 0..<1, using: &random) < chances[number] {
                    let barcode = SimulatedShelf.barcode(number)
                    let at = Moment(milliseconds: Int64(visit) * 1_000_000 + Int64(number) * 100)
                    let uid = SimulatedShelf.uid(barcode)
                    let sighting = Sighting(uid: uid, barcode: barcode, reader: "wand-1", at: at)
                    _ = sweep.take(sighting, tag: nil, item: nil)
                }
            }
            let missing = Set(sweep.finished().findings.filter { $0.kind == .missing }.compactMap(\.item?.barcode))
            let lost = Set(absent.map(SimulatedShelf.barcode))
            heard += sweep.summary.seen
            there += 1000 - absent.count
            gone += absent.count
            told += missing.intersection(lost).count
            wrong += missing.subtracting(lost).count
        }
        Line.print(
            noise.rawValue,
            "\(visits)",
            certainty.map { Line.number($0, 2) } ?? "none",
            Line.number(Double(heard) / Double(there), 3),
            Line.number(Double(told) / Double(max(gone, 1)), 3),
            Line.number(Double(wrong) / Double(runs), 2)
        )
        let asked = certainty.map { "certainty \(Line.number($0, 2))" } ?? "no certainty"
        return Figure(
            "sweeps: absent items told as missing, \(noise.rawValue), \(visits) visits, \(asked)",
            Double(told) / Double(max(gone, 1)),
            "share",
            also: ["false missing of 1000": Double(wrong) / Double(runs), "shelves": Double(runs)]
        )
    }
}
