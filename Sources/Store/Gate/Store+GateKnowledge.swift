import GRDB
package import Library
import Tags

/// What gates heard, whom they counted, how well they hear, and what was forgotten.
extension Store {
    /// Reads that are kept for replay at most, some 150 MB: a book that lies at a gate is read each second.
    package static let mostGateReads = 1_000_000

    /// Keeps reads for replay; not promised to the disk.
    package func record(_ reads: [GateRead]) throws(StoreError) {
        try write(.bulk) { database in
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO gateRead (gate, at, tag, afi, antenna, kind, owner, part, parts, status, source, knownAt,
                    returnedAt, passUntil, response, reason, eas)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            for read in reads {
                let facts = read.facts
                try insert.execute(arguments: [
                    read.gate, read.at.milliseconds, read.tag.stored, read.afi, read.antenna, facts.tag.rawValue,
                    facts.owner.rawValue, facts.part, facts.parts, facts.status?.rawValue, facts.source.rawValue,
                    facts.knownAt?.milliseconds, facts.returnedAt?.milliseconds, facts.passUntil?.milliseconds,
                    read.response.rawValue, read.reason.rawValue, read.eas,
                ])
            }
        }
    }

    /// Kept reads from `moment` on, oldest first, ``mostGateReads`` at most.
    package func reads(since moment: Moment) throws(StoreError) -> [GateRead] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT gate, at, tag, afi, antenna, kind, owner, part, parts, status, source, knownAt, returnedAt,
                    passUntil, response, reason, eas FROM gateRead WHERE at >= ? ORDER BY at, id LIMIT ?
                    """,
                arguments: [moment.milliseconds, Self.mostGateReads]
            ).map(GateRead.init(row:))
        }
    }

    /// The key of the pseudonyms in kept reads; `fresh` becomes the key when there is none yet.
    package func pseudonym(fresh: TagPseudonym, at moment: Moment) throws(StoreError) -> TagPseudonym {
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO gatePseudonym (id, first, second, madeAt) VALUES (1, ?, ?, ?)",
                arguments: [
                    Int64(bitPattern: fresh.key.0), Int64(bitPattern: fresh.key.1), moment.milliseconds,
                ]
            )
            return try Self.keptPseudonym(database).orDamaged("pseudonym without key")
        }
    }

    /// The key of the pseudonyms in kept reads; `nil` while none are kept.
    package func pseudonym() throws(StoreError) -> TagPseudonym? {
        try read { database in try Self.keptPseudonym(database) }
    }

    private static func keptPseudonym(_ database: Database) throws -> TagPseudonym? {
        guard let row = try Row.fetchOne(database, sql: "SELECT first, second FROM gatePseudonym") else { return nil }
        return TagPseudonym(
            key: UInt64(bitPattern: try row.number(0).orDamaged("pseudonym without key")),
            UInt64(bitPattern: try row.number(1).orDamaged("pseudonym without key"))
        )
    }

    /// Every pass, those that are over included until they are forgotten, by barcode.
    package func passes() throws(StoreError) -> [GatePass] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT barcode, kind, since, until FROM gatePass ORDER BY barcode").map {
                row in
                GatePass(
                    barcode: try row.text(0).orDamaged("pass without barcode"),
                    kind: row.text(1).flatMap(GatePass.Kind.init(rawValue:)) ?? .staff,
                    from: try row.moment(2).orDamaged("pass without beginning"),
                    until: try row.moment(3).orDamaged("pass without end")
                )
            }
        }
    }

    /// Gives an item leave; a former pass of the same item is replaced.
    package func record(_ pass: GatePass) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO gatePass (barcode, kind, since, until) VALUES (?, ?, ?, ?)",
                arguments: [pass.barcode, pass.kind.rawValue, pass.from.milliseconds, pass.until.milliseconds]
            )
        }
    }

    /// Takes an item's leave back. Returns whether it had one.
    package func removePass(barcode: String) throws(StoreError) -> Bool {
        try write { database in
            try database.execute(sql: "DELETE FROM gatePass WHERE barcode = ?", arguments: [barcode])
            return database.changesCount > 0
        }
    }

    /// Writes the end of a walk test down.
    package func record(walks: Int, heard: Int, gate: String, at moment: Moment) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO gateWalk (gate, at, walks, heard) VALUES (?, ?, ?, ?)",
                arguments: [gate, moment.milliseconds, walks, heard]
            )
        }
    }

    /// Test walks since `moment`: how many were heard, of how many.
    package func walks(since moment: Moment, gate: String? = nil) throws(StoreError) -> GateShare {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT SUM(heard), SUM(walks) FROM gateWalk WHERE at >= ?1 AND (?2 IS NULL OR gate = ?2)",
                arguments: [moment.milliseconds, gate]
            )
            return GateShare(row?.count(0) ?? 0, of: row?.count(1) ?? 0)
        }
    }

    /// Writes a self test with a sentinel tag down.
    package func record(
        _ test: SentinelTrend.Test,
        gate: String,
        antenna: Int
    ) throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO gateSentinel (gate, antenna, at, heard, looks) VALUES (?, ?, ?, ?, ?)",
                arguments: [gate, antenna, test.at.milliseconds, test.share.count, test.share.of]
            )
        }
    }

    /// The self tests of a gate by antenna.
    package func sentinels(gate: String) throws(StoreError) -> [Int: SentinelTrend] {
        try read { database in
            var trends: [Int: SentinelTrend] = [:]
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT antenna, at, heard, looks FROM gateSentinel WHERE gate = ? ORDER BY at",
                arguments: [gate]
            )
            for row in rows {
                let at = try row.moment(1).orDamaged("self test without moment")
                trends[row.count(0) ?? 0, default: SentinelTrend()].add(
                    SentinelTrend.Test(at: at, heard: row.count(2) ?? 0, looks: row.count(3) ?? 0)
                )
            }
            return trends
        }
    }

    /// Writes a gate's trouble, or its end, down.
    package func record(_ trouble: GateTrouble) throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(
                sql: "INSERT INTO gateTrouble (gate, kind, at, cause) VALUES (?, ?, ?, ?)",
                arguments: [trouble.gate, trouble.kind.rawValue, trouble.at.milliseconds, trouble.cause]
            )
        }
    }

    /// How many passages there were since `moment`, by reason; of one gate, or of all when `gate` is `nil`.
    package func passageCounts(since moment: Moment, gate: String? = nil) throws(StoreError) -> [GateReason: Int] {
        try read { database in
            var counts: [GateReason: Int] = [:]
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT reason, COUNT(*) FROM gatePassage
                    WHERE at >= ?1 AND (?2 IS NULL OR gate = ?2) GROUP BY reason
                    """,
                arguments: [moment.milliseconds, gate]
            )
            for row in rows {
                if let reason = row.text(0).flatMap(GateReason.init(rawValue:)) { counts[reason] = row.count(1) ?? 0 }
            }
            return counts
        }
    }
}

