import GRDB
package import Library
import Tags

/// What goes on around sweeps: changes of status, lists that ring, moves that were done, what was told to other
/// systems.
extension Store {
    /// Keeps changes of status; the same one twice is one.
    package func record(_ changes: [StatusChange]) throws(StoreError) {
        try write { database in
            let insert = try database.cachedStatement(
                sql: "INSERT INTO statusChange (barcode, status, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            )
            for change in changes {
                try insert.execute(arguments: [change.barcode, change.status.rawValue, change.at.milliseconds])
            }
        }
    }

    /// Changes of status from `moment` on, up to `end` where one is given, the oldest first.
    package func statusChanges(since moment: Moment, until end: Moment? = nil) throws(StoreError) -> [StatusChange] {
        let last = end?.milliseconds ?? Int64.max
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT barcode, status, at FROM statusChange WHERE at >= ? AND at <= ?
                    ORDER BY at, barcode, status
                    """,
                arguments: [moment.milliseconds, last]
            ).compactMap { row in
                guard let barcode = row.text(0), let at = row.moment(2) else { return nil }
                return StatusChange(
                    barcode: barcode,
                    status: ItemStatus(rawValue: row.text(1) ?? "") ?? .unknown,
                    at: at
                )
            }
        }
    }

    /// Notes that a move of the sweep's list was done; doing it again keeps the first moment.
    package func markMove(_ barcode: String, of sweep: Sweep.ID, at moment: Moment?) throws(StoreError) {
        try write { database in
            guard let moment else {
                return try database.execute(
                    sql: "DELETE FROM sweepMove WHERE sweep = ? AND barcode = ?",
                    arguments: [sweep, barcode]
                )
            }
            try database.execute(
                sql: "INSERT INTO sweepMove (sweep, barcode, doneAt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [sweep, barcode, moment.milliseconds]
            )
        }
    }

    /// Barcodes of the sweep's moves that were done.
    package func movesDone(of sweep: Sweep.ID) throws(StoreError) -> Set<String> {
        try read { database in
            Set(
                try String.fetchAll(
                    database,
                    sql: "SELECT barcode FROM sweepMove WHERE sweep = ?",
                    arguments: [sweep]
                )
            )
        }
    }

    /// The items on either side of one by call number at its location, the nearest first, two of each.
    package func neighbours(of shelved: ShelvedItem) throws(StoreError) -> (before: [Item], behind: [Item]) {
        guard let key = shelved.key else { return ([], []) }
        let place = shelved.item.permanentLocation ?? shelved.item.location
        func side(_ comparison: String, _ order: String, _ database: Database) throws -> [Item] {
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ShelvedItem.columns) FROM item
                    WHERE shelfKey \(comparison) ?1
                    AND barcode <> ?2 AND COALESCE(permanentLocation, location) IS ?3
                    ORDER BY shelfKey \(order), barcode LIMIT 2
                    """,
                arguments: [key.stored, shelved.item.barcode, place]
            ).map { try ShelvedItem(row: $0).item }
        }
        return try readHoldings(else: ([], [])) { database in
            (try side("<=", "DESC", database), try side(">", "ASC", database))
        }
    }

    /// Keeps what another system was told of a sweep's items, or what came of it; on the disk before it returns.
    package func recordWriteBack(of sweep: Sweep.ID, _ results: [WriteBackResult]) throws(StoreError) {
        try write { database in
            let insert = try database.cachedStatement(
                sql: "INSERT INTO writeBack (sweep, route, barcode, at, state, result) VALUES (?, ?, ?, ?, ?, ?)"
            )
            for result in results {
                try insert.execute(arguments: [
                    sweep, result.route.rawValue, result.barcode, result.at.milliseconds, result.state.rawValue,
                    result.result,
                ])
            }
        }
    }

    /// What was told of a sweep's items, in the order of telling.
    package func writeBacks(of sweep: Sweep.ID) throws(StoreError) -> [WriteBackResult] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT route, barcode, at, state, result FROM writeBack WHERE sweep = ? ORDER BY id",
                arguments: [sweep]
            ).compactMap(WriteBackResult.init(row:))
        }
    }

    /// What was told last of each item by one route, by barcode.
    package func latestWriteBacks(
        of sweep: Sweep.ID,
        route: WriteBackRoute
    ) throws(StoreError) -> [String: WriteBackResult] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT route, barcode, at, state, result FROM writeBack
                    WHERE id IN (SELECT MAX(id) FROM writeBack WHERE sweep = ? AND route = ? GROUP BY barcode)
                    """,
                arguments: [sweep, route.rawValue]
            )
            return Dictionary(rows.compactMap(WriteBackResult.init(row:)).map { ($0.barcode, $0) }) { $1 }
        }
    }
}

extension WriteBackResult {
    fileprivate init?(row: Row) {
        guard let route = row.text(0).flatMap(WriteBackRoute.init(rawValue:)), let barcode = row.text(1),
            let at = row.moment(2), let state = row.text(3).flatMap(WriteBackState.init(rawValue:)),
            let result = row.text(4)
        else { return nil }
        self.init(route: route, barcode: barcode, at: at, state: state, result: result)
    }
}
