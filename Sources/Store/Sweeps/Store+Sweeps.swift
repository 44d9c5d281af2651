import Foundation
import GRDB
package import Library
package import Tags

extension Store {
    /// Opens a sweep; on the disk before it returns.
    package func startSweep(
        _ scope: SweepScope,
        plan: SweepPlan = SweepPlan(),
        at moment: Moment
    ) throws(StoreError) -> Sweep {
        try write { database in
            let snapshot = try Self.currentSnapshot(database)?.number
            let span = scope.callNumbers
            try database.execute(
                sql: """
                    INSERT INTO sweep (branch, location, fromCallNumber, toCallNumber, scheme, lowerKey, upperKey,
                    statuses, snapshot, startedAt, project, assignee, readers, background, items, collection)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    scope.branch, scope.location, span?.from, span?.to, span?.scheme.rawValue,
                    (span?.range.lower).map { Data($0) }, (span?.range.upper).map { Data($0) },
                    scope.statuses.map(\.rawValue).sorted().joined(separator: "\n"), snapshot, moment.milliseconds,
                    plan.project, plan.assignee, plan.readers.sorted().joined(separator: "\n"), plan.background,
                    scope.items.map { $0.sorted().joined(separator: "\n") }, scope.collection,
                ]
            )
            let id = database.lastInsertedRowID
            return Sweep(id: id, scope: scope, snapshot: snapshot, startedAt: moment, plan: plan)
        }
    }

    /// Hands out the sweep's log in the order in which it was written, one sighting at a time, however long it is.
    ///
    /// `body` must not call the store: it runs within a read.
    package func forEachSighting(
        of sweep: Sweep.ID,
        _ body: (Sighting) throws -> Void
    ) throws(StoreError) {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT uid, barcode, reader, at, pass, afi, antenna, signal FROM sighting
                    WHERE sweep = ? ORDER BY id
                    """,
                arguments: [sweep]
            )
            while let row = try rows.next() { try body(Sighting(row: row)) }
        }
    }

    /// The sweep's whole log in the order in which it was written.
    package func sightings(of sweep: Sweep.ID) throws(StoreError) -> [Sighting] {
        var sightings: [Sighting] = []
        try forEachSighting(of: sweep) { sighting in sightings.append(sighting) }
        return sightings
    }

    /// Marks the sweep as over; finishing it again keeps the first moment. `nil` when there is no such sweep.
    @discardableResult
    package func finish(_ sweep: Sweep.ID, at moment: Moment) throws(StoreError) -> Sweep? {
        try write { database in try Self.finish(sweep, at: moment, database) }
    }

    static func finish(_ sweep: Sweep.ID, at moment: Moment, _ database: Database) throws -> Sweep? {
        try database.execute(
            sql: "UPDATE sweep SET finishedAt = ? WHERE id = ? AND finishedAt IS NULL",
            arguments: [moment.milliseconds, sweep]
        )
        return try Self.sweep("WHERE id = ?", [sweep], database)
    }

    /// The sweep with this number; `nil` when there is none.
    package func sweep(_ id: Sweep.ID) throws(StoreError) -> Sweep? {
        try read { database in try Self.sweep("WHERE id = ?", [id], database) }
    }

    /// The sweep that was started last, open or not.
    package func latestSweep() throws(StoreError) -> Sweep? {
        try look { database in try Self.sweep("ORDER BY id DESC LIMIT 1", [], database) }
    }

