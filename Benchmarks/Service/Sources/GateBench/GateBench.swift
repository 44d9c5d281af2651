import Field
import Figures
import Glibc
import Library
import LinuxIO
import Logging
import Operations
import Readers
import Store
import Tags
import Wire

/// Measures a gate: from the last byte of a reader's answer to the edge of the siren's line, and a million passages of
/// made-up traffic. With `--json FILE` the figures are added to a file.
///
///     GateBench latency [--items 5000000] [--passages 1000] [--only importing] [--common] [--chip LABEL --line NAME]
///     GateBench traffic [--passages 1000000]
@main
struct GateBench {
    static let owner = "DE-12"
    static let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    /// What one run measures.
    struct Setting: Sendable {
        var passages: Int
        /// The gates' actors work on their callers' threads, for comparison.
        var isCommon: Bool
        /// A line of a real chip in place of the simulated one.
        var line: GPIOPlace?
    }

    static func main() async throws {
        let arguments = CommandLine.arguments
        func word(_ name: String) -> String? {
            arguments.firstIndex(of: "--\(name)").flatMap {
                arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil
            }
        }
        func option(_ name: String, _ standard: Int) -> Int {
            guard arguments.contains("--\(name)") else { return standard }
            // Five million items in place of 100k would be no answer.
            guard let number = word(name).flatMap({ Int($0) }), number > 0 else { refuse() }
            return number
        }
        switch arguments.dropFirst().first {
        case "traffic":
            try Figure.write(Traffic.run(passages: option("passages", 1_000_000)))
        case "latency", nil:
            let chip = word("chip")
            let setting = Setting(
                passages: option("passages", 1000),
                isCommon: arguments.contains("--common"),
                line: chip.flatMap { chip in word("line").map { GPIOPlace(chip: chip, line: .named($0)) } }
            )
            let only = word("only")
            let conditions = Condition.allCases.filter { only == nil || only == "\($0)" }
            // Of no passage none is missed: a misspelt condition would meet the goal.
            guard !conditions.isEmpty else { refuse() }
            try Figure.write(try await latency(items: option("items", 5_000_000), conditions, setting))
        default: refuse()
        }
    }

    private static func refuse() -> Never {
        let names = Condition.allCases.map { "\($0)" }.joined(separator: "|")
        print("usage: GateBench [latency|traffic] [--items N] [--passages N] [--only \(names)] [--json FILE]")
        exit(64)
    }

    private static func latency(
        items: Int,
        _ conditions: [Condition],
        _ setting: Setting
    ) async throws -> [Figure] {
        let began = now()
        let index = makeIndex(items: items)
        let megabytes = index.bytes / 1_000_000
        print("index: \(index.itemCount) items and tags, \(megabytes) MB, made in \((now() - began) / 1_000_000) ms")
        print(Series.explanation)
        print(Series.head)
        var all: [Series] = []
        for condition in conditions {
            let series = try await measure(condition, index: index, setting: setting)
            print(series.rows.joined(separator: "\n"))
            all.append(series)
        }
        let missed = all.reduce(0) { $0 + $1.outcome.missed }
        let passages = Double(setting.passages * conditions.count)
        return [Series.machineAlone(all)].compactMap(\.self) + all.flatMap(\.figures) + [
            Figure("gate: passages missed", Double(missed), "passages", goal: .most(0), also: ["of passages": passages])
        ]
    }

    static let start = Moment(milliseconds: 1_772_438_400_000)

    static func uid(_ number: Int) -> TagUID {
        TagUID(0xE004_0150_0000_0000 | (UInt64(number) &* 0x9E37_79B1) & 0xFFFF_FFFF)
    }

    /// Items that are all in the library, with a tag each.
    private static func makeIndex(items: Int) -> GateIndex {
        var index = GateIndex(items: items, tags: items, holdingsAt: wall())
        for number in 0..<items {
            let barcode = "3907\(number)"
            index.add(barcode: barcode, status: .available)
            index.add(
                TagRecord(uid: uid(number), barcode: barcode, model: "iso28560-3", owner: owner, readAt: start),
                owner: .own
            )
        }
        return index
    }

    static func wall() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
