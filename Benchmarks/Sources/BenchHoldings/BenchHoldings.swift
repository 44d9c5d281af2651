import Foundation
import Importers
import Library
import Store
import Tags

/// `BenchHoldings import FILE PROFILE STATE`, `parse FILE PROFILE`, `lookup STATE COUNT`, `open STATE`: one measurement, one line.
@main
enum BenchHoldings {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("import", 4): try load(words[1], profile: words[2], state: words[3])
        case ("parse", 3): try parse(words[1], profile: words[2])
        case ("lookup", 3): try lookUp(words[1], count: Int(words[2]) ?? 10_000)
        case ("open", 2): try open(words[1])
        default: print("BenchHoldings import FILE PROFILE STATE | parse FILE PROFILE | lookup STATE COUNT | open STATE")
        }
    }

    private static let piece = 256 << 10

    /// Reads a file into a snapshot with keys and indexes, as the daemon does it.
    private static func load(_ path: String, profile: String, state: String) throws {
        let store = try Store.open(folder: state)
        let clock = ContinuousClock()
        let start = clock.now
        let work = try store.beginImport(profile: profile, source: path, at: Moment(milliseconds: 0))
        try read(path, profile: profile) { row in
            switch row {
            case .item(let item, let line): try work.add(item, line: line)
            case .rejected(let row): try work.reject(line: row.line, cause: row.cause, text: row.text)
            case .notice: break
            }
        }
        let rows = clock.now
        let info = try work.commit(at: Moment(milliseconds: 1))
        let end = clock.now
        print(
            "imported=\(info.itemCount) rejected=\(info.rejectedCount) unsorted=\(work.unsortedCount)"
                + " rows_s=\(seconds(rows - start)) total_s=\(seconds(end - start)) peak_mb=\(peakMegabytes())"
        )
    }

    /// Reads a file and keeps nothing of it.
    private static func parse(_ path: String, profile: String) throws {
        let clock = ContinuousClock()
        let start = clock.now
        var items = 0
        var rejected = 0
        try read(path, profile: profile) { row in
            switch row {
            case .item: items += 1
            case .rejected: rejected += 1
            case .notice: break
            }
        }
        print("items=\(items) rejected=\(rejected) total_s=\(seconds(clock.now - start)) peak_mb=\(peakMegabytes())")
    }

    /// Looks up random barcodes, and tags by UID with the item behind them.
    private static func lookUp(_ state: String, count: Int) throws {
        let store = try Store.open(folder: state)
        let total = try store.itemCount()
        var generator = SystemRandomNumberGenerator()
        let sample = try store.firstItems(snapshot: try store.snapshot()?.number ?? 0, limit: total).map(\.barcode)
        let wanted = (0..<count).map { _ in sample[Int.random(in: 0..<sample.count, using: &generator)] }
        let tags = wanted.enumerated().map { number, barcode in
            TagRecord(
                uid: TagUID(0xE004_0100_0000_0000 + UInt64(number)),
                barcode: barcode,
                model: "iso28560-3",
                readAt: Moment(milliseconds: 0)
            )
        }
        try store.remember(tags)
        let clock = ContinuousClock()
        var found = 0
        var start = clock.now
        for barcode in wanted where try store.item(barcode: barcode) != nil { found += 1 }
        let byBarcode = (clock.now - start) / .microseconds(1) / Double(count)
        start = clock.now
        for tag in tags {
            guard let barcode = try store.tag(uid: tag.uid)?.barcode else { continue }
            if try store.item(barcode: barcode) != nil { found += 1 }
        }
        let byUID = (clock.now - start) / .microseconds(1) / Double(count)
        print("items=\(total) found=\(found) barcode_us=\(rounded(byBarcode)) uid_us=\(rounded(byUID))")
    }

    private static func open(_ state: String) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let store = try Store.open(folder: state)
        let items = try store.itemCount()
        print("items=\(items) open_ms=\(rounded((clock.now - start) / .milliseconds(1)))")
    }

    private static func read(_ path: String, profile: String, row: (ImportRow) throws -> Void) throws {
        guard let type = AllImporters.named(profile), let file = FileHandle(forReadingAtPath: path) else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        var importer = type.init(settings: ImportSettings())
        while let bytes = try file.read(upToCount: piece), !bytes.isEmpty {
            try importer.read(ArraySlice(bytes), row: row)
        }
        try importer.finish(row: row)
    }

    /// The most memory the process has had, as the kernel counts it.
    private static func peakMegabytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) / 1024
    }

    private static func seconds(_ duration: Duration) -> Double { rounded(duration / .seconds(1)) }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
