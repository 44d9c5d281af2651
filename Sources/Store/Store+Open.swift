import Foundation
import GRDB

extension Store {
    /// Opens the store in the state folder `folder`, which is made when it is not there.
    ///
    /// A backup that waits to be restored takes the place of the database first. Brings older databases up to date and
    /// clears away what a killed import left. Throws
    /// ``StoreError/notWritable(path:detail:)``, ``StoreError/inUse(path:)``, ``StoreError/newer(path:)`` or
    /// ``StoreError/damaged(detail:)``; the database is left as it was found then.
    package static func open(folder: String) throws(StoreError) -> Store {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .notWritable(path: folder, detail: "no such folder, and it cannot be made")
        }
        let claim = try FolderClaim(folder: folder)
        try takeStagedRestore(folder: folder)
        clearPassing(folder: folder)
        let mark = OpenMark(folder: folder)
        do {
            let path = URL(filePath: folder).appending(path: fileName).path
            let database = try DatabasePool(path: path, configuration: sharing)
            let store = try Store(database: database, folder: folder, claim: claim, mark: mark)
            try store.takeRevocations()
            mark.leave()
            return store
        } catch {
            let error = StoreError(error)
            guard case .notWritable(_, let detail) = error else { throw error }
            throw .notWritable(path: folder, detail: detail)
        }
    }

    /// For a file that other programs may open too, `sqlite3` say: one that has it for a moment, to bring its log into
    /// it, is waited for, and costs no loan and no alarm.
    static var sharing: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_size_limit = \(longestLog)")
        }
        return configuration
    }

    /// Bytes of the write-ahead log that stay on the disk. It is as long as what was written during the longest read, a
    /// backup's say, and gives back what is beyond this when it begins anew.
    static let longestLog = 16 << 20
}

/// The right to be the only one in a state folder, which ends with its holder, even with `kill -9`.
///
/// It is SQLite's own lock on an empty file of its own, so that the database itself stays open to readers.
struct FolderClaim: Sendable {
    private let lock: DatabaseQueue

    init(folder: String) throws(StoreError) {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        // The transaction is never ended: it is the lock.
        configuration.allowsUnsafeTransactions = true
        do {
            let path = URL(filePath: folder).appending(path: "pressmark.lock").path
            lock = try DatabaseQueue(path: path, configuration: configuration)
            try lock.writeWithoutTransaction { database in try database.execute(sql: "BEGIN EXCLUSIVE") }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw .inUse(path: folder)
        } catch {
            throw .notWritable(path: folder, detail: (error as? DatabaseError)?.message ?? "\(error)")
        }
    }
}