    /// All sweeps before number `id`, or of all, the newest first, `limit` at most; only those of `project` when it is
    /// given.
    package func sweeps(
        project: String? = nil,
        before id: Sweep.ID? = nil,
        limit: Int = 100
    ) throws(StoreError) -> [Sweep] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "\(Self.selectSweep) WHERE (?1 IS NULL OR project = ?1) AND id < ?2 ORDER BY id DESC LIMIT ?3",
                arguments: [project, id ?? .max, max(0, limit)]
            ).map(Sweep.init(row:))
        }
    }

    /// What the scope's items are, in shelf order, packed: for a shelf of any size.
    package func expectedShelf(of scope: SweepScope) throws(StoreError) -> ExpectedShelf {
        var shelf = ExpectedShelf()
        try forEachItem(in: scope) { shelf.add($0) }
        let known = try items(barcodes: shelf.furtherBarcodes)
        shelf.drop(furtherBarcodes: known.filter { $0.key == $0.value.item.barcode }.keys)
        return shelf
    }

    /// Hands out the sweep's log with what is remembered of each tag, one sighting at a time.
    ///
    /// `body` must not call the store: it runs within a read.
    package func forEachSighting(
        of sweep: Sweep.ID,
        withTags body: (Sighting, TagRecord?) throws -> Void
    ) throws(StoreError) {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT s.uid, s.barcode, s.reader, s.at, s.pass, s.afi, s.antenna, s.signal,
                    t.uid, t.barcode, t.model, t.setTotal, t.setOrdinal, t.owner, t.afi, t.readAt
                    FROM sighting s LEFT JOIN tag t ON t.uid = s.uid WHERE s.sweep = ? ORDER BY s.id
                    """,
                arguments: [sweep]
            )
            while let row = try rows.next() {
                try body(Sighting(row: row), row.number(8) == nil ? nil : TagRecord(row: row, from: 8))
            }
        }
    }

    /// The tags that a reader was heard with in the sweep, each with the barcodes that it was logged with.
    package func tagsHeard(
        by reader: String,
        in sweep: Sweep.ID
    ) throws(StoreError) -> [(uid: TagUID, barcode: String?)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT DISTINCT uid, barcode FROM sighting WHERE sweep = ? AND reader = ?",
                arguments: [sweep, reader]
            ).map { row in (uid: try row.uid(0), barcode: row.text(1)) }
        }
    }

    /// Sightings in the sweep's log.
    package func sightingCount(of sweep: Sweep.ID) throws(StoreError) -> Int {
        try read { database in
            try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sighting WHERE sweep = ?", arguments: [sweep]) ?? 0
        }
    }

    /// Sweeps that were not finished, the oldest first: what to go on with after a restart.
    package func openSweeps() throws(StoreError) -> [Sweep] {
        try read { database in
            try Row.fetchAll(database, sql: "\(Self.selectSweep) WHERE finishedAt IS NULL ORDER BY id")
                .map(Sweep.init(row:))
        }
    }

    private static let selectSweep = """
        SELECT id, branch, location, fromCallNumber, toCallNumber, scheme, lowerKey, upperKey, statuses, snapshot,
        startedAt, finishedAt, project, assignee, readers, background, items, collection FROM sweep
        """

    private static func sweep(
        _ condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> Sweep? {
        let select = try database.cachedStatement(sql: "\(selectSweep) \(condition)")
        return try Row.fetchOne(select, arguments: arguments).map(Sweep.init(row:))
    }
}

extension Sweep {
    fileprivate init(row: Row) throws {
        var span: CallNumberSpan?
        if let scheme = row.text(5).flatMap(CallNumberScheme.init(rawValue:)), let lower = row.key(6),
            let upper = row.key(7)
        {
            let range = ShelfRange(lower: lower.bytes, upper: upper.bytes)
            span = CallNumberSpan(from: row.text(3), to: row.text(4), scheme: scheme, range: range)
        }
        let statuses = (row.text(8) ?? "").split(separator: "\n").compactMap { ItemStatus(rawValue: String($0)) }
        self.init(
            id: try row.number(0).orDamaged("sweep without number"),
            scope: SweepScope(
                branch: row.text(1),
                location: row.text(2),
                collection: row.text(17),
                callNumbers: span,
                items: row.text(16).map { Set($0.split(separator: "\n").map(String.init)) },
                statuses: Set(statuses)
            ),
            snapshot: row.number(9),
            startedAt: try row.moment(10).orDamaged("sweep without moment"),
            finishedAt: row.moment(11),
            plan: SweepPlan(
                project: row.text(12),
                assignee: row.text(13),
                readers: Set((row.text(14) ?? "").split(separator: "\n").map(String.init)),
                background: row.number(15) == 1
            )
        )
    }
}

extension Sighting {
    init(row: Row) throws {
        self.init(
            uid: try row.uid(0),
            barcode: row.text(1),
            reader: try row.text(2).orDamaged("sighting without reader"),
            at: try row.moment(3).orDamaged("sighting without moment"),
            pass: row.count(4) ?? 1,
            afi: row.byte(5),
            antenna: row.count(6),
            signal: row.count(7)
        )
    }
}
