import Field
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
/// made-up traffic.
///
///     GateBench latency [--items 5000000] [--passages 1000]
///     GateBench traffic [--passages 1000000]
@main
struct GateBench {
    static let owner = "DE-12"
    static let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    static func main() async throws {
        let arguments = CommandLine.arguments
        func option(_ name: String, _ standard: Int) -> Int {
            arguments.firstIndex(of: "--\(name)").flatMap {
                arguments.indices.contains($0 + 1) ? Int(arguments[$0 + 1]) : nil
            } ?? standard
        }
        switch arguments.dropFirst().first {
        case "traffic": Traffic.run(passages: option("passages", 1_000_000))
        case "latency", nil:
            try await latency(items: option("items", 5_000_000), passages: option("passages", 1000))
        default: print("usage: GateBench [latency|traffic] [--items N] [--passages N]")
        }
    }

    private static func latency(items: Int, passages: Int) async throws {
        let began = now()
        let index = makeIndex(items: items)
        let megabytes = index.bytes / 1_000_000
        print("index: \(index.itemCount) items and tags, \(megabytes) MB, made in \((now() - began) / 1_000_000) ms")
        print(
            "| condition | passages | missed | p50 µs | p90 µs | p99 µs | p99.9 µs | largest µs | from tag: p50, p99 ms |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
        for condition in Condition.allCases {
            let result = try await measure(condition, index: index, passages: passages)
            let values = [50, 90, 99, 99.9].map { micro(result.latencies.percentile($0)) }
            let largest = micro(result.latencies.largest)
            let totals = [50, 99].map { micro(result.totals.percentile($0) / 1000) }.joined(separator: ", ")
            print(
                "| \(condition.rawValue) | \(result.latencies.count) | \(result.missed) | "
                    + "\(values.joined(separator: " | ")) | \(largest) | \(totals) |"
            )
        }
    }

    private static func micro(_ nanoseconds: UInt64) -> String {
        let tenths = nanoseconds / 100
        return "\(tenths / 10).\(tenths % 10)"
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
