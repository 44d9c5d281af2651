import GRDB
package import Library
package import Tags

extension Store {
    /// Writes down what is about to be written to an item's tags; on the disk before it returns. Returns its number.
    ///
    /// - Parameter isAgreed: `false` when the library system has yet to be asked; see ``confirm(_:)``.
    package func record(_ intent: SecurityIntent, isAgreed: Bool = true) throws(StoreError) -> SecurityRecord.ID {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO securityIntent (barcode, wanted, cause, reader, at, isAgreed)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    intent.barcode, intent.wanted.rawValue, intent.cause.rawValue, intent.reader,
                    intent.at.milliseconds, isAgreed,
                ]
            )
            let id = database.lastInsertedRowID
            if !isAgreed { asked.begin(id) }
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO securityMark (intent, uid, beforeAFI, beforeEAS, wantedAFI, wantedEAS)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """
            )
            for change in intent.changes {
                try insert.execute(arguments: [
                    id, change.uid.stored, change.before.afi, change.before.eas, change.wanted.afi,
                    change.wanted.eas,
                ])
            }
            return id
        }
    }

    /// Writes down that the loan or return of an intent stands; on the disk before it returns.
    package func confirm(_ intent: SecurityRecord.ID) throws(StoreError) {
        // The question is over, also where that could not be written down.
        defer { asked.end(intent) }
        try write { database in
            try database.execute(sql: "UPDATE securityIntent SET isAgreed = 1 WHERE id = ?", arguments: [intent])
        }
    }

    /// Writes down what was read back; on the disk before it returns. A settled outcome closes the intent for good.
    ///
    /// With it older intents of the same tags that are still open end as ``SecurityOutcome/superseded`` when this one
    /// has come to what was wanted: taken up again later they would undo it. A return that stands and leaves the tags
    /// as they are ends the releases before it all the same: what they were made for is over.
    package func record(
        _ result: SecurityResult,
        of intent: SecurityRecord.ID,
        at moment: Moment
    ) throws(StoreError) {
        defer { asked.end(intent) }
        try write { database in
            try Self.insert(result, of: intent, at: moment, database)
            guard result.outcome == .done || result.outcome == .kept else { return }
            let superseded = SecurityResult(outcome: .superseded, reason: "change \(intent) of the same tags took over")
            let tags = try Self.changes(of: intent, database).map(\.uid)
            for older in try Self.openIntents(of: tags, database) where older < intent {
                if result.outcome == .kept, try !Self.isReturn(intent, after: older, database) { continue }
                try Self.insert(superseded, of: older, at: moment, database)
            }
        }
    }

    /// Whether an intent shall secure what an older one was to release.
    private static func isReturn(_ intent: Int64, after older: Int64, _ database: Database) throws -> Bool {
        let wanted = try database.cachedStatement(sql: "SELECT wanted FROM securityIntent WHERE id = ?")
        return try String.fetchOne(wanted, arguments: [intent]) == SecurityState.armed.rawValue
            && String.fetchOne(wanted, arguments: [older]) == SecurityState.disarmed.rawValue
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
            sql: "INSERT INTO securityReading (result, uid, afi, eas) VALUES (?, ?, ?, ?)"
        )
        for (uid, mark) in result.readBack { try insert.execute(arguments: [id, uid.stored, mark.afi, mark.eas]) }
        let causes = SecurityCause.allCases.filter(result.outcome.settles).map(\.rawValue)
        try database.execute(
            literal: """
                UPDATE securityIntent SET settledAt = \(moment.milliseconds)
                WHERE id = \(intent) AND settledAt IS NULL AND cause IN \(causes)
                """
        )
    }

    private static func openIntents(of tags: [TagUID], _ database: Database) throws -> Set<Int64> {
        let select = try database.cachedStatement(
            sql: """
                SELECT id FROM securityIntent JOIN securityMark ON intent = id
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

    /// How many intents are open.
    package func openIntentCount() throws(StoreError) -> Int {
        try look { database in
            let count = try database.cachedStatement(
                sql: "SELECT COUNT(*) FROM securityIntent WHERE settledAt IS NULL"
            )
            return try Int.fetchOne(count) ?? 0
        }
    }

    /// The journal from behind number `id` on, in order, `limit` entries at most.
    package func journal(after id: SecurityRecord.ID = 0, limit: Int = 100) throws(StoreError) -> [SecurityRecord] {
        try read { database in
            try Self.records("WHERE id > ? ORDER BY id LIMIT ?", [id, max(0, limit)], database)
        }
    }

    /// Of the open intents those of these tags, the oldest first.
    package func openIntents(of tags: some Sequence<TagUID>) throws(StoreError) -> [SecurityRecord] {
        let tags = Array(tags)
        return try read { database in
            let open = try Self.openIntents(of: tags, database)
            return try open.sorted().flatMap { try Self.records("WHERE id = ?", [$0], database) }
        }
    }

    /// The number of the last entry, 0 for none: what stands behind it is younger, whatever clocks say.
    package func lastSecurityChange() throws(StoreError) -> SecurityRecord.ID { try read(Self.lastChange) }

    /// What has been said of items until now: what stands behind it was said later, whatever clocks say.
    package func said() throws(StoreError) -> WordAges.Place {
        try read { database in
            let snapshot = try Int64.fetchOne(database, sql: "SELECT MAX(number) FROM snapshot")
            return WordAges.Place(change: try Self.lastChange(database), snapshot: snapshot ?? 0)
        }
    }

    /// The number of the last entry that holdings know of which are made from now on, 0 for none. One whose question is
    /// out may become true behind them: neither it counts nor what stands behind it.
    package func lastChangeForHoldings() throws(StoreError) -> SecurityRecord.ID { try read(lastChangeForHoldings) }

    func lastChangeForHoldings(_ database: Database) throws -> SecurityRecord.ID {
        let last = try Self.lastChange(database)
        return asked.first.map { min(last, $0 - 1) } ?? last
    }

    private static func lastChange(_ database: Database) throws -> SecurityRecord.ID {
        try Int64.fetchOne(database, sql: "SELECT MAX(id) FROM securityIntent") ?? 0
    }

    /// The newest entry about an item; `nil` when there is none.
    package func lastChange(of barcode: String) throws(StoreError) -> SecurityRecord? {
        try read { database in
            try Self.records("WHERE barcode = ? ORDER BY id DESC LIMIT 1", [barcode], database).first
        }
    }

    /// The newest entry that says how an item came to stand as it does; `nil` when there is none.
    ///
    /// What the library system declined has changed nothing, and a repair only follows what is known: neither hides the
    /// loan or return before it.
    package func lastWord(of barcode: String) throws(StoreError) -> SecurityRecord? {
        try read { database in
            try Self.records(
                """
                WHERE barcode = ?1 AND cause <> ?2 AND (
                    SELECT outcome FROM securityResult WHERE intent = securityIntent.id
                    ORDER BY securityResult.id DESC LIMIT 1
                ) IS NOT ?3 ORDER BY id DESC LIMIT 1
                """,
                [barcode, SecurityCause.repair.rawValue, SecurityOutcome.declined.rawValue],
                database
            ).first
        }
    }

    /// The newest loan or return of an item that was not declined; `nil` when there is none. One that may yet be agreed
    /// counts, and a change by hand hides none: it says nothing about how the item stands.
    package func lastLoan(of barcode: String) throws(StoreError) -> SecurityRecord? {
        try read { database in
            try Self.records(
                """
                WHERE barcode = ?1 AND cause IN (?2, ?3) AND (
                    SELECT outcome FROM securityResult WHERE intent = securityIntent.id
                    ORDER BY securityResult.id DESC LIMIT 1
                ) IS NOT ?4 ORDER BY id DESC LIMIT 1
                """,
                [
                    barcode, SecurityCause.checkout.rawValue, SecurityCause.checkin.rawValue,
                    SecurityOutcome.declined.rawValue,
                ],
                database
            ).first
        }
    }

    /// The last entries of the journal before number `id`, or of all; the newest first, of one item or of all.
    package func latestChanges(
        of barcode: String? = nil,
        before id: SecurityRecord.ID? = nil,
        limit: Int = 100
    ) throws(StoreError) -> [SecurityRecord] {
        try read { database in
            try Self.records(
                "WHERE (?1 IS NULL OR barcode = ?1) AND id < ?2 ORDER BY id DESC LIMIT ?3",
                [barcode, id ?? .max, max(0, limit)],
                database
            )
        }
    }

    private static func records(
        _ condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> [SecurityRecord] {
        try Row.fetchAll(
            database,
            sql: "SELECT id, barcode, wanted, cause, reader, at, settledAt, isAgreed FROM securityIntent \(condition)",
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
                isAgreed: row.number(7) != 0,
                lastResult: try lastResult(of: id, database),
                settledAt: row.moment(6)
            )
        }
    }

    private static func changes(of intent: Int64, _ database: Database) throws -> [SecurityChange] {
        let select = try database.cachedStatement(
            sql: """
                SELECT uid, beforeAFI, beforeEAS, wantedAFI, wantedEAS FROM securityMark WHERE intent = ? ORDER BY uid
                """
        )
        return try Row.fetchAll(select, arguments: [intent]).map { row in
            SecurityChange(
                uid: try row.uid(0),
                before: SecurityMark(afi: row.byte(1), eas: row.truth(2)),
                wanted: SecurityMark(afi: row.byte(3), eas: row.truth(4))
            )
        }
    }

    private static func lastResult(of intent: Int64, _ database: Database) throws -> SecurityResult? {
        let select = try database.cachedStatement(
            sql: "SELECT id, outcome, reason FROM securityResult WHERE intent = ? ORDER BY id DESC LIMIT 1"
        )
        guard let row = try Row.fetchOne(select, arguments: [intent]) else { return nil }
        let readBack = try database.cachedStatement(sql: "SELECT uid, afi, eas FROM securityReading WHERE result = ?")
        var found: [TagUID: SecurityMark] = [:]
        for tag in try Row.fetchAll(readBack, arguments: [row.number(0)]) {
            found[try tag.uid(0)] = SecurityMark(afi: tag.byte(1), eas: tag.truth(2))
        }
        return SecurityResult(
            outcome: row.text(1).flatMap(SecurityOutcome.init(rawValue:)) ?? .uncertain,
            reason: row.text(2) ?? "",
            readBack: found
        )
    }
}
