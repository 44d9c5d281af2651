import GRDB
package import Library

extension Store {
    /// Keeps a return for the library system; on the disk before it returns. A second one of the same item is the same,
    /// unless that was told already and not taken: this one is still to be told.
    package func storeReturn(of barcode: String, at moment: Moment) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO storedReturn (barcode, at) VALUES (?, ?)
                    ON CONFLICT (barcode) DO UPDATE SET at = excluded.at, conflict = NULL WHERE conflict IS NOT NULL
                    """,
                arguments: [barcode, moment.milliseconds]
            )
        }
    }

    /// All that wait and all that were not taken, the oldest first.
    package func storedReturns() throws(StoreError) -> [StoredReturn] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT id, barcode, at, conflict FROM storedReturn ORDER BY id").map {
                row in
                StoredReturn(
                    id: try row.number(0).orDamaged("stored return without number"),
                    barcode: try row.text(1).orDamaged("stored return without barcode"),
                    at: try row.moment(2).orDamaged("stored return without moment"),
                    conflict: row.text(3)
                )
            }
        }
    }

    /// Writes down why the library system did not take a stored return; the entry stays until somebody settles it.
    package func setConflict(of id: StoredReturn.ID, to reason: String) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "UPDATE storedReturn SET conflict = ? WHERE id = ?",
                arguments: [reason, id]
            )
        }
    }

    /// Takes the entry out; whether there was one.
    package func settleReturn(_ id: StoredReturn.ID) throws(StoreError) -> Bool {
        try write { database in
            try database.execute(sql: "DELETE FROM storedReturn WHERE id = ?", arguments: [id])
            return database.changesCount > 0
        }
    }
}
