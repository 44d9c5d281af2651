import Foundation
import Library
import Store
import Tags

/// What the journal costs one change of an item's tags, on the disk that a folder stands on.
struct JournalCost {
    /// Medians, and what one in a hundred exceeds.
    var median: Duration
    var slowest: Duration

    private static let count = 500

    /// - Parameters:
    ///   - folder: where the state is kept; the disk is what is measured.
    ///   - parts: tags of the item.
    ///   - asks: whether a library system is asked, whose word is written down too.
    init(in folder: String, parts: Int, asks: Bool) throws {
        let url = URL(filePath: folder).appending(path: "pressmark-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        let store = try Store.open(folder: url.path)
        let clock = ContinuousClock()
        var taken: [Duration] = []
        for number in 0..<Self.count {
            let at = Moment(milliseconds: 1_700_000_000_000 + Int64(number))
            let changes = (0..<parts).map { part in
                SecurityChange(
                    uid: TagUID(0xE004_0150_0000_0000 | UInt64(number * 8 + part)),
                    before: .afi(0x07),
                    wanted: .afi(0xC2)
                )
            }
            let intent = SecurityIntent(
                barcode: "10000\(100_000 + number)",
                changes: changes,
                wanted: .disarmed,
                cause: asks ? .checkout : .staff,
                reader: "pad-1",
                at: at
            )
            let readBack = Dictionary(uniqueKeysWithValues: changes.map { ($0.uid, $0.wanted) })
            let start = clock.now
            let id = try store.record(intent, isAgreed: !asks)
            if asks { try store.confirm(id) }
            try store.record(SecurityResult(outcome: .done, reason: "read back", readBack: readBack), of: id, at: at)
            taken.append(clock.now - start)
        }
        taken.sort()
        median = taken[taken.count / 2]
        slowest = taken[taken.count * 99 / 100]
    }
}
