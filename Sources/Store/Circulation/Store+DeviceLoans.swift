import GRDB
package import Library

/// What a device of ours was told of an item: that it is lent, or that it came back.
package struct DeviceLoan: Hashable, Sendable {
    /// The journal's number of the change of security that followed.
    package var id: SecurityRecord.ID
    /// The item that was lent or given back.
    package var barcode: String
    /// On loan, or available.
    package var status: ItemStatus
    /// When the change of security was begun.
    package var at: Moment

    package init(id: SecurityRecord.ID, barcode: String, status: ItemStatus, at: Moment) {
        self.id = id
        self.barcode = barcode
        self.status = status
        self.at = at
    }
}

/// Loans and returns, without anybody's name: what the journal of security changes tells of them.
extension Store {
    /// What was told since `moment`, from behind number `id` on, in order, `limit` words at most; only what the library
    /// system agreed to and the tags followed, or were to be left as they are: nobody confirms what changes no tag. A
    /// return that was agreed to counts whatever its tags say: the loan before it has ended, and in doubt they are armed.
    ///
    /// - Parameter now: what is dated later than that was told by a clock that had run ahead. It counts as told before
    ///   `moment` when something stands behind it in the journal that was.
    package func deviceLoans(
        since moment: Moment,
        by now: Moment? = nil,
        after id: SecurityRecord.ID = 0,
        limit: Int = 1000
    ) throws(StoreError) -> [DeviceLoan] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, barcode, cause, at, (
                        SELECT outcome FROM securityResult
                        WHERE intent = securityIntent.id ORDER BY securityResult.id DESC LIMIT 1
                    ) AS last FROM securityIntent
                    WHERE id > ? AND at >= ? AND cause IN (?, ?) AND (
                        at <= ? OR id > IFNULL((SELECT MAX(id) FROM securityIntent WHERE at < ?), 0)
                    ) AND (
                        last = ? OR (isAgreed = 1 AND (last = ? OR (cause = ? AND IFNULL(last, '') NOT IN (?, ?))))
                    ) ORDER BY id LIMIT ?
                    """,
                arguments: [
                    id, moment.milliseconds, SecurityCause.checkout.rawValue, SecurityCause.checkin.rawValue,
                    now?.milliseconds ?? Int64.max, moment.milliseconds, SecurityOutcome.kept.rawValue,
                    SecurityOutcome.done.rawValue, SecurityCause.checkin.rawValue, SecurityOutcome.declined.rawValue,
                    SecurityOutcome.undone.rawValue, max(0, limit),
                ]
            ).map { row in
                DeviceLoan(
                    id: try row.number(0).orDamaged("security intent without number"),
                    barcode: try row.text(1).orDamaged("security intent without barcode"),
                    status: row.text(2) == SecurityCause.checkout.rawValue ? .onLoan : .available,
                    at: try row.moment(3).orDamaged("security intent without moment")
                )
            }
        }
    }
}
