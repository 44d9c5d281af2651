import Foundation
import GRDB
package import Library

extension Store {
    /// Writes everything, as it stands at one moment, to a new database file at `path`, and looks at every page of it.
    ///
    /// Others read and write meanwhile. Some two seconds per 100 MB. A file that is not whole is removed again. When the
    /// snapshot of the holdings gives way to the next one on the way, everything is copied anew.
    package func backUp(to path: String) async throws(StoreError) -> BackupFacts {
        var attempt = 1
        while true {
            do throws(StoreError) {
                return try await copy(to: path)
            } catch {
                guard case .absent = error, attempt < Self.backupAttempts else { throw error }
                attempt += 1
            }
        }
    }

    private static let backupAttempts = 3

    /// A new name for a file that lies in the state folder while it is written or fetched. What a program that ended
    /// suddenly has left under such a name goes at the next start.
    ///
    /// - Parameter ending: what the file is, without digits and points: `backup`.
    package static func passingName(_ ending: String) -> String { "\(passingStart)\(UUID().uuidString).\(ending)" }

    private static let passingStart = "pressmark-"

    /// Removes what lies under passing names; whoever opens the store is alone in its folder.
    static func clearPassing(folder: String) {
        // What cannot be looked through or removed takes room, and is no reason not to start.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let parts = name.split(separator: ".", maxSplits: 1)
            // Somebody may keep a backup of another name here.
            guard parts.count == 2, parts[0].hasPrefix(passingStart),
                UUID(uuidString: String(parts[0].dropFirst(passingStart.count))) != nil
            else { continue }
            unlink(URL(filePath: folder).appending(path: name).path)
        }
    }

    private func copy(to path: String) async throws(StoreError) -> BackupFacts {
        do {
            let copy = try DatabaseQueue(path: path)
            try await database.read { source in
                try copy.writeWithoutTransaction { target in try source.backup(to: target) }
            }
            try await packSnapshot(into: copy)
            // One file that can be carried about, without a write-ahead log beside it.
            try await copy.writeWithoutTransaction { target in
                try target.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
            return try await BackupFile(path: path).inspect()
        } catch {
            BackupFile(path: path).remove()
            if case .damaged(let detail) = error as? RestoreRefusal { throw .damaged(detail: detail) }
            throw StoreError(error)
        }
    }
}

/// A database file that is not in use.
struct BackupFile: Sendable {
    /// Behind its name, that of the snapshot while it is packed.
    static let snapshotSuffix = "-holdings"

    let path: String

    /// Looks at every page and counts what is there; throws ``RestoreRefusal`` or what SQLite says.
    func inspect() async throws -> BackupFacts {
        var configuration = Configuration()
        configuration.readonly = true
        let file = try DatabaseQueue(path: path, configuration: configuration)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        var facts = try await file.read { database in
            let found = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
            guard found == "ok" else { throw RestoreRefusal.damaged(detail: found ?? "no answer to the check") }
            guard try database.tableExists("grdb_migrations"), try database.tableExists("snapshot") else {
                throw RestoreRefusal.foreign
            }
            guard try !Schema.migrator.hasBeenSuperseded(database) else { throw RestoreRefusal.newer }
            return BackupFacts(
                byteCount: 0,
                itemCount: try Self.count(database, "coalesce(sum(itemCount), 0)", "snapshot", "state = 'current'"),
                sweepCount: try Self.count(database, "count(*)", "sweep", "TRUE"),
                openChangeCount: try Self.count(database, "count(*)", "securityIntent", "settledAt IS NULL")
            )
        }
        try file.close()
        facts.byteCount = size?.int64Value ?? 0
        return facts
    }

    /// Removes the file and what SQLite may have left beside it.
    func remove() {
        for suffix in ["", "-journal", "-wal", "-shm", Self.snapshotSuffix] { unlink(path + suffix) }
    }

    /// A backup of an early version has no table for what was added later.
    private static func count(
        _ database: Database,
        _ expression: String,
        _ table: String,
        _ condition: String
    ) throws -> Int {
        guard try database.tableExists(table) else { return 0 }
        return try Int.fetchOne(database, sql: "SELECT \(expression) FROM \(table) WHERE \(condition)") ?? 0
    }
}
