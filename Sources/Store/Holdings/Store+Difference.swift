import GRDB
package import Library

extension Store {
    /// How many items of the current snapshot another one does not have. A second for each million, on a thread of the
    /// store.
    package func shrinkage(to number: Int64) async throws(StoreError) -> Shrinkage {
        guard let current = try snapshot(), current.number != number else { return Shrinkage(gone: 0, of: 0) }
        let gone = try await walk(
            current.number,
            number,
            columns: "barcode",
            read: { try $0.text(0).orDamaged("item without barcode") },
            barcode: { $0 },
            into: 0
        ) { gone, before, after in
            if before != nil, after == nil { gone += 1 }
        }
        return Shrinkage(gone: gone, of: current.itemCount)
    }

    /// What changed from one snapshot to another, the first `limit` changes word for word. Seconds for each million, on
    /// a thread of the store.
    ///
    /// Throws ``StoreError/absent(what:)`` when one of them is not there.
    package func difference(
        from older: Int64,
        to newer: Int64,
        limit: Int
    ) async throws(StoreError) -> HoldingsDifference {
        try await walk(
            older,
            newer,
            columns: ShelvedItem.columns,
            read: { try ShelvedItem(row: $0).item },
            barcode: { $0.barcode },
            into: HoldingsDifference(limit: limit)
        ) { difference, before, after in difference.take(before: before, after: after) }
    }

    /// Walks over two snapshots side by side in the order of barcodes, as SQLite compares them: byte by byte.
    private func walk<Value, Result: Sendable>(
        _ older: Int64,
        _ newer: Int64,
        columns: String,
        read: @escaping @Sendable (Row) throws -> Value,
        barcode: @escaping @Sendable (Value) -> String,
        into start: Result,
        _ body: @escaping @Sendable (inout Result, _ before: Value?, _ after: Value?) -> Void
    ) async throws(StoreError) -> Result {
        do {
            guard let old = try shelf.reader(older) else { throw StoreError.absent(what: "snapshot \(older)") }
            guard let new = try shelf.reader(newer) else { throw StoreError.absent(what: "snapshot \(newer)") }
            // A snapshot does not differ from itself, and its one connection may not be asked twice.
            guard older != newer else { return start }
            let query = "SELECT \(columns) FROM item INDEXED BY itemByBarcode ORDER BY barcode"
            return try await old.read { oldDatabase in
                try new.read { newDatabase in
                    var result = start
                    let left = try Row.fetchCursor(oldDatabase, sql: query)
                    let right = try Row.fetchCursor(newDatabase, sql: query)
                    var before = try left.next().map(read)
                    var after = try right.next().map(read)
                    while before != nil || after != nil {
                        let order = Self.order(before.map(barcode), after.map(barcode))
                        body(&result, order <= 0 ? before : nil, order >= 0 ? after : nil)
                        if order <= 0 { before = try left.next().map(read) }
                        if order >= 0 { after = try right.next().map(read) }
                    }
                    return result
                }
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// -1, 0, 1; whoever has come to the end stands behind everything.
    private static func order(_ left: String?, _ right: String?) -> Int {
        guard let left else { return 1 }
        guard let right else { return -1 }
        if left.utf8.elementsEqual(right.utf8) { return 0 }
        return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
    }
}
