import GRDB
package import Library
import Tags

extension Store {
    /// Writes an alarm down, on the disk before it returns; call it behind the siren, never before. Returns its number.
    package func record(_ alarm: GateAlarm) throws(StoreError) -> GateAlarmRecord.ID {
        try write { database in
            try database.execute(
                sql: "INSERT INTO gateAlarm (gate, at) VALUES (?, ?)",
                arguments: [alarm.gate, alarm.at.milliseconds]
            )
            let id = database.lastInsertedRowID
            try Self.insert(alarm.items, to: id, database)
            return id
        }
    }

    /// Adds items of the same stack to an alarm that is written down already; on the disk before it returns.
    package func join(_ items: [GateAlarmItem], to alarm: GateAlarmRecord.ID) throws(StoreError) {
        try write { database in try Self.insert(items, to: alarm, database) }
    }

    private static func insert(_ items: [GateAlarmItem], to alarm: Int64, _ database: Database) throws {
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO gateAlarmItem (alarm, position, uid, barcode, afi, reason, evidence)
                VALUES (?1, (SELECT COUNT(*) FROM gateAlarmItem WHERE alarm = ?1), ?2, ?3, ?4, ?5, ?6)
                """
        )
        for item in items {
            try insert.execute(arguments: [
                alarm, item.uid.stored, item.barcode, item.afi, item.reason.rawValue, item.evidence,
            ])
        }
    }

    /// Alarms with a number above `id`, in order, `limit` at most: for whoever follows along.
    package func alarms(after id: GateAlarmRecord.ID, limit: Int = 100) throws(StoreError) -> [GateAlarmRecord] {
        try read { database in
            try Self.alarms("WHERE id > ? ORDER BY id LIMIT ?", [id, max(0, limit)], database)
        }
    }

    /// The last alarms, the newest first.
    package func latestAlarms(limit: Int = 100) throws(StoreError) -> [GateAlarmRecord] {
        try read { database in try Self.alarms("ORDER BY id DESC LIMIT ?", [max(0, limit)], database) }
    }

    /// Writes down what was carried through a gate; not promised to the disk, call it in portions.
    package func record(_ passages: [GatePassage]) throws(StoreError) {
        try write(.bulk) { database in
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO gatePassage (gate, at, uid, barcode, afi, response, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """
            )
            for passage in passages {
                try insert.execute(arguments: [
                    passage.gate, passage.at.milliseconds, passage.uid.stored, passage.barcode, passage.afi,
                    passage.response.rawValue, passage.reason.rawValue,
                ])
            }
        }
    }

    /// The last passages, the newest first.
    package func latestPassages(limit: Int = 100) throws(StoreError) -> [GatePassage] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT gate, at, uid, barcode, afi, response, reason FROM gatePassage ORDER BY id DESC LIMIT ?
                    """,
                arguments: [max(0, limit)]
            ).map(GatePassage.init(row:))
        }
    }

    /// Forgets alarms and passages from before `moment`. Returns how many of both went.
    @discardableResult
    package func forgetGateEvents(before moment: Moment) throws(StoreError) -> Int {
        try write { database in
            var forgotten = 0
            for table in ["gateAlarm", "gatePassage"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE at < ?", arguments: [moment.milliseconds])
                forgotten += database.changesCount
            }
            return forgotten
        }
    }

    private static func alarms(
        _ condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> [GateAlarmRecord] {
        let items = try database.cachedStatement(
            sql: "SELECT uid, barcode, afi, reason, evidence FROM gateAlarmItem WHERE alarm = ? ORDER BY position"
        )
        return try Row.fetchAll(
            database,
            sql: "SELECT id, gate, at FROM gateAlarm \(condition)",
            arguments: arguments
        ).map { row in
            let id = try row.number(0).orDamaged("alarm without number")
            return GateAlarmRecord(
                id: id,
                alarm: GateAlarm(
                    gate: row.text(1) ?? "",
                    at: try row.moment(2).orDamaged("alarm without moment"),
                    items: try Row.fetchAll(items, arguments: [id]).map(GateAlarmItem.init(row:))
                )
            )
        }
    }
}

extension GateAlarmItem {
    fileprivate init(row: Row) throws {
        self.init(
            uid: try row.uid(0),
            barcode: row.text(1),
            afi: row.byte(2),
            reason: try row.text(3).flatMap(GateReason.init(rawValue:)).orDamaged("alarm with an unknown reason"),
            evidence: row.text(4) ?? ""
        )
    }
}

extension GatePassage {
    fileprivate init(row: Row) throws {
        self.init(
            gate: row.text(0) ?? "",
            at: try row.moment(1).orDamaged("passage without moment"),
            uid: try row.uid(2),
            barcode: row.text(3),
            afi: row.byte(4),
            response: try row.text(5).flatMap(GateResponse.init(rawValue:)).orDamaged(
                "passage with an unknown response"
            ),
            reason: try row.text(6).flatMap(GateReason.init(rawValue:)).orDamaged("passage with an unknown reason")
        )
    }
}
