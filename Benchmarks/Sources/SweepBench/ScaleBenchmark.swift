import Figures
import Foundation

@testable import Library

/// What a large collection costs: time a sighting, a summary, the end, and memory.
enum ScaleBenchmark {
    static func run(_ items: Int) -> [Figure] {
        Line.print("", "")
        Line.print("what", "measured", "goal")
        Line.print("---", "---:", "---:")
        var shelf = ExpectedShelf()
        for start in stride(from: 0, to: items, by: 100_000) {
            for number in start..<min(start + 100_000, items) { shelf.add(book(number)) }
        }
        var sweep = SweepReconciliation(scope: SweepScope(), shelf: shelf)
        shelf = ExpectedShelf()
        Line.print("memory, \(items) items expected", "\(memory()) MB", "")
        var random = SeededGenerator(state: 1)
        let tenth = items / 10
        var sightings: [Double] = []
        for part in 0..<10 {
            let seconds = time {
                for number in part * tenth..<(part + 1) * tenth {
                    for visit in 0..<2 where Int.random(in: 0..<10, using: &random) > 0 {
                        hear(number, visit, items, &sweep, &random)
                    }
                }
            }
            if part == 0 || part == 9 {
                let each = seconds / Double(tenth) / 1.8 * 1e6
                sightings.append(each)
                Line.print("a sighting with \((part + 1) * tenth) tags known", Line.number(each, 2) + " µs", "constant")
            }
        }
        Line.print("memory, \(sweep.summary.tags) tags heard twice", "\(memory()) MB", "")
        var sum = 0
        let summary = time { for _ in 0..<1000 { sum += sweep.summary.seen + sweep.stretches.count } } / 1000
        Line.print("live summary with strip", Line.number(summary * 1e3, 3) + " ms", "50 ms")
        var report: SweepReport?
        let seconds = time { report = sweep.finished() }
        Line.print("reconciliation with order check", Line.number(seconds, 2) + " s", "5 s")
        Line.print("memory at its end, at its highest", "\(memory()), \(memory("VmHWM")) MB", "500 MB")
        Line.print("findings, moves", "\(report?.findings.count ?? 0), \(report?.moves.count ?? 0)", "")
        var completeness: Completeness?
        let estimate = time { completeness = sweep.completeness() }
        Line.print("completeness", Line.number(estimate, 2) + " s", "")
        let spots = completeness?.thinSpots.count ?? 0
        let peak = memory("VmHWM")
        Line.print("memory after that, at its highest", "\(peak) MB, \(spots) thin spots", "")
        // What the goals are set for; fewer items need less.
        let isWhole = items >= 1_000_000
        return [
            Figure(
                "sweeps: a sighting with \(items) tags known",
                sightings[1],
                "µs",
                peer: .init("with \(tenth)", sightings[0])
            ),
            Figure("sweeps: live summary with strip", summary * 1e3, "ms", goal: .most(50)),
            Figure(
                "sweeps: reconciliation of \(items) items with order check",
                seconds,
                "s",
                goal: isWhole ? .most(5) : nil
            ),
            Figure("sweeps: completeness of \(items) items", estimate, "s"),
            Figure("sweeps: memory at its highest", Double(peak), "MB", goal: isWhole ? .most(500) : nil),
        ]
    }

    private static func book(_ number: Int) -> ShelvedItem {
        let digits = String(1_000_000 + number)
        var item = Item(
            barcode: "3012300" + digits,
            itemIdentifier: digits,
            recordIdentifier: digits,
            title: "A title of some forty letters, as books have \(digits)",
            callNumber: "QA \(digits.prefix(4)).\(digits.suffix(3)) .B2 2001",
            scheme: .lcc,
            homeBranch: "MAIN",
            holdingBranch: "MAIN",
            location: "STACKS",
            permanentLocation: "STACKS",
            itemType: "BK"
        )
        item.statusText = "Available"
        return ShelvedItem(filing: item)
    }

    /// Every thousandth book stands five thousand places on.
    private static func hear(
        _ number: Int,
        _ visit: Int,
        _ items: Int,
        _ sweep: inout SweepReconciliation,
        _ random: inout SeededGenerator
    ) {
        let stands = number % 1000 == 500 ? (number + 5000) % items : number
        let along = visit == 0 ? stands : items - stands
        let at = Int64(visit * items + along) * 100 + Int64(300 * SimulatedShelf.bell(&random)) + Int64(visit) * 60_000
        let barcode = "3012300" + String(1_000_000 + number)
        let sighting = Sighting(
            uid: SimulatedShelf.uid(barcode),
            barcode: barcode,
            reader: "wand-1",
            at: Moment(milliseconds: 1_772_438_400_000 + at)
        )
        _ = sweep.take(sighting, tag: nil, item: nil)
    }

    /// Seconds of processor time, whatever else the machine does.
    private static func time(_ body: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        body()
        return now() - start
    }

    /// Megabytes in memory now, or at the highest so far.
    private static func memory(_ line: String = "VmRSS") -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let row = status.split(separator: "\n").first { $0.hasPrefix(line) }
        return (Int(row?.split(whereSeparator: \.isWhitespace).dropLast().last ?? "") ?? 0) / 1024
    }
}
