import Foundation
import GRDB
import Library

/// A backup is one file: the current snapshot travels in it as tables of its own, and gets its own file again when the
/// backup is put in the place of the database.
extension Store {
    private static let tables = ["item", "otherBarcode", "rejection"]
    /// Where the snapshots stand that belong to the database of before a restore.
    static let replacedSnapshots = "holdings.before-restore"

    /// Copies the snapshot that the copied database has in use into it; others are not backed up.
    ///
    /// Throws ``StoreError/absent(what:)`` when the next one has taken its place meanwhile and its file is gone. Some
    /// seconds for each million items, and ends within milliseconds when the task is cancelled.
    func packSnapshot(into copy: DatabaseQueue) async throws {
        try await copy.writeWithoutTransaction { target in
            try target.execute(sql: "DELETE FROM snapshot WHERE state <> 'current'")
            guard let number = try Int64.fetchOne(target, sql: "SELECT number FROM snapshot"),
                let path = shelf.path(number)
            else { return }
            // A second name for the file, while it is needed: to attach one that is gone would make an empty one.
            let name = copy.path + BackupFile.snapshotSuffix
            unlink(name)
            let isNamed = link(path, name) == 0
            defer { if isNamed { unlink(name) } }
            // A file system without such names has to do with a look.
            guard isNamed || FileManager.default.fileExists(atPath: path) else {
                throw StoreError.absent(what: "snapshot \(number)")
            }
            try target.execute(sql: SnapshotFile.tables)
            try target.execute(sql: "ATTACH ? AS holdings", arguments: [isNamed ? name : path])
            for table in Self.tables {
                try target.execute(sql: "INSERT INTO main.\(table) SELECT * FROM holdings.\(table)")
            }
            try target.execute(sql: "DETACH holdings")
        }
    }

    /// Gives the snapshot of a restored backup its own file; does nothing for a database that is no backup.
    ///
    /// Stopped on the way it begins again at the next start: the tables go when the file is on the disk.
    func unpackSnapshot() throws(StoreError) {
        guard try read({ database in try database.tableExists("item") }) else { return }
        do {
            let number = try read { database in
                try Int64.fetchOne(database, sql: "SELECT number FROM snapshot WHERE state = 'current'")
            }
            if let number, let path = shelf.path(number) {
                try? FileManager.default.removeItem(atPath: path)
                let file = try SnapshotFile.create(at: path)
                try file.writeWithoutTransaction { target in
                    try target.execute(sql: SnapshotFile.tables)
                    try target.execute(sql: "ATTACH ? AS backup", arguments: [database.path])
                    for table in Self.tables {
                        try target.execute(sql: "INSERT INTO main.\(table) SELECT * FROM backup.\(table)")
                    }
                    try target.execute(sql: "DETACH backup")
                    for index in SnapshotFile.indexes { try target.execute(sql: index) }
                }
                try file.close()
                try SnapshotFile.secure(path)
            }
            try database.writeWithoutTransaction { database in
                // All or none: one that stayed would be taken for no backup any more, and stand in the way of the next.
                try database.inTransaction(.immediate) {
                    for table in Self.tables { try database.execute(sql: "DROP TABLE \(table)") }
                    return .commit
                }
                try database.execute(sql: "VACUUM")
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// Keeps the snapshots of the database that a backup takes the place of, as that is kept.
    ///
    /// Stopped on the way, it goes on at the next start: what an earlier restore put aside goes only when all are moved.
    static func putSnapshotsAside(folder: String) throws(StoreError) {
        let (files, place) = (FileManager.default, URL(filePath: folder))
        let aside = place.appending(path: replacedSnapshots)
        let part = place.appending(path: replacedSnapshots + ".part")
        do {
            let names = try files.contentsOfDirectory(atPath: folder).filter { SnapshotFile.number(in: $0) != nil }
            guard !names.isEmpty || files.fileExists(atPath: part.path) else { return }
            try files.createDirectory(at: part, withIntermediateDirectories: true)
            for name in names {
                try files.moveItem(at: place.appending(path: name), to: part.appending(path: name))
            }
            try? files.removeItem(at: aside)
            try files.moveItem(at: part, to: aside)
        } catch {
            throw .notWritable(path: folder, detail: "the snapshots cannot be moved")
        }
    }
}
