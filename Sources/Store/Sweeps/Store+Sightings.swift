import GRDB
import GRDBSQLite
package import Library
package import Tags

/// The log of sightings, and the history of items that is made from it.
///
/// The log takes what is heard at the speed of the disk because each sighting lands behind the last one. Where an item
/// was seen stands in runs sorted by barcode, which follow behind the log's back, one for each stretch of it; a history
/// is read from the runs, some microseconds each, and from the part of the log that they do not have yet.
extension Store {
    /// How far the log may run ahead of the runs, in sightings: what a history reads through, in some 10 ms.
    package static let longestTail = 40_000
    /// The most sightings of one run: others wait for their turn to write some 100 ms.
    private static let longestRun = 50_000

    /// Adds sightings to the sweep's log, on the disk before it returns. Returns how many were new.
    ///
    /// A sighting that is there already, by reader, UID and moment, stays as it is. A finished sweep takes late
    /// uploads too. Give it portions: each call waits for the disk once. The history of items follows in the background
    /// once the log has run ahead of it by `tail` sightings.
    @discardableResult
    package func append(
        _ sightings: [Sighting],
        to sweep: Sweep.ID,
        tail: Int = Store.longestTail
    ) throws(StoreError) -> Int {
        guard !sightings.isEmpty else { return 0 }
        let (new, ahead) = try write { database in
            let before = database.totalChangesCount
            let insert = try database.cachedStatement(sql: Self.insertSighting)
            var row = SightingRow(insert, in: database)
            defer { row.end() }
            for sighting in sightings { try row.write(sighting, to: sweep) }
            let ahead = try Self.last(database) - Self.summed(database)
            return (database.totalChangesCount - before, ahead)
        }
        if ahead > tail { summariseInBackground(ahead) }
        return new
    }

    /// Where and when an item was seen, sweep by sweep, the newest first; a tag that was not read then does not count.
    package func history(of barcode: String) throws(StoreError) -> [ItemSighting] {
        try read { database in
            let select = try database.cachedStatement(
                sql: """
                    SELECT sweep, reader, MIN(firstAt), MAX(lastAt), SUM(sightings) FROM (
                        SELECT sweep, reader, firstAt, lastAt, sightings FROM itemSeen
                        WHERE run IN (SELECT number FROM itemSeenRun) AND barcode = ?1
                        UNION ALL
                        SELECT sweep, reader, at, at, 1 FROM sighting
                        WHERE id > COALESCE((SELECT upTo FROM itemSeenRun ORDER BY number DESC LIMIT 1), 0) AND barcode = ?1
                    ) GROUP BY sweep, reader ORDER BY MAX(lastAt) DESC, sweep DESC, reader
                    """
            )
            return try Row.fetchAll(select, arguments: [barcode]).compactMap { row in
                guard let sweep = row.number(0), let reader = row.text(1), let first = row.moment(2),
                    let last = row.moment(3)
                else { return nil }
                return ItemSighting(
                    sweep: sweep,
                    reader: reader,
                    first: first,
                    last: last,
                    sightings: row.count(4) ?? 0
                )
            }
        }
    }

    /// The same of an item under every barcode by which it is known: its tag may bear a former one.
    package func history(ofItem barcode: String) throws(StoreError) -> [ItemSighting] {
        var seen: [ItemSighting] = []
        for name in try names(ofItem: barcode).all.sorted() {
            for sighting in try history(of: name) {
                let isSame = { (other: ItemSighting) in
                    other.sweep == sighting.sweep && other.reader == sighting.reader
                }
                guard let place = seen.firstIndex(where: isSame) else {
                    seen.append(sighting)
                    continue
                }
                seen[place].first = min(seen[place].first, sighting.first)
                seen[place].last = max(seen[place].last, sighting.last)
                seen[place].sightings += sighting.sightings
            }
        }
        return seen.sorted { ($1.last, $1.sweep, $0.reader) < ($0.last, $0.sweep, $1.reader) }
    }

    /// Makes a run of the next sightings of the log, `limit` at most. Returns how many are left.
    ///
    /// Not promised to the disk: what is lost in a power cut is read from the log again.
    @discardableResult
    func summarise(limit: Int = Store.longestRun) throws(StoreError) -> Int {
        try write(.bulk) { database in try Self.summarise(limit, database) }
    }

    /// Forgets a tag: what was read of it, all that these sweeps heard of it, and what the history of items has from
    /// that. On the disk before it returns. Returns how many sightings each sweep has lost.
    ///
    /// For what must not be kept, patron cards; sightings of anything else stand. Reads through the logs of these sweeps,
    /// which have no index by tag: it would cost every sighting a random place on the disk.
    @discardableResult
    package func forget(_ uid: TagUID, in sweeps: [Sweep.ID]) throws(StoreError) -> [Sweep.ID: Int] {
        try write { database in
            try database.execute(sql: "DELETE FROM tag WHERE uid = ?", arguments: [uid.stored])
            var lost: [Sweep.ID: Int] = [:]
            for sweep in sweeps {
                try database.execute(
                    sql: """
                        DELETE FROM itemSeen WHERE run IN (SELECT number FROM itemSeenRun) AND sweep = ?1
                        AND barcode IN (SELECT barcode FROM sighting WHERE sweep = ?1 AND uid = ?2)
                        """,
                    arguments: [sweep, uid.stored]
                )
                if database.changesCount > 0 { try Self.summariseAgain(sweep, without: uid, database) }
                try database.execute(
                    sql: "DELETE FROM sighting WHERE sweep = ? AND uid = ?",
                    arguments: [sweep, uid.stored]
                )
                lost[sweep] = database.changesCount
                try database.execute(
                    sql: "DELETE FROM sweepTag WHERE uid = ? AND sweep = ?",
                    arguments: [uid.stored, sweep]
                )
            }
            // A number that was the last one goes to the next sighting, which is in no run.
            try database.execute(
                sql: "UPDATE itemSeenRun SET upTo = MIN(upTo, (SELECT COALESCE(MAX(id), 0) FROM sighting))"
            )
            return lost
        }
    }

