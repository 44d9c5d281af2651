import Foundation
import Library
import Store
import Tags

/// A folder of its own for one test, removed with it.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> URL { URL(filePath: path).appending(path: name) }

    /// What the disk would hold if the power failed now: the database, its write-ahead log and the snapshots, copied as
    /// they stand.
    func afterPowerCut() throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: path)
        where ["pressmark.sqlite", "pressmark.sqlite-wal"].contains(name) || name.hasPrefix("holdings-") {
            try Data(contentsOf: file(name)).write(to: copy.file(name))
        }
        return copy
    }
}

extension Moment {
    /// Seconds after an arbitrary morning: 2026-03-02 08:00 UTC.
    static func second(_ seconds: Int64) -> Moment { Moment(milliseconds: 1_772_438_400_000 + seconds * 1000) }
}

extension TagUID {
    /// A tag of NXP's with a small serial number.
    static func number(_ serial: UInt64) -> TagUID { TagUID(0xE004_0100_0000_0000 + serial) }
}

extension Store {
    @discardableResult
    func importItems(_ items: [Item], at moment: Moment = .second(0), keeping: Int = 2) throws -> SnapshotInfo {
        let run = try beginImport(profile: "koha", source: "items.csv", at: moment)
        for (index, item) in items.enumerated() { try run.add(item, line: index + 2) }
        return try run.commit(at: moment, keeping: keeping)
    }
}
