import Foundation
import GRDB
package import Library

extension Store {
    /// Starts an import into a new snapshot.
    ///
    /// `profile` is the importer's name and `source` the file's; `rules` are the site's for filing call numbers, and an
    /// item is filed once, here.
    package func beginImport(
        profile: String,
        source: String,
        at moment: Moment,
        rules: ShelfOrderRules = .standard
    ) throws(StoreError) -> HoldingsImport {
        let number = try write(.bulk) { database in
            try database.execute(
                sql: "INSERT INTO snapshot (profile, source, startedAt, state) VALUES (?, ?, ?, 'staged')",
                arguments: [profile, source, moment.milliseconds]
            )
            return database.lastInsertedRowID
        }
        return HoldingsImport(store: self, number: number, rules: rules)
    }

    /// The current snapshot; `nil` before the first import.
    package func snapshot() throws(StoreError) -> SnapshotInfo? {
        try read(Self.currentSnapshot)
    }

    /// Every snapshot that is still there, the newest first; the current one is not always the newest.
    package func snapshots() throws(StoreError) -> [SnapshotInfo] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "\(Self.selectSnapshot) WHERE state IN ('current', 'kept') ORDER BY number DESC"
            ).map(SnapshotInfo.init(row:))
        }
    }

    /// The item of the current snapshot with this barcode. Some 20 µs.
    package func item(barcode: String) throws(StoreError) -> ShelvedItem? {
        try read { database in try Self.item(barcode, database) }
    }

    /// The items of the current snapshot with these barcodes, by barcode; unknown ones are left out.
    ///
    /// Some 5 µs for each: the way to look up a whole pad or a portion of sightings.
    package func items(barcodes: some Sequence<String>) throws(StoreError) -> [String: ShelvedItem] {
        try read { database in
            var found: [String: ShelvedItem] = [:]
            for barcode in barcodes where found[barcode] == nil {
                found[barcode] = try Self.item(barcode, database)
            }
            return found
        }
    }

    /// The items that a sweep of `scope` expects, in shelf order: those that cannot be filed last, then by barcode.
    ///
    /// A second or so for each million items that the scope lets through.
    package func items(in scope: SweepScope) throws(StoreError) -> [ShelvedItem] {
        var conditions = ["snapshot = (SELECT number FROM snapshot WHERE state = 'current')"]
        var arguments: StatementArguments = []
        func narrow(_ condition: String, _ value: some DatabaseValueConvertible) {
            conditions.append(condition)
            arguments += [value]
        }
        let home = "COALESCE(homeBranch, holdingBranch)"
        if let branch = scope.branch { narrow("(\(home) = ? OR \(home) IS NULL)", branch) }
        if let location = scope.location { narrow("COALESCE(permanentLocation, location) = ?", location) }
        if let range = scope.callNumbers?.range {
            narrow("shelfKey >= ?", Data(range.lower))
            narrow("shelfKey < ?", Data(range.upper))
        }
        let query = """
            SELECT \(ShelvedItem.columns) FROM item WHERE \(conditions.joined(separator: " AND "))
            ORDER BY shelfKey IS NULL, shelfKey, barcode
            """
        return try read { database in
            // SQL narrows; the scope itself has the last word, so that there is one rule.
            var expected: [ShelvedItem] = []
            let rows = try Row.fetchCursor(database, sql: query, arguments: arguments)
            while let row = try rows.next() {
                let shelved = try ShelvedItem(row: row)
                if scope.membership(of: shelved) == .expected { expected.append(shelved) }
            }
            return expected
        }
    }

    /// Items in the current snapshot.
    package func itemCount() throws(StoreError) -> Int {
        try snapshot()?.itemCount ?? 0
    }

    /// The rows of an import that did not become items, in the order of the file; 10 000 at most are kept.
    package func rejections(snapshot number: Int64, limit: Int = 10_000) throws(StoreError) -> [ImportRejection] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT line, cause, text FROM rejection WHERE snapshot = ? ORDER BY line, id LIMIT ?",
                arguments: [number, max(0, limit)]
            ).map { row in
                ImportRejection(line: row.count(0) ?? 0, cause: row.text(1) ?? "", text: row.text(2) ?? "")
            }
        }
    }
}

extension Store {
    private static let selectSnapshot =
        "SELECT number, profile, source, importedAt, itemCount, rejectedCount FROM snapshot"

    static func currentSnapshot(_ database: Database) throws -> SnapshotInfo? {
        try Row.fetchOne(database, sql: "\(selectSnapshot) WHERE state = 'current'").map(SnapshotInfo.init(row:))
    }

    private static func item(_ barcode: String, _ database: Database) throws -> ShelvedItem? {
        let select = try database.cachedStatement(
            sql: """
                SELECT \(ShelvedItem.columns) FROM item
                WHERE snapshot = (SELECT number FROM snapshot WHERE state = 'current') AND barcode = ?
                """
        )
        return try select.first([barcode], ShelvedItem.init(row:))
    }

    /// Marks what a killed import left behind; nobody else can be importing while the store is being opened.
    func clearStaged() throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(sql: "UPDATE snapshot SET state = 'dropped' WHERE state = 'staged'")
        }
    }

    /// Removes dropped snapshots in portions of some 10 ms, so that others can write in between.
    func clearDropped() throws(StoreError) {
        let dropped = try read { database in
            try Int64.fetchAll(database, sql: "SELECT number FROM snapshot WHERE state = 'dropped'")
        }
        for number in dropped {
            for table in ["item", "rejection"] {
                while try clearPortion(of: table, snapshot: number) > 0 {}
            }
            try write(.bulk) { database in
                try database.execute(sql: "DELETE FROM snapshot WHERE number = ?", arguments: [number])
            }
        }
    }

    private func clearPortion(of table: String, snapshot number: Int64) throws(StoreError) -> Int {
        try write(.bulk) { database in
            try database.execute(
                sql: "DELETE FROM \(table) WHERE id IN (SELECT id FROM \(table) WHERE snapshot = ? LIMIT 2000)",
                arguments: [number]
            )
            return database.changesCount
        }
    }
}

extension SnapshotInfo {
    fileprivate init(row: Row) throws {
        self.init(
            number: try row.number(0).orDamaged("snapshot without number"),
            profile: row.text(1) ?? "",
            source: row.text(2) ?? "",
            importedAt: try row.moment(3).orDamaged("snapshot without moment"),
            itemCount: row.count(4) ?? 0,
            rejectedCount: row.count(5) ?? 0
        )
    }
}
