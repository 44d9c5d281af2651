import GRDB
import GRDBSQLite
import Library

/// An item whose barcode an earlier row of the same import has already.
struct DoubledItem {
    /// Found in one go; more of them are found by asking again.
    static let most = 50_000

    private let id: Int64
    private let first: Int64

    /// Walks over the index of barcodes, where doubles stand side by side. Half a second for five million items.
    static func find(in database: Database) throws -> [DoubledItem] {
        let walk = try database.makeStatement(
            sql: "SELECT barcode, id FROM item INDEXED BY itemByBarcode ORDER BY barcode, id"
        )
        let handle = walk.sqliteStatement
        defer { sqlite3_reset(handle) }
        var found: [DoubledItem] = []
        var barcode: [UInt8] = []
        var first: Int64 = 0
        while sqlite3_step(handle) == SQLITE_ROW, found.count < most {
            let length = Int(sqlite3_column_bytes(handle, 0))
            let bytes = UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, 0), count: length)
            let id = sqlite3_column_int64(handle, 1)
            if barcode.count == length, barcode.withUnsafeBytes({ $0.elementsEqual(bytes) }) {
                found.append(DoubledItem(id: id, first: first))
            } else {
                barcode.removeAll(keepingCapacity: true)
                barcode.append(contentsOf: bytes)
                first = id
            }
        }
        return found
    }

    /// Takes the item out with the further barcodes that it alone has, as they would mean the row that stays; when asked
    /// to, leaves a rejection that names that row.
    func remove(from database: Database, noting: Bool) throws {
        let select = try database.cachedStatement(
            sql: "SELECT line, barcode, COALESCE(homeBranch, holdingBranch), otherBarcodes FROM item WHERE id = ?"
        )
        let (earlier, later) = try (Row.fetchOne(select, arguments: [first]), Row.fetchOne(select, arguments: [id]))
        if noting {
            let branch = earlier?.text(2)
            let place = branch == later?.text(2) ? "" : branch.map { ", for branch \($0)" } ?? ""
            let cause = "barcode \(later?.text(1) ?? "") stands in line \(earlier?.count(0) ?? 0) already\(place)"
            try database.cachedStatement(sql: "INSERT INTO rejection (line, cause, text) VALUES (?, ?, '')")
                .execute(arguments: [later?.count(0), cause])
        }
        if let others = later?.text(3) {
            let kept = Set((earlier?.text(3) ?? "").split(separator: "\n"))
            let forget = try database.cachedStatement(sql: "DELETE FROM otherBarcode WHERE barcode = ? AND item = ?")
            for other in others.split(separator: "\n") where !kept.contains(other) {
                try forget.execute(arguments: [String(other), later?.text(1)])
            }
        }
        try database.cachedStatement(sql: "DELETE FROM item WHERE id = ?").execute(arguments: [id])
    }
}
