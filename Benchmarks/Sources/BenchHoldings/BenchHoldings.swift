import Foundation
import Importers
import Library
import Store
import Tags

/// One measurement, one line: what it takes is in ``usage``. Seconds of processor time say more than seconds on a busy
/// machine.
@main
enum BenchHoldings {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("import", 4): try load(words[1], profile: words[2], state: words[3])
        case ("parse", 3): try parse(words[1], profile: words[2])
        case ("lookup", 3): try lookUp(words[1], count: Int(words[2]) ?? 10_000)
        case ("open", 2): try open(words[1])
        case ("sightings", 4): try SightingBenchmark.run(words[1], count: Int(words[2]) ?? 1_000_000, words[3])
        default: print(usage)
        }
    }

    private static let usage = """
        BenchHoldings import FILE PROFILE STATE | parse FILE PROFILE | lookup STATE COUNT | open STATE \
        | sightings STATE COUNT once|bursts
        """

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
        let rowsCPU = processorSeconds()
        let info = try work.commit(at: Moment(milliseconds: 1))
        let end = clock.now
        print(
            "imported=\(info.itemCount) rejected=\(info.rejectedCount) unsorted=\(work.unsortedCount)"
                + " rows_s=\(seconds(rows - start)) rows_cpu_s=\(rounded(rowsCPU))"
                + " total_s=\(seconds(end - start)) cpu_s=\(rounded(processorSeconds())) peak_mb=\(peakMegabytes())"
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
        print(
            "items=\(items) rejected=\(rejected) total_s=\(seconds(clock.now - start))"
                + " cpu_s=\(rounded(processorSeconds())) peak_mb=\(peakMegabytes())"
        )
    }

    /// Looks up random barcodes, and tags by UID with the item behind them, out of everything that make-holdings made.
    private static func lookUp(_ state: String, count: Int) throws {
        let store = try Store.open(folder: state)
        let total = try store.itemCount()
        var generator = SystemRandomNumberGenerator()
        let wanted = (0..<count).map { _ in barcode(Int.random(in: 1...total, using: &generator)) }
        let tags = wanted.enumerated().map { number, barcode in
            TagRecord(
                uid: TagUID(0xE004_0100_0000_0000 + UInt64(number)),
                barcode: barcode,
                model: "iso28560-3",
                readAt: Moment(milliseconds: 0)
            )
        }
        try store.remember(tags)
        var found = 0
        let byBarcode = try measured(count) {
            for barcode in wanted where try store.item(barcode: barcode) != nil { found += 1 }
        }
        let warm = try measured(count) {
            for barcode in wanted where try store.item(barcode: barcode) != nil { found += 1 }
        }
        let alone = try measured(count) {
            for tag in tags where try store.tag(uid: tag.uid) != nil { found += 1 }
        }
        let byUID = try measured(count) {
            for tag in tags {
                guard let barcode = try store.tag(uid: tag.uid)?.barcode else { continue }
                if try store.item(barcode: barcode) != nil { found += 1 }
            }
        }
        print(
            "items=\(total) found=\(found) first_us=\(byBarcode.wall) first_cpu_us=\(byBarcode.cpu)"
                + " barcode_us=\(warm.wall) barcode_cpu_us=\(warm.cpu) uid_us=\(alone.wall) uid_cpu_us=\(alone.cpu)"
                + " uid_with_item_us=\(byUID.wall) uid_with_item_cpu_us=\(byUID.cpu)"
        )
    }

    /// Microseconds for each of `count`, on the wall and of the processor.
    private static func measured(_ count: Int, _ body: () throws -> Void) rethrows -> (wall: Double, cpu: Double) {
        let clock = ContinuousClock()
        let (start, startCPU) = (clock.now, processorSeconds())
        try body()
        let wall = (clock.now - start) / .microseconds(1) / Double(count)
        return (rounded(wall), rounded((processorSeconds() - startCPU) * 1e6 / Double(count)))
    }

    /// The barcode that make-holdings gives to an item, unless the row is a dirty one.
    private static func barcode(_ number: Int) -> String {
        let (high, low) = number.quotientAndRemainder(dividingBy: 100_000)
        let body = "3" + String(10_000_000 + high % 100).dropFirst() + String(100_000 + low).dropFirst()
        let rules = BarcodeRules(checkDigit: .luhn)
        return (0..<10).map { body + String($0) }.first { rules.flaw(of: $0) == nil } ?? body
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

    /// What the process has used of all cores.
    static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func seconds(_ duration: Duration) -> Double { rounded(duration / .seconds(1)) }

    static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
