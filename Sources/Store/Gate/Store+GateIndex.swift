import GRDB
package import Library
package import Tags

/// What the gates' index is made of, in portions, so that no read lasts.
extension Store {
    /// Items of the current snapshot behind row `row`, in the order of rows: barcode and status. Returns the last row,
    /// or `nil` when there was none.
    package func eachItem(
        after row: Int64,
        limit: Int,
        _ body: (String, ItemStatus) -> Void
    ) throws(StoreError) -> Int64? {
        try readHoldings(else: nil) { database in
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT id, barcode, status FROM item NOT INDEXED WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [row, max(1, limit)]
            )
            var last: Int64?
            while let row = try rows.next() {
                last = row.number(0)
                guard let barcode = row.text(1) else { continue }
                body(barcode, row.text(2).flatMap(ItemStatus.init(rawValue:)) ?? .unknown)
            }
            return last
        }
    }

    /// Further barcodes of items behind `barcode`, in order, each with the barcode of its item. Returns the last one,
    /// or `nil` when there was none.
    package func eachOtherBarcode(
        after barcode: String,
        limit: Int,
        _ body: (_ other: String, _ item: String) -> Void
    ) throws(StoreError) -> String? {
        try readHoldings(else: nil) { database in
            // Whole barcodes only: one that two items claim must not be cut in two.
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT barcode, MIN(item), COUNT(*) FROM otherBarcode WHERE barcode > ? GROUP BY barcode
                    ORDER BY barcode LIMIT ?
                    """,
                arguments: [barcode, max(1, limit)]
            )
            var last: String?
            while let row = try rows.next() {
                last = row.text(0)
                if let last, let item = row.text(1), row.count(2) == 1 { body(last, item) }
            }
            return last
        }
    }

    /// How many further barcodes the items of the current snapshot have.
    package func otherBarcodeCount() throws(StoreError) -> Int {
        try readHoldings(else: 0) { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM otherBarcode") ?? 0 }
    }

    /// Tags with a number above `uid`, in order. Returns the last number, or `nil` when there was none.
    package func eachTag(
        after uid: TagUID?,
        limit: Int,
        _ body: (TagRecord) -> Void
    ) throws(StoreError) -> TagUID? {
        try read { database in
            // Numbers are stored signed, so the order is that of the signed numbers too.
            let rows = try Row.fetchCursor(
                database,
                sql: "\(Self.selectTag) WHERE uid > ? ORDER BY uid LIMIT ?",
                arguments: [uid?.stored ?? Int64.min, max(1, limit)]
            )
            var last: TagUID?
            while let row = try rows.next() {
                let record = try TagRecord(row: row)
                last = record.uid
                body(record)
            }
            return last
        }
    }

    /// How many tags are remembered.
    package func tagCount() throws(StoreError) -> Int {
        try read { database in try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM tag") ?? 0 }
    }

    /// Tags that were read at or after `moment`, 10 000 at most.
    package func tags(readSince moment: Moment) throws(StoreError) -> [TagRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "\(Self.selectTag) WHERE readAt >= ? ORDER BY readAt LIMIT 10000",
                arguments: [moment.milliseconds]
            ).map(TagRecord.init(row:))
        }
    }
}
