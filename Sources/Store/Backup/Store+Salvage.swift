import Foundation
import GRDB
package import Library

/// What could be read of the sweeps in a damaged database.
package struct SightingSalvage: Hashable, Sendable {
    /// Sightings that were read.
    package var count = 0
    /// Where reading stopped, in SQLite's words; `nil` when nothing was damaged there.
    package var damage: String?
}

extension Store {
    /// Reads the logs of all sweeps from the database in `folder` as far as they can be read: from the beginning up to
    /// the damage, and from the end back to it. Each sighting once; those behind the damage come latest first.
    ///
    /// Works on a copy, which needs as much space beside it for the while, and leaves the database as it is. Throws
    /// ``StoreError/damaged(detail:)`` when nothing can be read at all, ``StoreError/absent(what:)`` where there is no
    /// database: then nothing is made either.
    package static func salvage(
        folder: String,
        _ body: (Sweep.ID, Sighting) throws -> Void
    ) throws(StoreError) -> SightingSalvage {
        let file = URL(filePath: folder).appending(path: fileName).path
        guard FileManager.default.fileExists(atPath: file) else { throw .absent(what: "database \(file)") }
        let scratch = URL(filePath: folder).appending(path: "pressmark.salvage-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        do {
            try copyDatabase(in: folder, to: scratch)
            let queue = try DatabaseQueue(path: scratch.appending(path: fileName).path)
            // Without a transaction: what comes upon damage could not end it.
            return try queue.unsafeRead { database in try salvage(database, body) }
        } catch {
            throw StoreError(error)
        }
    }

    private static func copyDatabase(in folder: String, to scratch: URL) throws {
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        for name in [fileName, "\(fileName)-wal"] {
            let source = URL(filePath: folder).appending(path: name)
            guard FileManager.default.fileExists(atPath: source.path) else { continue }
            try FileManager.default.copyItem(at: source, to: scratch.appending(path: name))
        }
    }

    private static func salvage(
        _ database: Database,
        _ body: (Sweep.ID, Sighting) throws -> Void
    ) throws -> SightingSalvage {
        var salvage = SightingSalvage()
        var last: Int64 = 0
        do {
            try walk(database, "WHERE id > ? ORDER BY id", from: 0) { id, sweep, sighting in
                try body(sweep, sighting)
                salvage.count += 1
                last = id
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            salvage.damage = error.message ?? "no detail given"
            do {
                try walk(database, "WHERE id > ? ORDER BY id DESC", from: last) { _, sweep, sighting in
                    try body(sweep, sighting)
                    salvage.count += 1
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                // The other side of the damage.
            }
        }
        return salvage
    }

    private static func walk(
        _ database: Database,
        _ condition: String,
        from id: Int64,
        _ body: (_ id: Int64, Sweep.ID, Sighting) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            // Never by an index, which may be damaged where the log is not.
            sql:
                "SELECT uid, barcode, reader, at, pass, afi, antenna, signal, id, sweep FROM sighting NOT INDEXED \(condition)",
            arguments: [id]
        )
        while let row = try rows.next() {
            // A row that makes no sense is left out; its neighbours may be whole.
            guard let id = row.number(8), let sweep = row.number(9), let sighting = try? Sighting(row: row) else {
                continue
            }
            try body(id, sweep, sighting)
        }
    }
}
