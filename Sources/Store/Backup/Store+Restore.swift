import Foundation
import GRDB
package import Library

extension Store {
    /// Where a backup waits that takes the place of the database at the next start.
    static let restoreName = "pressmark.restore.sqlite"
    /// Where the database stands that a restored one has taken the place of.
    package static let replacedName = "pressmark.before-restore.sqlite"
    /// A file that lies beside a restored database until somebody has written down that it was restored.
    private static let restoredName = "pressmark.restored"

    /// Whether a backup has taken the place of the database, and nobody has written that down yet.
    package var isRestored: Bool {
        claim != nil && FileManager.default.fileExists(atPath: Self.restoredMark(folder: folder))
    }

    /// Takes note that the restoring is written down.
    package func forgetRestore() {
        guard claim != nil else { return }
        unlink(Self.restoredMark(folder: folder))
    }

    private static func restoredMark(folder: String) -> String {
        URL(filePath: folder).appending(path: restoredName).path
    }

    /// Sets the file at `path` down to take the place of the database at the next start; it is gone from `path` then.
    ///
    /// It has to lie on the disk of the state folder. Nothing changes before the start, and the database of now is kept
    /// as `pressmark.before-restore.sqlite`. Throws ``RestoreRefusal`` or ``StoreError``.
    package static func stageRestore(of path: String, folder: String) async throws -> BackupFacts {
        let facts: BackupFacts
        do {
            facts = try await BackupFile(path: path).inspect()
        } catch let refusal as RestoreRefusal {
            throw refusal
        } catch {
            let error = StoreError(error)
            if case .damaged(let detail) = error { throw RestoreRefusal.damaged(detail: detail) }
            throw error
        }
        try synchronize(path)
        try move(path, to: URL(filePath: folder).appending(path: restoreName).path)
        try synchronize(folder)
        return facts
    }

    /// Puts a staged backup in the place of the database, which is kept beside it; does nothing when none waits.
    ///
    /// Stopped between two steps, it goes on at the next start: the staged file is the last to be moved.
    static func takeStagedRestore(folder: String) throws(StoreError) {
        let place = URL(filePath: folder)
        let (staged, current) = (place.appending(path: restoreName).path, place.appending(path: fileName).path)
        guard FileManager.default.fileExists(atPath: staged) else { return }
        try markRestored(folder: folder, before: current)
        try putSnapshotsAside(folder: folder)
        let replaced = place.appending(path: replacedName).path
        if FileManager.default.fileExists(atPath: current) {
            // What an earlier restore put there belongs to another database: SQLite would play its log into this one.
            for suffix in ["-wal", "-shm"] { unlink(replaced + suffix) }
        }
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: current + suffix) {
            try move(current + suffix, to: replaced + suffix)
        }
        try move(staged, to: current)
        OpenMark(folder: folder).remove()
        try synchronize(folder)
    }

    /// Leaves the mark beside a database that is to be put away, ahead of everything: stopped between two steps, the
    /// next start finds it.
    private static func markRestored(folder: String, before current: String) throws(StoreError) {
        let mark = restoredMark(folder: folder)
        let isThere = FileManager.default.fileExists(atPath: current)
        // Stopped after the database was put away: what it said stands in the mark.
        guard isThere || !FileManager.default.fileExists(atPath: mark) else { return }
        let revocations = isThere ? Revocation.all(in: current) : []
        do {
            try JSONEncoder().encode(revocations).write(to: URL(filePath: mark), options: .atomic)
        } catch {
            throw .notWritable(path: mark, detail: "\(error)")
        }
        try synchronize(mark)
        try synchronize(folder)
    }

    /// Revokes in a restored database what was revoked since the backup was written: a token that somebody has lost
    /// opens nothing again. Does nothing once the restoring is written down.
    func takeRevocations() throws(StoreError) {
        guard isRestored, let content = FileManager.default.contents(atPath: Self.restoredMark(folder: folder)),
            let revocations = try? JSONDecoder().decode([Revocation].self, from: content)
        else { return }
        try write { database in
            for revocation in revocations {
                try database.execute(
                    sql: "UPDATE accessToken SET revokedAt = ? WHERE fingerprint = ? AND revokedAt IS NULL",
                    arguments: [revocation.at, revocation.fingerprint]
                )
            }
        }
    }

    private static func move(_ path: String, to target: String) throws(StoreError) {
        guard rename(path, target) == 0 else { throw .notWritable(path: target, detail: reason()) }
    }

    /// Waits until a file, or the names in a folder, are on the disk.
    ///
    /// Throws ``StoreError/full`` where there is no room for what was written, and
    /// ``StoreError/notWritable(path:detail:)`` with the system's words for everything else.
    static func synchronize(_ path: String) throws(StoreError) {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .notWritable(path: path, detail: reason()) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            if errno == ENOSPC || errno == EDQUOT { throw .full }
            throw .notWritable(path: path, detail: reason())
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

/// That a token was revoked, as it outlives its database.
private struct Revocation: Codable {
    /// SHA-256 of what opens the token.
    var fingerprint: Data
    /// Unix time in milliseconds.
    var at: Int64

    /// Those of a database that is not in use; none where it cannot be read, which may be why it is put away.
    static func all(in path: String) -> [Revocation] {
        guard let queue = try? DatabaseQueue(path: path) else { return [] }
        let rows = try? queue.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT fingerprint, revokedAt FROM accessToken WHERE revokedAt IS NOT NULL"
            )
        }
        try? queue.close()
        return (rows ?? []).compactMap { row in
            guard let fingerprint = Data.fromDatabaseValue(row[0]), let at = row.number(1) else { return nil }
            return Revocation(fingerprint: fingerprint, at: at)
        }
    }
}
