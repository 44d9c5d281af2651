import Foundation
import GRDB
package import Library
import Tags

extension Store {
    /// Opens a sweep; on the disk before it returns.
    package func startSweep(_ scope: SweepScope, at moment: Moment) throws(StoreError) -> Sweep {
        try write { database in
            let snapshot = try Self.currentSnapshot(database)?.number
            let span = scope.callNumbers
            try database.execute(
                sql: """
                    INSERT INTO sweep (branch, location, fromCallNumber, toCallNumber, scheme, lowerKey, upperKey,
                    statuses, snapshot, startedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    scope.branch, scope.location, span?.from, span?.to, span?.scheme.rawValue,
                    (span?.range.lower).map { Data($0) }, (span?.range.upper).map { Data($0) },
                    scope.statuses.map(\.rawValue).sorted().joined(separator: "\n"), snapshot, moment.milliseconds,
                ]
            )
            return Sweep(id: database.lastInsertedRowID, scope: scope, snapshot: snapshot, startedAt: moment)
        }
    }

    /// Adds sightings to the sweep's log, on the disk before it returns. Returns how many were new.
    ///
    /// A sighting that is there already, by reader, UID and moment, stays as it is. A finished sweep takes late
    /// uploads too. Give it portions: each call waits for the disk once.
    @discardableResult
    package func append(_ sightings: [Sighting], to sweep: Sweep.ID) throws(StoreError) -> Int {
        try write { database in
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO sighting (sweep, uid, barcode, reader, at, pass, afi, antenna, signal)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sweep, reader, uid, at) DO NOTHING
                    """
            )
            var new = 0
            for sighting in sightings {
                try insert.execute(arguments: [
                    sweep, sighting.uid.stored, sighting.barcode, sighting.reader, sighting.at.milliseconds,
                    sighting.pass, sighting.afi, sighting.antenna, sighting.signal,
                ])
                new += database.changesCount
            }
            return new
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
        try write { database in
            try database.execute(
                sql: "UPDATE sweep SET finishedAt = ? WHERE id = ? AND finishedAt IS NULL",
                arguments: [moment.milliseconds, sweep]
            )
            return try Self.sweep("WHERE id = ?", [sweep], database)
        }
    }

    /// The sweep with this number; `nil` when there is none.
    package func sweep(_ id: Sweep.ID) throws(StoreError) -> Sweep? {
        try read { database in try Self.sweep("WHERE id = ?", [id], database) }
    }

    /// The sweep that was started last, open or not.
    package func latestSweep() throws(StoreError) -> Sweep? {
        try read { database in try Self.sweep("ORDER BY id DESC LIMIT 1", [], database) }
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
        startedAt, finishedAt FROM sweep
        """

    private static func sweep(
        _ condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> Sweep? {
        try Row.fetchOne(database, sql: "\(selectSweep) \(condition)", arguments: arguments).map(Sweep.init(row:))
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
                callNumbers: span,
                statuses: Set(statuses)
            ),
            snapshot: row.number(9),
            startedAt: try row.moment(10).orDamaged("sweep without moment"),
            finishedAt: row.moment(11)
        )
    }
}

extension Sighting {
    fileprivate init(row: Row) throws {
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
