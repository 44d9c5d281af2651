import Foundation
import GRDB
package import Library

extension Store {
    /// The item of the current snapshot with this barcode, its own or another one of it. Some tens of µs.
    package func item(barcode: String) throws(StoreError) -> ShelvedItem? {
        try find(else: nil) { database in try Self.item(barcode, database) }
    }

    /// Every barcode by which the item is known that has this one; what the holdings do not know goes by it alone.
    ///
    /// A further barcode that another item has for its own, or that two items claim, is left out: it names nobody for
    /// sure.
    package func names(ofItem barcode: String) throws(StoreError) -> ItemNames {
        try find(else: ItemNames(own: barcode)) { database in
            guard let item = try Self.item(barcode, database)?.item else { return ItemNames(own: barcode) }
            let claims = try database.cachedStatement(sql: "SELECT item FROM otherBarcode WHERE barcode = ? LIMIT 2")
            let own = try database.cachedStatement(sql: Self.selectItem)
            let others = try item.otherBarcodes.filter { other in
                try own.first(other, { _ in true }) == nil
                    && String.fetchAll(claims, arguments: [other]) == [item.barcode]
            }
            return ItemNames(own: item.barcode, others: Set(others))
        }
    }

    /// The items of the current snapshot with these barcodes, by barcode; unknown ones are left out.
    ///
    /// Some 5 µs for each: the way to look up a whole pad or a portion of sightings.
    package func items(barcodes: some Sequence<String>) throws(StoreError) -> [String: ShelvedItem] {
        try find(else: [:]) { database in
            var found: [String: ShelvedItem] = [:]
            for barcode in barcodes where found[barcode] == nil {
                found[barcode] = try Self.item(barcode, database)
            }
            return found
        }
    }

    /// The items that a sweep of `scope` expects, in shelf order: those that cannot be filed last, then by barcode.
    ///
    /// A second or so for each million items that the scope lets through.
    package func items(in scope: SweepScope) throws(StoreError) -> [ShelvedItem] {
        var expected: [ShelvedItem] = []
        try forEachItem(in: scope) { expected.append($0) }
        return expected
    }

    /// The same one by one, so that a million of them need not stand in memory together.
    func forEachItem(in scope: SweepScope, _ body: (ShelvedItem) -> Void) throws(StoreError) {
        var conditions = ["1"]
        var arguments: StatementArguments = []
        func narrow(_ condition: String, _ value: some DatabaseValueConvertible) {
            conditions.append(condition)
            arguments += [value]
        }
        let home = "COALESCE(homeBranch, holdingBranch)"
        if let branch = scope.branch { narrow("(\(home) = ? OR \(home) IS NULL)", branch) }
        if let location = scope.location { narrow("COALESCE(permanentLocation, location) = ?", location) }
        if let collection = scope.collection { narrow("collection = ?", collection) }
        if let range = scope.callNumbers?.range {
            narrow("shelfKey >= ?", Data(range.lower))
            narrow("shelfKey < ?", Data(range.upper))
        }
        let query = """
            SELECT \(ShelvedItem.columns) FROM item WHERE \(conditions.joined(separator: " AND "))
            ORDER BY shelfKey IS NULL, shelfKey, barcode
            """
        try readHoldings(else: ()) { database in
            // SQL narrows; the scope itself has the last word, so that there is one rule.
            let rows = try Row.fetchCursor(database, sql: query, arguments: arguments)
            while let row = try rows.next() {
                let shelved = try ShelvedItem(row: row)
                if scope.membership(of: shelved) == .expected { body(shelved) }
            }
        }
    }

    /// Items in the current snapshot.
    package func itemCount() throws(StoreError) -> Int {
        try snapshot()?.itemCount ?? 0
    }

    /// The first items of a snapshot in the order of the file.
    package func firstItems(snapshot number: Int64, limit: Int) throws(StoreError) -> [Item] {
        do {
            return try shelf.reader(number)?.read { database in
                try Row.fetchAll(
                    database,
                    sql: "SELECT \(ShelvedItem.columns) FROM item ORDER BY id LIMIT ?",
                    arguments: [max(0, limit)]
                ).map { try ShelvedItem(row: $0).item }
            } ?? []
        } catch {
            throw StoreError(error)
        }
    }

    /// Reads in the current snapshot; `nothing` when there is none.
    func readHoldings<Value>(
        else nothing: Value,
        _ body: (Database) throws -> Value
    ) throws(StoreError) -> Value {
        guard let snapshot = shelf.current else { return nothing }
        do {
            return try snapshot.read(body)
        } catch {
            throw StoreError(error)
        }
    }

    /// Looks something up in the current snapshot, in some microseconds; `nothing` when there is none.
    private func find<Value>(
        else nothing: Value,
        _ body: (Database) throws -> Value
    ) throws(StoreError) -> Value {
        guard let snapshot = shelf.finder else { return nothing }
        do {
            // A finished snapshot never changes: a transaction around the look would keep nothing out.
            return try snapshot.unsafeRead(body)
        } catch {
            throw StoreError(error)
        }
    }

    private static func item(_ barcode: String, _ database: Database) throws -> ShelvedItem? {
        let select = try database.cachedStatement(sql: selectItem)
        if let found = try select.first(barcode, { try ShelvedItem(row: $0) }) { return found }
        let other = try database.cachedStatement(sql: selectItemByOther)
        return try other.first(barcode) { try ShelvedItem(row: $0) }
    }

    private static let selectItem = "SELECT \(ShelvedItem.columns) FROM item WHERE barcode = ?"
    private static let selectItemByOther = """
        SELECT \(ShelvedItem.columns) FROM item WHERE barcode = (SELECT item FROM otherBarcode WHERE barcode = ?)
        """
}
