import GRDB
package import Library

/// Lists of items that somebody looks for.
extension Store {
    /// Adds a list, or replaces the one of this name; on the disk before it returns.
    package func saveList(
        _ name: String,
        purpose: SoughtList.Purpose,
        barcodes: some Sequence<String>,
        at moment: Moment
    ) throws(StoreError) -> SoughtList {
        try write { database in
            try database.execute(sql: "DELETE FROM soughtList WHERE name = ?", arguments: [name])
            try database.execute(
                sql: "INSERT INTO soughtList (name, purpose, createdAt) VALUES (?, ?, ?)",
                arguments: [name, purpose.rawValue, moment.milliseconds]
            )
            let id = database.lastInsertedRowID
            let insert = try database.cachedStatement(
                sql: "INSERT INTO soughtItem (list, barcode) VALUES (?, ?) ON CONFLICT DO NOTHING"
            )
            for barcode in barcodes { try insert.execute(arguments: [id, barcode]) }
            return SoughtList(id: id, name: name, purpose: purpose, createdAt: moment)
        }
    }

    /// Returns whether there was one.
    @discardableResult
    package func removeList(_ name: String) throws(StoreError) -> Bool {
        try write { database in
            try database.execute(sql: "DELETE FROM soughtList WHERE name = ?", arguments: [name])
            return database.changesCount > 0
        }
    }

    /// All lists by name; a row that cannot be read is left out.
    package func lists() throws(StoreError) -> [SoughtList] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT id, name, purpose, createdAt FROM soughtList ORDER BY name")
                .compactMap(SoughtList.init(row:))
        }
    }

    /// The list's items by barcode.
    package func items(of list: SoughtList.ID) throws(StoreError) -> [SoughtItem] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT barcode, foundAt, reader FROM soughtItem WHERE list = ? ORDER BY barcode",
                arguments: [list]
            ).compactMap { row in
                row.text(0).map { SoughtItem(barcode: $0, foundAt: row.moment(1), reader: row.text(2)) }
            }
        }
    }

    /// The lists on which an item stands that was not come by yet. Some 20 µs.
    package func listsSeeking(_ barcode: String) throws(StoreError) -> [SoughtList] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT l.id, l.name, l.purpose, l.createdAt FROM soughtItem i JOIN soughtList l ON l.id = i.list
                    WHERE i.barcode = ? AND i.foundAt IS NULL ORDER BY l.name
                    """,
                arguments: [barcode]
            ).compactMap(SoughtList.init(row:))
        }
    }

    /// Notes that an item of lists was come by; on the disk before it returns.
    package func markFound(_ barcode: String, by reader: String, at moment: Moment) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "UPDATE soughtItem SET foundAt = ?, reader = ? WHERE barcode = ? AND foundAt IS NULL",
                arguments: [moment.milliseconds, reader, barcode]
            )
        }
    }
}

extension SoughtList {
    fileprivate init?(row: Row) {
        guard let id = row.number(0), let name = row.text(1), let at = row.moment(3),
            let purpose = row.text(2).flatMap(Purpose.init(rawValue:))
        else { return nil }
        self.init(id: id, name: name, purpose: purpose, createdAt: at)
    }
}
