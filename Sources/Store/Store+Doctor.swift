import GRDB
package import Library

extension Store {
    /// How many tags with an item said which AFI when they were read last, by owner; `nil` for tags that name none.
    package func tagsByAFI() throws(StoreError) -> [(afi: UInt8, owner: String?, count: Int)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT afi, owner, COUNT(*) FROM tag WHERE barcode IS NOT NULL AND afi IS NOT NULL
                    GROUP BY afi, owner
                    """
            ).map { row in
                (
                    afi: UInt8(clamping: try row.number(0).orDamaged("tag without AFI")),
                    owner: row.text(1),
                    count: Int(clamping: try row.number(2).orDamaged("tags without count"))
                )
            }
        }
    }

    /// The latest moment of anything that was written down; `nil` in an empty database.
    package func latestRecord() throws(StoreError) -> Moment? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT max(at) FROM (
                        SELECT max(readAt) AS at FROM tag UNION ALL SELECT max(at) FROM securityResult
                        UNION ALL SELECT max(at) FROM gateAlarm UNION ALL SELECT max(importedAt) FROM snapshot)
                    """
            )?.moment(0)
        }
    }
}
