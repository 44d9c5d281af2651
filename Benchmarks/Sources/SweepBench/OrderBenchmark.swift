import Figures

@testable import Library

/// How many misplaced books are found, and how many that stand right are sent away.
enum OrderBenchmark {
    private static let books = SimulatedShelf.books(1000)

    static func run(_ runs: Int) -> [Figure] {
        var figures: [Figure] = []
        Line.print("", "")
        Line.print("jitter", "burst", "silent", "walks", "misplaced", "recall", "precision", "flags, perfect shelf")
        Line.print("---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:")
        let fields: [(SimulatedShelf.Walking, Int)] = [
            (SimulatedShelf.Walking(jitter: 1, burst: 3, missed: 0.05, walks: 1), 20),
            (SimulatedShelf.Walking(jitter: 2, burst: 4, missed: 0.1, walks: 1), 20),
            (SimulatedShelf.Walking(jitter: 3, burst: 6, missed: 0.1, walks: 1), 20),
            (SimulatedShelf.Walking(jitter: 3, burst: 6, missed: 0.1, walks: 2), 20),
            (SimulatedShelf.Walking(jitter: 3, burst: 6, missed: 0.1, walks: 2), 50),
            (SimulatedShelf.Walking(jitter: 3, burst: 6, missed: 0.1, walks: 2), 100),
            (SimulatedShelf.Walking(jitter: 5, burst: 8, missed: 0.2, walks: 2), 20),
            (SimulatedShelf.Walking(jitter: 5, burst: 8, missed: 0.2, walks: 4), 20),
        ]
        for (walking, moved) in fields {
            var there = 0, found = 0, wrong = 0, flags = 0
            for seed in 0..<UInt64(runs) {
                var random = SeededGenerator(state: seed)
                let shelf = SimulatedShelf.disordered(1000, moved: moved, &random)
                let heard = check(shelf.order, walking, &random)
                let misplaced = Set(shelf.moved.map(SimulatedShelf.barcode)).intersection(heard.barcodes)
                there += misplaced.count
                found += heard.moved.intersection(misplaced).count
                wrong += heard.moved.subtracting(misplaced).count
                flags += check(Array(0..<1000), walking, &random).moved.count
            }
            let recall = Double(found) / Double(max(there, 1))
            let precision = Double(found) / Double(max(found + wrong, 1))
            let walk = "jitter \(Line.number(walking.jitter)), \(walking.walks) walks, \(moved) of 1000 misplaced"
            figures.append(
                Figure(
                    "sweeps: misplaced books found, \(walk)",
                    recall,
                    "recall",
                    also: ["precision": precision, "flags on perfect shelves": Double(flags), "shelves": Double(runs)]
                )
            )
            Line.print(
                Line.number(walking.jitter),
                "\(walking.burst)",
                Line.number(walking.missed * 100, 0) + " %",
                "\(walking.walks)",
                "\(moved) of 1000",
                Line.number(recall, 3),
                Line.number(precision, 3),
                "\(flags) in \(runs) shelves"
            )
        }
        return figures
    }

    private static func check(
        _ order: [Int],
        _ walking: SimulatedShelf.Walking,
        _ random: inout SeededGenerator
    ) -> (moved: Set<String>, barcodes: Set<String>) {
        let log = SimulatedShelf.sightings(of: order.map(SimulatedShelf.barcode), walking, &random)
        var sweep = SweepReconciliation(scope: SweepScope(), expected: books)
        for sighting in log { _ = sweep.take(sighting, tag: nil, item: nil) }
        return (Set(sweep.orderCheck().moves.map(\.item.barcode)), Set(log.compactMap(\.barcode)))
    }
}
