import GRDB
package import Library
import Tags

extension Store {
    /// Writes down what is about to be written to an item's tags; on the disk before it returns. Returns its number.
    ///
    /// Older intents of the same tags that are still open end as ``SecurityOutcome/superseded``: taken up again later
    /// they would undo this one.
    package func record(_ intent: SecurityIntent) throws(StoreError) -> SecurityRecord.ID {
        try write { database in
            let older = try Self.openIntents(of: intent.changes.map(\.uid), database)
            try database.execute(
                sql: "INSERT INTO securityIntent (barcode, wanted, cause, reader, at) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    intent.barcode, intent.wanted.rawValue, intent.cause.rawValue, intent.reader,
                    intent.at.milliseconds,
                ]
            )
            let id = database.lastInsertedRowID
            let insert = try database.cachedStatement(
                sql: "INSERT INTO securityChange (intent, uid, before, wanted) VALUES (?, ?, ?, ?)"
            )
            for change in intent.changes {
                try insert.execute(arguments: [id, change.uid.stored, change.before, change.wanted])
            }
            let superseded = SecurityResult(outcome: .superseded, reason: "change \(id) of the same tags took over")
            for old in older { try Self.insert(superseded, of: old, at: intent.at, database) }
            return id
        }
    }

    /// Writes down what was read back; on the disk before it returns. A settled outcome closes the intent for good.
    package func record(
        _ result: SecurityResult,
        of intent: SecurityRecord.ID,
        at moment: Moment
    ) throws(StoreError) {
        try write { database in try Self.insert(result, of: intent, at: moment, database) }
    }

    private static func insert(
        _ result: SecurityResult,
        of intent: Int64,
        at moment: Moment,
        _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO securityResult (intent, outcome, reason, at) VALUES (?, ?, ?, ?)",
            arguments: [intent, result.outcome.rawValue, result.reason, moment.milliseconds]
        )
        let id = database.lastInsertedRowID
        let insert = try database.cachedStatement(
            sql: "INSERT INTO securityReadBack (result, uid, afi) VALUES (?, ?, ?)"
        )
        for (uid, afi) in result.readBack { try insert.execute(arguments: [id, uid.stored, afi]) }
        guard result.outcome.isSettled else { return }
        try database.execute(
            sql: "UPDATE securityIntent SET settledAt = ? WHERE id = ? AND settledAt IS NULL",
            arguments: [moment.milliseconds, intent]
        )
    }

    private static func openIntents(of tags: [TagUID], _ database: Database) throws -> Set<Int64> {
        let select = try database.cachedStatement(
            sql: """
                SELECT id FROM securityIntent JOIN securityChange ON intent = id
                WHERE uid = ? AND settledAt IS NULL
                """
        )
        var open: Set<Int64> = []
        for tag in tags { open.formUnion(try Int64.fetchAll(select, arguments: [tag.stored])) }
        return open
    }

    /// Intents whose tags are not known to be as wanted or as before, the oldest first: what is left to put right.
    package func openIntents() throws(StoreError) -> [SecurityRecord] {
        try read { database in try Self.records("WHERE settledAt IS NULL ORDER BY id", [], database) }
    }

    /// The journal from behind number `id` on, in order, `limit` entries at most.
    package func journal(after id: SecurityRecord.ID = 0, limit: Int = 100) throws(StoreError) -> [SecurityRecord] {
        try read { database in
            try Self.records("WHERE id > ? ORDER BY id LIMIT ?", [id, max(0, limit)], database)
        }
    }

    private static func records(
        _ condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> [SecurityRecord] {
        try Row.fetchAll(
            database,
            sql: "SELECT id, barcode, wanted, cause, reader, at, settledAt FROM securityIntent \(condition)",
            arguments: arguments
        ).map { row in
            let id = try row.number(0).orDamaged("security intent without number")
            return SecurityRecord(
                id: id,
                intent: SecurityIntent(
                    barcode: try row.text(1).orDamaged("security intent without barcode"),
                    changes: try changes(of: id, database),
                    wanted: try row.text(2).flatMap(SecurityState.init(rawValue:)).orDamaged("unknown security state"),
                    cause: row.text(3).flatMap(SecurityCause.init(rawValue:)) ?? .staff,
                    reader: row.text(4) ?? "",
                    at: try row.moment(5).orDamaged("security intent without moment")
                ),
                lastResult: try lastResult(of: id, database),
                settledAt: row.moment(6)
            )
        }
    }

    private static func changes(of intent: Int64, _ database: Database) throws -> [SecurityChange] {
        let select = try database.cachedStatement(
            sql: "SELECT uid, before, wanted FROM securityChange WHERE intent = ? ORDER BY uid"
        )
        return try Row.fetchAll(select, arguments: [intent]).map { row in
            SecurityChange(
                uid: try row.uid(0),
                before: try row.byte(1).orDamaged("security change without AFI"),
                wanted: try row.byte(2).orDamaged("security change without AFI")
            )
        }
    }

    private static func lastResult(of intent: Int64, _ database: Database) throws -> SecurityResult? {
        let select = try database.cachedStatement(
            sql: "SELECT id, outcome, reason FROM securityResult WHERE intent = ? ORDER BY id DESC LIMIT 1"
        )
        guard let row = try Row.fetchOne(select, arguments: [intent]) else { return nil }
        let readBack = try database.cachedStatement(sql: "SELECT uid, afi FROM securityReadBack WHERE result = ?")
        var found: [TagUID: UInt8] = [:]
        for tag in try Row.fetchAll(readBack, arguments: [row.number(0)]) { found[try tag.uid(0)] = tag.byte(1) }
        return SecurityResult(
            outcome: row.text(1).flatMap(SecurityOutcome.init(rawValue:)) ?? .uncertain,
            reason: row.text(2) ?? "",
            readBack: found
        )
    }
}
