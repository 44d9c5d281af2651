import Foundation
import GRDB

extension Store {
    /// Looks at every page of the database file and of the current snapshot, and throws
    /// ``StoreError/damaged(detail:)`` at the first that is torn; compares no index with its rows, as ``check()`` does.
    ///
    /// Made to run beside the service: at the lowest priority of a thread, over connections of its own, which keep no
    /// more than 2 MB of what they read. As fast as the disk reads the files; the write-ahead log grows meanwhile by
    /// what is written. Throws `CancellationError` within milliseconds of being cancelled. A store in memory has
    /// nothing to look at.
    package func quickCheck() async throws {
        guard claim != nil else { return }
        try await Self.quickCheck(path, called: "")
        guard let holdings = shelf.currentPath else { return }
        do {
            try await Self.quickCheck(holdings, called: "holdings: ")
        } catch {
            // Without its file, an import has put the next one in its place, all of which was written a moment ago.
            guard !FileManager.default.fileExists(atPath: holdings) else { throw error }
        }
    }

    private static func quickCheck(_ path: String, called name: String) async throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "quick check"
        // Niceness 10, and with it less of the disk; without mmap, which would count as the program's own memory and
        // be locked with it on a gate's machine.
        configuration.qos = .background
        let found: String?
        do {
            let file = try DatabaseQueue(path: path, configuration: configuration)
            found = try await file.read { database in
                // While one statement is under way SQLite remembers an interruption that comes between two others.
                let holding = try Row.fetchCursor(database, sql: "SELECT 1 UNION ALL SELECT 2")
                _ = try holding.next()
                defer { withExtendedLifetime(holding) {} }
                try Task.checkCancellation()
                return try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
            throw CancellationError()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw StoreError(error)
        }
        // What a look that was broken off says of the pages is not worth believing.
        try Task.checkCancellation()
        guard found == "ok" else { throw StoreError.torn(found, in: name) }
    }
}

extension StoreError {
    /// What SQLite's look at a file found, which may stand in several lines.
    static func torn(_ found: String?, in name: String = "") -> StoreError {
        let words = found?.split(separator: "\n").joined(separator: " ")
        return .damaged(detail: name + (words ?? "no answer to the check"))
    }
}