extension Store {
    /// Where an item's security was changed last: by which device, and what was done.
    package func lastSecurityChange(barcode: String) throws(StoreError) -> (device: String, procedure: String)? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT reader, cause FROM securityIntent WHERE barcode = ? ORDER BY id DESC LIMIT 1",
                arguments: [barcode]
            ).flatMap { row in row.text(0).map { ($0, row.text(1) ?? "") } }
        }
    }

    /// Forgets alarms, passages and reads from before `moment`, passes that ended before it, and writes down how many.
    ///
    /// Of the reads no more are left than `mostReads`, the newest. When no read is left the key of the pseudonyms goes
    /// too.
    @discardableResult
    package func forgetGateEvents(
        before moment: Moment,
        at now: Moment? = nil,
        mostReads: Int = mostGateReads
    ) throws(StoreError) -> GateForgetting {
        try write { database in
            var counts: [Int] = []
            for table in ["gateAlarm", "gatePassage", "gateRead"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE at < ?", arguments: [moment.milliseconds])
                counts.append(database.changesCount)
            }
            try database.execute(
                sql: "DELETE FROM gateRead WHERE id <= (SELECT MAX(id) FROM gateRead) - ?",
                arguments: [max(0, mostReads)]
            )
            counts[2] += database.changesCount
            try database.execute(sql: "DELETE FROM gatePass WHERE until < ?", arguments: [moment.milliseconds])
            try database.execute(sql: "DELETE FROM gateTrouble WHERE at < ?", arguments: [moment.milliseconds])
            try database.execute(sql: "DELETE FROM gatePseudonym WHERE NOT EXISTS (SELECT 1 FROM gateRead)")
            let forgetting = GateForgetting(
                at: now ?? moment,
                before: moment,
                alarms: counts[0],
                passages: counts[1],
                reads: counts[2]
            )
            try database.execute(
                sql: "INSERT INTO gateForgetting (at, before, alarms, passages, reads) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    forgetting.at.milliseconds, moment.milliseconds, forgetting.alarms, forgetting.passages,
                    forgetting.reads,
                ]
            )
            return forgetting
        }
    }

    /// The proof of forgetting: what went when, newest first, and the oldest event that is left.
    package func forgettings(
        limit: Int = 100
    ) throws(StoreError) -> (list: [GateForgetting], oldest: Moment?) {
        try read { database in
            let list = try Row.fetchAll(
                database,
                sql: "SELECT at, before, alarms, passages, reads FROM gateForgetting ORDER BY id DESC LIMIT ?",
                arguments: [max(0, limit)]
            ).map { row in
                GateForgetting(
                    at: try row.moment(0).orDamaged("forgetting without moment"),
                    before: try row.moment(1).orDamaged("forgetting without limit"),
                    alarms: row.count(2) ?? 0,
                    passages: row.count(3) ?? 0,
                    reads: row.count(4) ?? 0
                )
            }
            let oldest = try Row.fetchOne(
                database,
                sql: """
                    SELECT MIN(at) FROM (SELECT MIN(at) AS at FROM gateAlarm UNION ALL SELECT MIN(at) FROM gatePassage
                    UNION ALL SELECT MIN(at) FROM gateRead)
                    """
            )?.moment(0)
            return (list, oldest)
        }
    }
}

extension GateRead {
    fileprivate init(row: Row) throws {
        self.init(
            gate: row.text(0) ?? "",
            at: try row.moment(1).orDamaged("read without moment"),
            tag: try row.uid(2),
            afi: row.byte(3),
            eas: row.number(16).map { $0 == 1 },
            antenna: row.count(4),
            facts: GateFacts(
                tag: row.byte(5).flatMap(GateFacts.Tag.init(rawValue:)) ?? .unread,
                owner: row.byte(6).flatMap(GateFacts.Owner.init(rawValue:)) ?? .unnamed,
                part: UInt16(clamping: row.count(7) ?? 0),
                parts: UInt16(clamping: row.count(8) ?? 0),
                status: row.text(9).flatMap(ItemStatus.init(rawValue:)),
                source: row.byte(10).flatMap(GateFacts.Source.init(rawValue:)) ?? .snapshot,
                knownAt: row.moment(11),
                returnedAt: row.moment(12),
                passUntil: row.moment(13)
            ),
            response: try row.text(14).flatMap(GateResponse.init(rawValue:)).orDamaged("read with unknown response"),
            reason: try row.text(15).flatMap(GateReason.init(rawValue:)).orDamaged("read with an unknown reason")
        )
    }
}
