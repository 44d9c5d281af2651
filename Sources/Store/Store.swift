import GRDB

/// Everything Pressmark remembers, in one SQLite file: holdings snapshots, tags, sweeps, the security journal, alarms.
///
/// Every function works at once and on the thread it is called on: reads take some 10 to 50 µs and never wait for a
/// writer; a write that is promised waits for the disk (0.1 to 20 ms, as the disk is) and for the write before it.
/// Call from where waiting does no harm. No function keeps a patron: there is no place for one.
package struct Store: Sendable {
    static let fileName = "pressmark.sqlite"

    let database: any DatabaseWriter
    /// Keeps the state folder ours as long as the store lives; `nil` in memory.
    private let claim: FolderClaim?

    init(database: any DatabaseWriter, claim: FolderClaim?) throws(StoreError) {
        self.database = database
        self.claim = claim
        try migrate()
        try clearStaged()
        try clearDropped()
    }

    /// Where the database file is, for people to find it.
    package var path: String { database.path }

    /// An empty store in memory, gone with its last copy; for tests and dry runs.
    package static func inMemory() throws(StoreError) -> Store {
        do {
            return try Store(database: DatabaseQueue(), claim: nil)
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
        } catch {
            throw StoreError(error)
        }
    }

    /// Looks at every page of the database file and throws ``StoreError/damaged(detail:)`` at the first fault.
    ///
    /// Takes about a second per 100 MB.
    package func check() throws(StoreError) {
        let found = try read { database in try String.fetchOne(database, sql: "PRAGMA quick_check(1)") }
        guard found == "ok" else { throw .damaged(detail: found ?? "no answer to the check") }
    }
}
