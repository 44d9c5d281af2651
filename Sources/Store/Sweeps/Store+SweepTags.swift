import GRDB
package import Library
package import Tags

/// Tags without an item that sweeps have heard, once they are finished: one may turn out to be a patron card.
///
/// The log has no index by tag, which would cost every sighting a random place on the disk. These few stand in a table of
/// their own from a sweep's end on, so that a card that is read at a pad is looked up at once.
extension Store {
    /// Tags written at a time: others wait for their turn to write some tens of milliseconds.
    private static let tagsAtOnce = 5000

    /// Notes tags that a sweep has heard and that nobody has read as an item's. Those that are noted already stay.
    package func note(tagsWithoutItem tags: [TagUID], of sweep: Sweep.ID) throws(StoreError) {
        var rest = tags.sorted()[...]
        while !rest.isEmpty {
            let portion = rest.prefix(Self.tagsAtOnce)
            rest = rest.dropFirst(portion.count)
            try write(.bulk) { database in
                let insert = try database.cachedStatement(
                    sql: "INSERT INTO sweepTag (uid, sweep) VALUES (?, ?) ON CONFLICT DO NOTHING"
                )
                for uid in portion { try insert.execute(arguments: [uid.stored, sweep]) }
            }
        }
    }

    /// Sweeps that have noted the tag as one without an item, the newest first, `limit` at most.
    package func sweeps(withTag uid: TagUID, limit: Int) throws(StoreError) -> [Sweep.ID] {
        try look { database in
            let select = try database.cachedStatement(
                sql: "SELECT sweep FROM sweepTag WHERE uid = ? ORDER BY sweep DESC LIMIT ?"
            )
            return try Int64.fetchAll(select, arguments: [uid.stored, max(0, limit)])
        }
    }
}
