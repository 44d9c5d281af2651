import GRDB
package import Library

/// An import under way: rows go into a snapshot of their own, which nobody sees before ``commit(at:keeping:)``.
///
/// Rows are written in portions, so that sightings and journal entries find their turn in between. A process that is
/// killed before the commit leaves the current snapshot as it was; the rest is cleared at the next opening. Belongs to
/// one caller at a time. Cost: some 10 µs for each row.
package final class HoldingsImport {
    /// Rows in one transaction: a few milliseconds of the writer's time.
    private static let portion = 500
    /// Rejections kept word for word; the others are only counted.
    private static let keptRejections = 10_000

    /// The snapshot's number once it is committed.
    package let number: Int64
    /// Rows taken so far; up to a portion of them may still turn out to be duplicates.
    package private(set) var itemCount = 0
    package private(set) var rejectedCount = 0

    private let store: Store
    private let rules: ShelfOrderRules
    private var pending: [(item: ShelvedItem, line: Int)] = []
    private var pendingRejections: [ImportRejection] = []

    init(store: Store, number: Int64, rules: ShelfOrderRules) {
        self.store = store
        self.number = number
        self.rules = rules
    }

    /// Takes one item. A second item with the same barcode becomes a rejection that names the line of the first.
    package func add(_ item: Item, line: Int) throws(StoreError) {
        pending.append((ShelvedItem(filing: item, by: rules), line))
        itemCount += 1
        if pending.count >= Self.portion { try flush() }
    }

    /// Takes one row that could not become an item.
    package func reject(line: Int, cause: String, text: String) throws(StoreError) {
        note(ImportRejection(line: line, cause: cause, text: text))
        if pendingRejections.count >= Self.portion { try flush() }
    }

    /// Makes this the current snapshot at one stroke, and drops all but the last `keeping` others.
    package func commit(at moment: Moment, keeping: Int = 2) throws(StoreError) -> SnapshotInfo {
        try flush()
        let info = try store.write { database in
            try database.execute(sql: "UPDATE snapshot SET state = 'kept' WHERE state = 'current'")
            try database.execute(
                sql: """
                    UPDATE snapshot SET state = 'current', importedAt = ?, itemCount = ?, rejectedCount = ?
                    WHERE number = ? AND state = 'staged'
                    """,
                arguments: [moment.milliseconds, itemCount, rejectedCount, number]
            )
            try database.execute(
                sql: """
                    UPDATE snapshot SET state = 'dropped' WHERE state = 'kept' AND number NOT IN
                    (SELECT number FROM snapshot WHERE state = 'kept' ORDER BY number DESC LIMIT ?)
                    """,
                arguments: [max(0, keeping)]
            )
            return try Store.currentSnapshot(database).orDamaged("import \(number) is no longer staged")
        }
        try store.clearDropped()
        return info
    }

    /// Throws the rows away; the current snapshot stays.
    package func abandon() throws(StoreError) {
        pending = []
        pendingRejections = []
        try store.write(.bulk) { database in
            try database.execute(
                sql: "UPDATE snapshot SET state = 'dropped' WHERE number = ? AND state = 'staged'",
                arguments: [number]
            )
        }
        try store.clearDropped()
    }

    /// Writes what is pending, so that duplicates among it are known; ``commit(at:keeping:)`` does it by itself.
    ///
    /// A dry run calls this, reads ``Store/rejections(snapshot:limit:)`` under ``number`` and then ``abandon()``.
    package func flush() throws(StoreError) {
        let duplicates = try store.write(.bulk) { database in try insertPending(database) }
        pending = []
        itemCount -= duplicates.count
        for duplicate in duplicates { note(duplicate) }
        guard !pendingRejections.isEmpty else { return }
        try store.write(.bulk) { database in try insertRejections(database) }
        pendingRejections = []
    }

    private func note(_ rejection: ImportRejection) {
        if rejectedCount < Self.keptRejections { pendingRejections.append(rejection) }
        rejectedCount += 1
    }

    private func insertPending(_ database: Database) throws -> [ImportRejection] {
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO item (snapshot, line, \(ShelvedItem.columns)) VALUES (?, ?, \(ShelvedItem.placeholders))
                ON CONFLICT (snapshot, barcode) DO NOTHING
                """
        )
        let first = try database.cachedStatement(sql: "SELECT line FROM item WHERE snapshot = ? AND barcode = ?")
        var duplicates: [ImportRejection] = []
        for (item, line) in pending {
            try insert.execute(arguments: StatementArguments([number, line] + item.values))
            guard database.changesCount == 0 else { continue }
            let barcode = item.item.barcode
            let earlier = try Int.fetchOne(first, arguments: [number, barcode]) ?? 0
            duplicates.append(
                ImportRejection(line: line, cause: "barcode \(barcode) stands in line \(earlier) already", text: "")
            )
        }
        return duplicates
    }

    private func insertRejections(_ database: Database) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO rejection (snapshot, line, cause, text) VALUES (?, ?, ?, ?)"
        )
        for rejection in pendingRejections {
            try insert.execute(arguments: [number, rejection.line, rejection.cause, rejection.text])
        }
    }
}
