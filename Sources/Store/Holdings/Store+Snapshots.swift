import Foundation
import GRDB
package import Library

extension Store {
    /// Starts an import into a new snapshot; what an earlier one left staged is discarded, but not by one of changes.
    ///
    /// `profile` is the importer's name and `source` the file's; `rules` are the site's for filing call numbers, and an
    /// item is filed once, here. `asOf` is the moment whose state of the library system this is, where one is known, and
    /// `changesBefore` was the last change in the security journal then; without it, what stands there now is known.
    package func beginImport(
        profile: String,
        source: String,
        at moment: Moment,
        asOf: Moment? = nil,
        changesBefore: SecurityRecord.ID? = nil,
        rules: ShelfOrderRules = .standard
    ) throws(StoreError) -> HoldingsImport {
        try begin(profile, source, base: nil, asOf: asOf, changesBefore: changesBefore, at: moment, rules: rules)
    }

    /// Starts an import of changes alone: the new snapshot begins as a copy of the current one. `rules` have to be
    /// those by which that one was filed: ``isFiled(_:by:)``.
    ///
    /// `nil` when there is no snapshot to begin with. The copy takes a second or so for each gigabyte.
    package func beginUpdate(
        source: String,
        at moment: Moment,
        asOf: Moment? = nil,
        changesBefore: SecurityRecord.ID? = nil,
        rules: ShelfOrderRules = .standard
    ) throws(StoreError) -> HoldingsImport? {
        guard let current = try snapshot() else { return nil }
        return try begin(
            current.profile,
            source,
            base: current,
            asOf: asOf,
            changesBefore: changesBefore,
            at: moment,
            rules: rules
        )
    }

    private func begin(
        _ profile: String,
        _ source: String,
        base: SnapshotInfo?,
        asOf: Moment?,
        changesBefore: SecurityRecord.ID?,
        at moment: Moment,
        rules: ShelfOrderRules
    ) throws(StoreError) -> HoldingsImport {
        try clearStaged(butWhole: base != nil)
        let number = try write(.bulk) { database in
            try database.execute(
                sql: """
                    INSERT INTO snapshot (profile, source, base, startedAt, wholeAt, checkedAt, changesBefore, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'filling')
                    """,
                arguments: [
                    profile, source, base?.number, moment.milliseconds, (base?.wholeAt ?? moment).milliseconds,
                    asOf?.milliseconds, try changesBefore ?? lastChangeForHoldings(database),
                ]
            )
            return database.lastInsertedRowID
        }
        do {
            let path = shelf.path(number)
            let file = try SnapshotFile.create(at: path)
            try file.writeWithoutTransaction { database in
                if let base {
                    try copy(base.number, into: database)
                } else {
                    try database.execute(sql: SnapshotFile.tables)
                    try database.execute(sql: "PRAGMA user_version = \(rules.fingerprint)")
                }
                try database.execute(sql: "BEGIN")
            }
            shelf.stage(number, file)
            return HoldingsImport(store: self, number: number, file: file, rules: rules, base: base?.number)
        } catch {
            throw StoreError(error)
        }
    }

    /// Page by page, by SQLite's own means: it works for files and in memory.
    private func copy(_ base: Int64, into database: Database) throws {
        let source = try shelf.reader(base).orDamaged("snapshot \(base) is gone")
        try source.read { try $0.backup(to: database) }
        try database.execute(sql: "DELETE FROM rejection")
        try database.execute(sql: SnapshotFile.indexForChanges)
    }

    /// Whether a snapshot's items were filed by these switches; `false` where nobody knows, as of a restored backup.
    package func isFiled(_ number: Int64, by rules: ShelfOrderRules) throws(StoreError) -> Bool {
        do {
            guard let snapshot = try shelf.reader(number) else { return false }
            let found = try snapshot.read { database in try Int64.fetchOne(database, sql: "PRAGMA user_version") }
            return found == Int64(rules.fingerprint)
        } catch {
            throw StoreError(error)
        }
    }

