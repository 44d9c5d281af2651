import GRDB
package import Library

extension Store {
    /// How many of the tags that were read say what, by owner and AFI.
    package func tagCounts() throws(StoreError) -> [TagCount] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT owner, afi, COUNT(*) FROM tag WHERE barcode IS NOT NULL GROUP BY owner, afi"
            ).map { row in TagCount(owner: row.text(0), afi: row.byte(1), count: row.count(2) ?? 0) }
        }
    }
}
