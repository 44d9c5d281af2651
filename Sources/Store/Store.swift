import Foundation
import GRDB

/// Everything Pressmark remembers: tags, sweeps, the security journal and alarms in one SQLite file, and each holdings
/// snapshot in a file of its own beside it.
///
/// Every function works at once and on the thread it is called on: reads take some 10 to 50 µs and never wait for a
/// writer; a write that is promised waits for the disk (0.1 to 20 ms, as the disk is) and for the write before it.
/// Call from where waiting does no harm. No function keeps a patron: there is no place for one.
package struct Store: Sendable {
    static let fileName = "pressmark.sqlite"

    let database: any DatabaseWriter
    let shelf: SnapshotShelf
    /// A connection for looks that are over in microseconds, sooner than a pool hands one out.
    private let finder: any DatabaseReader
    /// Changes of security whose question is out.
    let asked = AskedChanges()
    /// Keeps the state folder ours as long as the store lives; `nil` in memory.
    let claim: FolderClaim?
    private let mark: OpenMark?

    init(
        database: any DatabaseWriter,
        folder: String?,
        claim: FolderClaim?,
        mark: OpenMark? = nil
    ) throws(StoreError) {
        self.database = database
        self.claim = claim
        self.mark = mark
        shelf = SnapshotShelf(folder: folder)
        finder = try Self.finder(database, isFile: folder != nil)
        try migrate()
        try unpackSnapshot()
        try clearStaged()
        try openSnapshots()
    }

    /// Whether the write-ahead log of a program that ended suddenly is gone: what it wrote last is lost, unless another
    /// program has opened and closed the database since, which puts the log into it.
    package var isLogMissing: Bool { mark?.isLogMissing ?? false }

    /// Where the database file is, for people to find it.
    package var path: String { database.path }

    /// The folder of the database file; the one for temporary files when the store is in memory.
    package var folder: String {
        claim == nil
            ? FileManager.default.temporaryDirectory.path : URL(filePath: path).deletingLastPathComponent().path
    }

    /// An empty store in memory, gone with its last copy; for tests and dry runs.
    package static func inMemory() throws(StoreError) -> Store {
        do {
            return try Store(database: DatabaseQueue(), folder: nil, claim: nil)
        } catch {
            throw StoreError(error)
        }
    }

    private static func finder(_ database: any DatabaseWriter, isFile: Bool) throws(StoreError) -> any DatabaseReader {
        guard isFile else { return database }
        var configuration = sharing
        configuration.readonly = true
        configuration.label = "finder"
        do {
            // Reading once makes the log's index, which a connection for reading alone cannot do.
            try database.read { _ in }
            return try DatabaseQueue(path: database.path, configuration: configuration)
        } catch {
            throw StoreError(error)
        }
    }

    private func migrate() throws(StoreError) {
        let migrator = Schema.migrator
        guard try !read({ database in try migrator.hasBeenSuperseded(database) }) else {
            throw .newer(path: database.path)
        }
        do {
            try migrator.migrate(database)
        } catch {
            throw StoreError(error)
        }
    }
}

/// How much a write has to survive.
enum Durability {
    /// Survives `kill -9` at once, a power cut only with the next promised write; for what can be done again.
    case bulk
    /// On the disk before the function returns.
    case promised
}

extension Store {
    func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw StoreError(error)
        }
    }

    /// Reads by one statement, which sees one state of the database without a transaction around it.
    func look<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try finder.unsafeRead(body)
        } catch {
            throw StoreError(error)
        }
    }

    /// Runs `body` in one transaction: all of it is written, or nothing.
    func write<Value>(
        _ durability: Durability = .promised,
        _ body: (Database) throws -> Value
    ) throws(StoreError) -> Value {
        do {
            return try database.writeWithoutTransaction { database in
                // Outside a transaction only: SQLite ignores the setting within one.
                let level = durability == .promised ? "FULL" : "NORMAL"
                try database.execute(sql: "PRAGMA synchronous = \(level)")
                var value: Value?
                try database.inTransaction(.immediate) {
                    value = try body(database)
                    return .commit
                }
                return try value.orDamaged("transaction without a result")
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// Moves everything from the write-ahead log into the database file; for a clean stop.
    package func checkpoint() throws(StoreError) {
        do {
            _ = try database.writeWithoutTransaction { database in try database.checkpoint(.truncate) }
            mark?.remove()
        } catch {
            throw StoreError(error)
        }
    }

    /// Waits for its turn to write and gives it back: returns only while the database answers. Writes nothing.
    package func answer() throws(StoreError) {
        do {
            try database.writeWithoutTransaction { database in try database.inTransaction(.immediate) { .rollback } }
        } catch {
            throw StoreError(error)
        }
    }

    /// Looks at every page of the database file and of the current snapshot, at every index and reference, and throws
    /// ``StoreError/damaged(detail:)`` at the first fault.
    ///
    /// Takes about two seconds per 100 MB, on a thread of the database's own.
    package func check() async throws(StoreError) {
        let found: String?
        do {
            found = try await database.read { database in
                let whole = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
                guard whole == "ok" else { return whole ?? "no answer to the check" }
                let stray = try String.fetchOne(database, sql: "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1")
                return stray.map { "a row of \($0) belongs to nothing" }
            }
        } catch {
            throw StoreError(error)
        }
        if let found { throw .torn(found) }
        do {
            let holdings = try await shelf.current?.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
            guard holdings ?? "ok" == "ok" else { throw StoreError.torn(holdings, in: "holdings: ") }
        } catch {
            throw StoreError(error)
        }
    }
}
