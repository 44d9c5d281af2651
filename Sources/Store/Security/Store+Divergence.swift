import GRDB
package import Library
package import Tags

extension Store {
    /// Writes down that a tag was heard wrong: a new divergence, or one more time for the one that is open.
    package func note(_ divergence: Divergence) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO divergence (uid, barcode, tags, item, wanted, reader, firstAt, lastAt, times)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (uid) WHERE closedAt IS NULL DO UPDATE SET barcode = excluded.barcode,
                    tags = excluded.tags, item = excluded.item, wanted = excluded.wanted, reader = excluded.reader,
                    lastAt = excluded.lastAt, times = times + 1
                    """,
                arguments: [
                    divergence.uid.stored, divergence.barcode, divergence.tags.rawValue, divergence.item.rawValue,
                    divergence.wanted.rawValue, divergence.reader, divergence.first.milliseconds,
                    divergence.last.milliseconds, divergence.times,
                ]
            )
        }
    }

    /// Ends the open divergences of these tags, and says how many there were.
    @discardableResult
    package func end(
        divergencesOf tags: some Sequence<TagUID>,
        as end: DivergenceEnd,
        at moment: Moment
    ) throws(StoreError) -> Int {
        let tags = tags.map(\.stored)
        return try write { database in
            try database.execute(
                literal: """
                    UPDATE divergence SET closedAt = \(moment.milliseconds), closedAs = \(end.rawValue)
                    WHERE closedAt IS NULL AND uid IN \(tags)
                    """
            )
            return database.changesCount
        }
    }

    /// Tags that are known to say the wrong thing, the oldest first.
    package func openDivergences(limit: Int = 10_000) throws(StoreError) -> [Divergence] {
        try read { database in
            try Self.divergences("WHERE closedAt IS NULL ORDER BY id LIMIT ?", [max(0, limit)], database)
        }
    }

    /// How many tags are known to say the wrong thing.
    package func openDivergenceCount() throws(StoreError) -> Int {
        try look { database in
            let count = try database.cachedStatement(sql: "SELECT COUNT(*) FROM divergence WHERE closedAt IS NULL")
            return try Int.fetchOne(count) ?? 0
        }
    }

    /// The open divergence of a tag; `nil` when it has none.
    package func openDivergence(of tag: TagUID) throws(StoreError) -> Divergence? {
        try read { database in
            try Self.divergences("WHERE closedAt IS NULL AND uid = ?", [tag.stored], database).first
        }
    }

    /// How many divergences ended in each way.
    package func closedDivergences() throws(StoreError) -> [DivergenceEnd: Int] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT closedAs, COUNT(*) FROM divergence WHERE closedAt IS NOT NULL GROUP BY closedAs"
            )
            var counts: [DivergenceEnd: Int] = [:]
            for row in rows {
                guard let end = row.text(0).flatMap(DivergenceEnd.init(rawValue:)) else { continue }
                counts[end] = row.count(1)
            }
            return counts
        }
    }

    private static func divergences(
        _ condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> [Divergence] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT uid, barcode, tags, item, wanted, reader, firstAt, lastAt, times, closedAs FROM divergence
                \(condition)
                """,
            arguments: arguments
        ).map { row in
            Divergence(
                uid: try row.uid(0),
                barcode: row.text(1) ?? "",
                tags: try row.text(2).flatMap(TagsSay.init(rawValue:)).orDamaged("divergence of unknown tags"),
                item: try row.text(3).flatMap(ItemStanding.init(rawValue:)).orDamaged("divergence of unknown standing"),
                wanted: try row.text(4).flatMap(SecurityState.init(rawValue:)).orDamaged("unknown security state"),
                reader: row.text(5) ?? "",
                first: try row.moment(6).orDamaged("divergence without moment"),
                last: try row.moment(7).orDamaged("divergence without moment"),
                times: row.count(8) ?? 1,
                closed: row.text(9).flatMap(DivergenceEnd.init(rawValue:))
            )
        }
    }
}
