import GRDB
package import Library

/// Whom the gates counted, and what is done at them once a day.
extension Store {
    /// Adds people to the hour that `moment` falls in, and keeps where the lane's board and its count stand.
    package func count(
        gate: String,
        lane: Int,
        incoming: Int,
        outgoing: Int,
        correction: Int = 0,
        tally: PeopleTally? = nil,
        at moment: Moment
    ) throws(StoreError) {
        try write(.bulk) { database in
            if incoming != 0 || outgoing != 0 || correction != 0 {
                try database.execute(
                    sql: """
                        INSERT INTO gatePeople (gate, lane, hour, incoming, outgoing, correction) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (gate, lane, hour) DO UPDATE SET incoming = incoming + excluded.incoming,
                        outgoing = outgoing + excluded.outgoing, correction = correction + excluded.correction
                        """,
                    arguments: [
                        gate, lane, Self.hour(of: moment), incoming, outgoing, correction,
                    ]
                )
            }
            guard let tally, let boardIn = tally.incomingBoard, let boardOut = tally.outgoingBoard else { return }
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO gateCounter (gate, lane, boardIncoming, boardOutgoing, incoming, outgoing, at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    gate, lane, Int64(boardIn), Int64(boardOut), tally.incoming, tally.outgoing, moment.milliseconds,
                ]
            )
        }
    }

    /// The beginning of the hour that a moment falls in, by which people are counted.
    private static func hour(of moment: Moment) -> Int64 {
        moment.milliseconds - moment.milliseconds % 3_600_000
    }

    /// People in and out by whole hours, by gate: from the hour that `moment` falls in on, and before the one that
    /// `end` falls in, so that spans which follow each other count each hour once.
    package func people(
        since moment: Moment,
        until end: Moment? = nil
    ) throws(StoreError) -> [String: (incoming: Int, outgoing: Int)] {
        try read { database in
            var people: [String: (incoming: Int, outgoing: Int)] = [:]
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT gate, SUM(incoming), SUM(outgoing) FROM gatePeople
                    WHERE hour >= ?1 AND (?2 IS NULL OR hour < ?2) GROUP BY gate
                    """,
                arguments: [Self.hour(of: moment), end.map { Self.hour(of: $0) }]
            )
            for row in rows { people[row.text(0) ?? ""] = (row.count(1) ?? 0, row.count(2) ?? 0) }
            return people
        }
    }

    /// People who came in during the full hours since `moment`, of all lanes together, by gate and hour.
    package func visitors(since moment: Moment) throws(StoreError) -> [(gate: String, hour: Moment, incoming: Int)] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT gate, hour, SUM(incoming) FROM gatePeople WHERE hour >= ? GROUP BY gate, hour",
                arguments: [moment.milliseconds]
            )
            return try rows.map { row in
                (row.text(0) ?? "", try row.moment(1).orDamaged("people without hour"), row.count(2) ?? 0)
            }
        }
    }

    /// How a lane's count stood when it was written down last.
    package struct Counter: Hashable, Sendable {
        /// The gate's name, as the configuration has it.
        package var gate: String
        /// The lane's number at its gate, counted from 1.
        package var lane: Int
        /// What the gate's own board showed at the last look; its counters wrap at 32 bits and begin anew when it is
        /// set back.
        package var board: (incoming: UInt32, outgoing: UInt32) { (boardIncoming, boardOutgoing) }
        /// People who came in since the tally began, corrections included.
        package var incoming: Int
        /// People who went out since the tally began, corrections included.
        package var outgoing: Int
        /// When it was written down.
        package var at: Moment
        private var boardIncoming: UInt32
        private var boardOutgoing: UInt32

        fileprivate init(row: Row) throws {
            gate = row.text(0) ?? ""
            lane = row.count(1) ?? 1
            boardIncoming = UInt32(clamping: row.number(2) ?? 0)
            boardOutgoing = UInt32(clamping: row.number(3) ?? 0)
            incoming = row.count(4) ?? 0
            outgoing = row.count(5) ?? 0
            at = try row.moment(6).orDamaged("counter without moment")
        }
    }

    /// The counts of all lanes, to go on with after a restart.
    package func counters() throws(StoreError) -> [Counter] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT gate, lane, boardIncoming, boardOutgoing, incoming, outgoing, at FROM gateCounter"
            ).map(Counter.init(row:))
        }
    }

    /// When something that is done once a day was done last.
    package func duty(_ name: String) throws(StoreError) -> Moment? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT at FROM gateDuty WHERE name = ?", arguments: [name])?.moment(0)
        }
    }

    /// Writes down that something that is done once a day was done; of each name only the last time is kept.
    package func record(duty name: String, at moment: Moment) throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO gateDuty (name, at) VALUES (?, ?)",
                arguments: [name, moment.milliseconds]
            )
        }
    }
}