    private static let insertSighting = """
        INSERT INTO sighting (sweep, uid, barcode, reader, at, pass, afi, antenna, signal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """

    /// On the database's own thread: the next sightings find everything in runs.
    private func summariseInBackground(_ count: Int) {
        for _ in 0..<(count / Self.longestRun + 1) {
            database.asyncWriteWithoutTransaction { database in
                // What goes wrong here goes wrong for the next sightings as well, and is told there.
                try? database.execute(sql: "PRAGMA synchronous = NORMAL")
                try? database.inTransaction(.immediate) {
                    try Self.summarise(Self.longestRun, database)
                    return .commit
                }
            }
        }
    }

    @discardableResult
    private static func summarise(_ limit: Int, _ database: Database) throws -> Int {
        let (from, last) = try (summed(database), last(database))
        let (end, isBeyond) = from.addingReportingOverflow(limit)
        let to = isBeyond ? last : min(last, end)
        guard to > from else { return 0 }
        try database.cachedStatement(sql: "INSERT INTO itemSeenRun (upTo) VALUES (?)").execute(arguments: [to])
        try database.cachedStatement(
            sql: """
                INSERT INTO itemSeen (run, barcode, sweep, reader, firstAt, lastAt, sightings)
                SELECT ?, barcode, sweep, reader, MIN(at), MAX(at), COUNT(*) FROM sighting
                WHERE id > ? AND id <= ? AND barcode IS NOT NULL GROUP BY barcode, sweep, reader
                """
        ).execute(arguments: [database.lastInsertedRowID, from, to])
        return last - to
    }

    /// Puts back into each run what other tags than this one said of its items in the sweep.
    private static func summariseAgain(_ sweep: Sweep.ID, without uid: TagUID, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO itemSeen (run, barcode, sweep, reader, firstAt, lastAt, sightings)
                SELECT (SELECT MIN(number) FROM itemSeenRun WHERE upTo >= sighting.id) AS run,
                    barcode, sweep, reader, MIN(at), MAX(at), COUNT(*) FROM sighting
                WHERE sweep = ?1 AND uid <> ?2 AND id <= (SELECT MAX(upTo) FROM itemSeenRun)
                AND barcode IN (SELECT barcode FROM sighting WHERE sweep = ?1 AND uid = ?2)
                GROUP BY run, barcode, reader
                """,
            arguments: [sweep, uid.stored]
        )
    }

    /// The last sighting of the log that is in a run.
    private static func summed(_ database: Database) throws -> Int {
        let select = try database.cachedStatement(sql: "SELECT upTo FROM itemSeenRun ORDER BY number DESC LIMIT 1")
        return try Int.fetchOne(select) ?? 0
    }

    private static func last(_ database: Database) throws -> Int {
        try Int.fetchOne(database.cachedStatement(sql: "SELECT MAX(id) FROM sighting")) ?? 0
    }
}

/// Binds sightings to a prepared statement one after the other, without an array of values for each.
private struct SightingRow {
    private let handle: SQLiteStatement
    private let database: Database
    /// Barcode and reader of the present sighting: SQLite takes them where they stand.
    private var texts: [UInt8] = []

    init(_ statement: Statement, in database: Database) {
        handle = statement.sqliteStatement
        self.database = database
    }

    mutating func write(_ sighting: Sighting, to sweep: Sweep.ID) throws {
        texts.removeAll(keepingCapacity: true)
        if let barcode = sighting.barcode { texts.append(contentsOf: barcode.utf8) }
        let barcodeLength = texts.count
        texts.append(contentsOf: sighting.reader.utf8)
        let length = texts.count
        // Even an empty text has an address then.
        texts.append(0)
        sqlite3_bind_int64(handle, 1, sweep)
        sqlite3_bind_int64(handle, 2, sighting.uid.stored)
        sqlite3_bind_int64(handle, 5, sighting.at.milliseconds)
        sqlite3_bind_int64(handle, 6, Int64(sighting.pass))
        bind(sighting.afi.map(Int64.init), 7)
        bind(sighting.antenna.map(Int64.init), 8)
        bind(sighting.signal.map(Int64.init), 9)
        let code = texts.withUnsafeBytes { bytes in
            if sighting.barcode == nil {
                sqlite3_bind_null(handle, 3)
            } else {
                bind(bytes, 0..<barcodeLength, 3)
            }
            bind(bytes, barcodeLength..<length, 4)
            let code = sqlite3_step(handle)
            sqlite3_reset(handle)
            return code
        }
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(database.sqliteConnection))
            )
        }
    }

    /// Lets go of the texts that the statement still points to.
    func end() {
        sqlite3_clear_bindings(handle)
    }

    private func bind(_ value: Int64?, _ column: Int32) {
        if let value { sqlite3_bind_int64(handle, column, value) } else { sqlite3_bind_null(handle, column) }
    }

    private func bind(_ texts: UnsafeRawBufferPointer, _ range: Range<Int>, _ column: Int32) {
        guard let address = texts.baseAddress else { return }
        let text = (address + range.lowerBound).assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(handle, column, text, Int32(clamping: range.count), nil)
    }
}