    /// Notes that an import is whole and what is in it.
    @discardableResult
    func stage(_ number: Int64, items: Int, rejected: Int, at moment: Moment) throws(StoreError) -> SnapshotInfo {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE snapshot SET state = 'staged', importedAt = ?, itemCount = ?, rejectedCount = ?
                    WHERE number = ? AND state = 'filling'
                    """,
                arguments: [moment.milliseconds, items, rejected, number]
            )
            return try Self.snapshot(number, database).orDamaged("import \(number) is no longer there")
        }
    }

    /// Makes a staged or kept snapshot the current one at one stroke, and drops all but the last `keeping` others.
    ///
    /// Which ones are the last is a matter of when they were in use, and a clock that was set back makes nothing earlier
    /// than what went before it. A snapshot of changes alone is not kept when the
    /// next one follows: otherwise an afternoon of them would push out the last whole import. Throws
    /// ``StoreError/absent(what:)`` when there is no such snapshot.
    package func accept(_ number: Int64, at moment: Moment, keeping: Int) throws(StoreError) -> SnapshotInfo {
        let info = try write { database in
            guard let new = try Self.snapshot(number, database) else {
                throw StoreError.absent(what: "snapshot \(number)")
            }
            if new.state == .current { return new }
            try database.execute(
                sql: """
                    UPDATE snapshot SET usedUntil = MAX(?1, IFNULL((SELECT MAX(usedUntil) + 1 FROM snapshot), ?1)),
                    state = CASE WHEN base IS NOT NULL AND number = ?2 THEN 'dropped' ELSE 'kept' END
                    WHERE state = 'current'
                    """,
                arguments: [moment.milliseconds, new.base]
            )
            try database.execute(
                sql: "UPDATE snapshot SET state = 'current', usedUntil = NULL WHERE number = ?",
                arguments: [number]
            )
            try database.execute(
                sql: """
                    UPDATE snapshot SET state = 'dropped' WHERE state = 'kept' AND number NOT IN
                    (SELECT number FROM snapshot WHERE state = 'kept' ORDER BY usedUntil DESC, number DESC LIMIT ?)
                    """,
                arguments: [max(0, keeping)]
            )
            return try Self.currentSnapshot(database).orDamaged("snapshot \(number) is not in use")
        }
        do {
            try shelf.use(number)
        } catch {
            throw StoreError(error)
        }
        // It is in use, and whoever waits must not hear otherwise: what cannot be cleared away now, for want of room
        // say, goes with the next import or at the next start.
        try? clearDropped()
        return info
    }

    /// Throws a snapshot away that is being filled or staged; every other one stays.
    package func discard(_ number: Int64) throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(
                sql: "UPDATE snapshot SET state = 'dropped' WHERE number = ? AND state IN ('filling', 'staged')",
                arguments: [number]
            )
        }
        try clearDropped()
    }

    /// Notes that the library system had nothing newer than the current snapshot when it was asked at `moment`; then
    /// `changesBefore` was the last change in the security journal.
    package func confirmSnapshot(at moment: Moment, changesBefore: SecurityRecord.ID? = nil) throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(
                sql: "UPDATE snapshot SET checkedAt = ?, changesBefore = ? WHERE state = 'current'",
                arguments: [moment.milliseconds, try changesBefore ?? lastChangeForHoldings(database)]
            )
        }
    }

    /// The current snapshot; `nil` before the first import.
    package func snapshot() throws(StoreError) -> SnapshotInfo? {
        try look(Self.currentSnapshot)
    }

    /// Every snapshot that is still there, staged ones included, the newest first; the current one is not always the
    /// newest.
    package func snapshots() throws(StoreError) -> [SnapshotInfo] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "\(Self.selectSnapshot) WHERE state IN ('staged', 'current', 'kept') ORDER BY number DESC"
            ).map(SnapshotInfo.init(row:))
        }
    }

    /// The rows of an import that did not become items, in the order of the file;
    /// ``HoldingsImport/keptRejections`` at most are kept.
    package func rejections(
        snapshot number: Int64,
        limit: Int = 10_000,
        offset: Int = 0
    ) throws(StoreError) -> [ImportRejection] {
        do {
            return try shelf.reader(number)?.read { database in
                try Row.fetchAll(
                    database,
                    sql: "SELECT line, cause, text FROM rejection ORDER BY line, id LIMIT ? OFFSET ?",
                    arguments: [max(0, limit), max(0, offset)]
                ).map { row in
                    ImportRejection(line: row.count(0) ?? 0, cause: row.text(1) ?? "", text: row.text(2) ?? "")
                }
            } ?? []
        } catch {
            throw StoreError(error)
        }
    }
}

extension Store {
    private static let selectSnapshot = """
        SELECT number, profile, source, importedAt, itemCount, rejectedCount, state, base, checkedAt, wholeAt,
        changesBefore FROM snapshot
        """

    static func currentSnapshot(_ database: Database) throws -> SnapshotInfo? {
        let select = try database.cachedStatement(sql: "\(selectSnapshot) WHERE state = 'current'")
        return try Row.fetchOne(select).map(SnapshotInfo.init(row:))
    }

    private static func snapshot(_ number: Int64, _ database: Database) throws -> SnapshotInfo? {
        try Row.fetchOne(
            database,
            sql: "\(selectSnapshot) WHERE number = ? AND state IN ('staged', 'current', 'kept')",
            arguments: [number]
        ).map(SnapshotInfo.init(row:))
    }

    /// Marks what nobody is going to accept any more: at the opening, and when another import begins. One of changes
    /// leaves a whole import waiting: when that is accepted, the changes since its date are asked for again.
    func clearStaged(butWhole: Bool = false) throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(
                sql: """
                    UPDATE snapshot SET state = 'dropped' WHERE state = 'filling' OR (state = 'staged' AND NOT ?)
                    """,
                arguments: [butWhole]
            )
        }
        try clearDropped()
    }

    /// Removes dropped snapshots with their files.
    private func clearDropped() throws(StoreError) {
        try write(.bulk) { database in try database.execute(sql: "DELETE FROM snapshot WHERE state = 'dropped'") }
        let kept = try read { database in try Int64.fetchAll(database, sql: "SELECT number FROM snapshot") }
        do {
            try shelf.keep(only: Set(kept))
        } catch {
            throw StoreError(error)
        }
    }

    /// Puts the current snapshot on the shelf when the store is opened. One whose file is gone is none.
    func openSnapshots() throws(StoreError) {
        guard let current = try snapshot() else { return }
        if let path = shelf.path(current.number), !FileManager.default.fileExists(atPath: path) {
            try write(.bulk) { database in
                try database.execute(sql: "DELETE FROM snapshot WHERE number = ?", arguments: [current.number])
            }
            return
        }
        do {
            try shelf.use(current.number)
        } catch {
            throw StoreError(error)
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
            rejectedCount: row.count(5) ?? 0,
            state: try row.text(6).flatMap(State.init(rawValue:)).orDamaged("snapshot in an unknown state"),
            base: row.number(7),
            checkedAt: row.moment(8),
            wholeAt: row.moment(9),
            changesBefore: row.number(10)
        )
    }
}
