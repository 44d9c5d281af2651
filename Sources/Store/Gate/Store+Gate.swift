import GRDB
package import Library
import Tags

extension Store {
    /// Writes an alarm down, on the disk before it returns; call it behind the siren, never before. Returns its number.
    package func record(_ alarm: GateAlarm) throws(StoreError) -> GateAlarmRecord.ID {
        try write { database in
            try database.execute(
                sql: "INSERT INTO gateAlarm (gate, at, quiet, lane, direction, bulk) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    alarm.gate, alarm.at.milliseconds, alarm.quiet?.rawValue, alarm.lane, alarm.direction?.rawValue,
                    alarm.isBulk,
                ]
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
                INSERT INTO gateAlarmItem (alarm, position, uid, barcode, afi, reason, evidence, antenna, origin)
                VALUES (?1, (SELECT COUNT(*) FROM gateAlarmItem WHERE alarm = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """
        )
        for item in items {
            try insert.execute(arguments: [
                alarm, item.uid.stored, item.barcode, item.afi, item.reason.rawValue, item.evidence, item.antenna,
                item.origin,
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

    /// The newest alarm; `nil` while there is none.
    package func latestAlarm() throws(StoreError) -> GateAlarmRecord? {
        try look { database in try Self.alarms("ORDER BY id DESC LIMIT 1", [], database).first }
    }

    /// How many alarms there were since then, quiet ones included.
    package func alarmCount(since moment: Moment) throws(StoreError) -> Int {
        try look { database in
            let count = try database.cachedStatement(sql: "SELECT COUNT(*) FROM gateAlarm WHERE at >= ?")
            return try Int.fetchOne(count, arguments: [moment.milliseconds]) ?? 0
        }
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

    /// Notes what an alarm turned out to be later: a theft in bulk, or which way it went; on the disk with the next
    /// write.
    package func amend(_ alarm: GateAlarmRecord.ID, isBulk: Bool, direction: GateDirection?) throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(
                sql: "UPDATE gateAlarm SET bulk = ?, direction = COALESCE(?, direction) WHERE id = ?",
                arguments: [isBulk, direction?.rawValue, alarm]
            )
        }
    }

    /// Notes what staff found; a second word replaces the first. Returns whether there is such an alarm.
    package func record(
        _ outcome: GateOutcome,
        of alarm: GateAlarmRecord.ID,
        at moment: Moment
    ) throws(StoreError) -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE gateAlarm SET outcome = ?, outcomeAt = ? WHERE id = ?",
                arguments: [outcome.rawValue, moment.milliseconds, alarm]
            )
            return database.changesCount > 0
        }
    }

    /// The alarm with this number; `nil` when there is none, or none any more.
    package func alarm(_ id: GateAlarmRecord.ID) throws(StoreError) -> GateAlarmRecord? {
        try read { database in try Self.alarms("WHERE id = ?", [id], database).first }
    }

    /// Alarms from `moment` on, oldest first; 100 000 at most.
    package func alarms(since moment: Moment) throws(StoreError) -> [GateAlarmRecord] {
        try read { database in
            try Self.alarms("WHERE at >= ? ORDER BY id LIMIT 100000", [moment.milliseconds], database)
        }
    }

    private static func alarms(
        _ condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> [GateAlarmRecord] {
        let items = try database.cachedStatement(
            sql: """
                SELECT uid, barcode, afi, reason, evidence, antenna, origin FROM gateAlarmItem WHERE alarm = ?
                ORDER BY position
                """
        )
        let select = try database.cachedStatement(
            sql: "SELECT id, gate, at, quiet, lane, direction, bulk, outcome FROM gateAlarm \(condition)"
        )
        return try Row.fetchAll(select, arguments: arguments).map { row in
            let id = try row.number(0).orDamaged("alarm without number")
            return GateAlarmRecord(
                id: id,
                alarm: GateAlarm(
                    gate: row.text(1) ?? "",
                    at: try row.moment(2).orDamaged("alarm without moment"),
                    items: try Row.fetchAll(items, arguments: [id]).map(GateAlarmItem.init(row:)),
                    quiet: row.text(3).flatMap(GateQuiet.init(rawValue:)),
                    lane: row.text(4),
                    direction: row.text(5).flatMap(GateDirection.init(rawValue:)),
                    isBulk: row.number(6) == 1
                ),
                outcome: row.text(7).flatMap(GateOutcome.init(rawValue:))
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
            evidence: row.text(4) ?? "",
            antenna: row.count(5),
            origin: row.text(6)
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
