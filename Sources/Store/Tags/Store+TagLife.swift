import GRDB
package import Library
package import Tags

extension Store {
    /// Adds a write to a tag's memory to what is known of the tag: one row for each tag, whatever is written to it.
    ///
    /// - Parameter trouble: what was wrong; kept until something else is.
    package func count(
        _ end: TagWriteEnd,
        to uid: TagUID,
        at moment: Moment,
        on reader: String,
        trouble: String? = nil
    ) throws(StoreError) {
        try write(.bulk) { database in
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO tagWriting (uid, done, failed, uncertain, lastAt, reader, trouble)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    ON CONFLICT (uid) DO UPDATE SET done = done + ?2, failed = failed + ?3, uncertain = uncertain + ?4,
                    lastAt = MAX(lastAt, ?5), reader = ?6, trouble = COALESCE(?7, trouble)
                    """
            )
            try insert.execute(arguments: [
                uid.stored, end == .done ? 1 : 0, end == .failed ? 1 : 0, end == .uncertain ? 1 : 0,
                moment.milliseconds, reader, trouble,
            ])
        }
    }

    /// Everything that is known of a tag's life. Some 100 µs, and the time of a look through the newest sightings.
    package func life(of uid: TagUID) throws(StoreError) -> TagLife {
        let record = try tag(uid: uid)
        let sightings = try record?.barcode.map { barcode throws(StoreError) in try history(of: barcode) } ?? []
        // Parts of a set share a number: which of them was seen, nobody has written down.
        let isOnly = (record?.setInformation?.total ?? 1) <= 1
        return try read { database in
            var life = TagLife()
            life.record = record
            let firstRead = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT firstReadAt FROM tag WHERE uid = ?"),
                arguments: [uid.stored]
            )?.moment(0)
            try Self.addMemory(&life, uid, database)
            let journal = try Self.addSecurity(&life, uid, database)
            try Self.addDivergences(&life, uid, database)
            var met = journal
            if let firstRead { met.append(TagLife.Meeting(at: firstRead, reader: nil)) }
            if let record { met.append(TagLife.Meeting(at: record.readAt, reader: nil)) }
            if isOnly {
                for seen in sightings {
                    met.append(TagLife.Meeting(at: seen.first, reader: seen.reader))
                    met.append(TagLife.Meeting(at: seen.last, reader: seen.reader))
                }
            }
            // Of two at the same moment the one that says where.
            life.first = met.min { ($0.at, $0.reader == nil ? 1 : 0) < ($1.at, $1.reader == nil ? 1 : 0) }
            life.last = met.max { ($0.at, $0.reader == nil ? 0 : 1) < ($1.at, $1.reader == nil ? 0 : 1) }
            return life
        }
    }

    private static func addMemory(_ life: inout TagLife, _ uid: TagUID, _ database: Database) throws {
        let select = try database.cachedStatement(
            sql: "SELECT done, failed, uncertain, lastAt, trouble FROM tagWriting WHERE uid = ?"
        )
        guard let row = try Row.fetchOne(select, arguments: [uid.stored]) else { return }
        (life.memory.done, life.memory.failed) = (row.count(0) ?? 0, row.count(1) ?? 0)
        life.memory.uncertain = row.count(2) ?? 0
        life.memory.tried = life.memory.done + life.memory.failed + life.memory.uncertain
        life.memory.lastAt = row.moment(3)
        life.memory.lastTrouble = row.text(4)
    }

    /// What the journal says of the tag's theft bit; returns when and where it was met for that.
    private static func addSecurity(
        _ life: inout TagLife,
        _ uid: TagUID,
        _ database: Database
    ) throws -> [TagLife.Meeting] {
        let select = try database.cachedStatement(
            sql: """
                SELECT securityIntent.at, securityIntent.reader, securityResult.at, outcome, reason,
                securityReading.uid IS NOT NULL, wantedAFI IS securityReading.afi AND wantedEAS IS securityReading.eas
                FROM securityMark JOIN securityIntent ON securityIntent.id = securityMark.intent
                JOIN securityResult ON securityResult.intent = securityIntent.id
                LEFT JOIN securityReading ON securityReading.result = securityResult.id
                    AND securityReading.uid = securityMark.uid
                WHERE securityMark.uid = ? ORDER BY securityResult.id
                """
        )
        var met: [TagLife.Meeting] = []
        for row in try Row.fetchAll(select, arguments: [uid.stored]) {
            guard let outcome = row.text(3).flatMap(SecurityOutcome.init(rawValue:)), let at = row.moment(2) else {
                continue
            }
            if let moment = row.moment(0) { met.append(TagLife.Meeting(at: moment, reader: row.text(1))) }
            let (isRead, isAsWanted) = (row.truth(5) == true, row.truth(6) == true)
            switch outcome {
            // Nothing was written, or it was taken back on purpose.
            case .declined, .kept, .unanswered, .superseded, .undone: continue
            case .done: life.security.done += 1
            case .mixed where isRead && isAsWanted: life.security.done += 1
            case .unchanged where isRead, .mixed where isRead:
                life.security.failed += 1
                life.security.lastTrouble = row.text(4)
            case .unchanged, .mixed, .uncertain:
                life.security.uncertain += 1
                life.security.lastTrouble = row.text(4)
            }
            life.security.tried += 1
            life.security.lastAt = at
            if isRead { met.append(TagLife.Meeting(at: at, reader: row.text(1))) }
        }
        return met
    }

    private static func addDivergences(_ life: inout TagLife, _ uid: TagUID, _ database: Database) throws {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT COUNT(*), SUM(closedAt IS NULL) FROM divergence WHERE uid = ?",
            arguments: [uid.stored]
        )
        life.divergences = row?.count(0) ?? 0
        life.isDivergent = (row?.count(1) ?? 0) > 0
    }
}
