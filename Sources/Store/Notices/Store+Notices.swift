import GRDB
package import Library

/// A notice that waits for its channel.
package struct WaitingNotice: Hashable, Sendable, Identifiable {
    /// The number of its row; later notices have higher ones.
    package typealias ID = Int64

    package var id: ID
    /// The channel's name, as the configuration has it.
    package var channel: String
    /// What is to be told, as it was when it arose.
    package var notice: Notice
    /// How often it was tried.
    package var attempts: Int
    /// When it is tried next; a new notice is due at once.
    package var dueAt: Moment
}

extension Store {
    /// Keeps a notice until its channel has taken it; on the disk before it returns. Of more than `limit` the oldest
    /// go.
    package func keepNotice(
        _ notice: Notice,
        for channel: String,
        at moment: Moment,
        limit: Int
    ) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO noticeWaiting (channel, event, level, subject, text, remedy, at, dueAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    channel, notice.event.rawValue, notice.level.rawValue, notice.subject, notice.text, notice.remedy,
                    notice.at.milliseconds, moment.milliseconds,
                ]
            )
            try database.execute(
                sql: """
                    DELETE FROM noticeWaiting WHERE channel = ? AND id NOT IN
                    (SELECT id FROM noticeWaiting WHERE channel = ? ORDER BY id DESC LIMIT ?)
                    """,
                arguments: [channel, channel, limit]
            )
        }
    }

    /// Notices of a channel that are due, the oldest first.
    ///
    /// - Parameter pause: the longest that a notice is put off. One that is due only after that was put off by a clock
    ///   that was set back since, and is due now.
    package func dueNotices(
        for channel: String,
        at moment: Moment,
        within pause: Duration = .seconds(3600),
        limit: Int
    ) throws(StoreError) -> [WaitingNotice] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, channel, attempts, dueAt, event, level, subject, text, remedy, at FROM noticeWaiting
                    WHERE channel = ? AND (dueAt <= ? OR dueAt > ?) ORDER BY id LIMIT ?
                    """,
                arguments: [channel, moment.milliseconds, (moment + pause).milliseconds, limit]
            ).map { row in
                WaitingNotice(
                    id: try row.number(0).orDamaged("notice without number"),
                    channel: try row.text(1).orDamaged("notice without channel"),
                    notice: Notice(
                        try row.text(4).flatMap(Notice.Event.init(rawValue:)).orDamaged("notice without event"),
                        try row.text(5).flatMap(Notice.Level.init(rawValue:)).orDamaged("notice without level"),
                        subject: try row.text(6).orDamaged("notice without subject"),
                        text: try row.text(7).orDamaged("notice without text"),
                        remedy: row.text(8),
                        at: try row.moment(9).orDamaged("notice without moment")
                    ),
                    attempts: try row.count(2).orDamaged("notice without attempts"),
                    dueAt: try row.moment(3).orDamaged("notice without moment")
                )
            }
        }
    }

    /// Tries the notice again later.
    package func postponeNotice(_ id: WaitingNotice.ID, until moment: Moment) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "UPDATE noticeWaiting SET attempts = attempts + 1, dueAt = ? WHERE id = ?",
                arguments: [moment.milliseconds, id]
            )
        }
    }

    /// Takes the notice out: it was taken, or is too old to be told.
    package func endNotice(_ id: WaitingNotice.ID) throws(StoreError) {
        try write { database in
            try database.execute(sql: "DELETE FROM noticeWaiting WHERE id = ?", arguments: [id])
        }
    }

    /// How many notices were tried and not taken, by channel.
    package func waitingNotices() throws(StoreError) -> [String: Int] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT channel, COUNT(*) FROM noticeWaiting WHERE attempts > 0 GROUP BY channel"
            ).reduce(into: [:]) { counts, row in
                if let channel = row.text(0) { counts[channel] = row.count(1) }
            }
        }
    }

    /// When the channel got its last summary of this kind.
    package func lastSummary(for channel: String, weekly: Bool) throws(StoreError) -> Moment? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT at FROM noticeSummary WHERE channel = ? AND kind = ?",
                arguments: [channel, weekly ? "weekly" : "daily"]
            )?.moment(0)
        }
    }

    /// Writes down when the channel got its summary, the daily and the weekly one each for itself.
    package func noteSummary(for channel: String, weekly: Bool, at moment: Moment) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO noticeSummary (channel, kind, at) VALUES (?, ?, ?)
                    ON CONFLICT (channel, kind) DO UPDATE SET at = excluded.at
                    """,
                arguments: [channel, weekly ? "weekly" : "daily", moment.milliseconds]
            )
        }
    }
}
