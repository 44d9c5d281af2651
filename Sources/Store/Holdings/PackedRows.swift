import GRDB
import GRDBSQLite
import Library

/// Items on their way into a snapshot: their values in one piece of memory, in the order of the columns.
///
/// Packing costs the reading side a copy of bytes; what is left for the writing side is to bind and to step, so that
/// both can work at the same time.
struct PackedRows: Sendable {
    /// Texts and the key, in the order in which a row has them.
    private static let texts = [
        "barcode", "otherBarcodes", "itemIdentifier", "recordIdentifier", "title", "callNumber", "scheme",
        "systemSortKey", "enumeration", "copyNumber", "homeBranch", "holdingBranch", "location", "permanentLocation",
        "collection", "itemType", "status", "statusText", "owner", "lastSeen",
    ]

    /// Where the library system's own number stands among them.
    private static let identifier = 2

    static let insert = statement(into: "item", numberedBy: "line")

    /// Writes items into a table that has their columns: each with its number, and `fixed` columns the same for all.
    static func statement(into table: String, numberedBy number: String, fixed: [(name: String, value: String)] = [])
        -> String
    {
        let own = texts + ["shelfKey", "parts", number]
        let names = own + fixed.map(\.name)
        let values = own.map { _ in "?" } + fixed.map(\.value)
        return """
            INSERT INTO \(table) (\(names.joined(separator: ", ")))
            VALUES (\(values.joined(separator: ", ")))
            """
    }

    private var bytes: [UInt8] = []
    /// The length of each value; -1 for none.
    private var lengths: [Int32] = []
    private var numbers: [(parts: Int32, line: Int64)] = []
    /// Other barcodes with the barcode of their item.
    private(set) var others: [(other: String, barcode: String)] = []

    var count: Int { numbers.count }

    /// The barcode of each item and the library system's own number for it.
    var names: [(barcode: String, identifier: String?)] {
        let columns = Self.texts.count + 1
        var place = 0
        return (0..<count).map { row in
            let lengths = lengths[row * columns..<(row + 1) * columns].map { Int($0) }
            func text(_ column: Int) -> String? {
                guard lengths[column] >= 0 else { return nil }
                let start = lengths[..<column].reduce(place) { $0 + max(0, $1) }
                return String(decoding: bytes[start..<start + lengths[column]], as: UTF8.self)
            }
            let names = (barcode: text(0) ?? "", identifier: text(Self.identifier))
            place = lengths.reduce(place) { $0 + max(0, $1) }
            return names
        }
    }

    mutating func append(_ item: Item, key: ShelfKey?, line: Int) {
        text(item.barcode)
        if item.otherBarcodes.isEmpty {
            lengths.append(-1)
        } else {
            text(item.otherBarcodes.joined(separator: "\n"))
            for other in item.otherBarcodes where other != item.barcode { others.append((other, item.barcode)) }
        }
        text(item.itemIdentifier)
        text(item.recordIdentifier)
        text(item.title)
        text(item.callNumber)
        text(item.scheme.rawValue)
        text(item.systemSortKey)
        text(item.enumeration)
        text(item.copyNumber)
        text(item.homeBranch)
        text(item.holdingBranch)
        text(item.location)
        text(item.permanentLocation)
        text(item.collection)
        text(item.itemType)
        text(item.status.rawValue)
        text(item.statusText)
        text(item.owner)
        text(item.lastSeen)
        if let key {
            bytes.append(contentsOf: key.bytes)
            lengths.append(Int32(clamping: key.bytes.count))
        } else {
            lengths.append(-1)
        }
        numbers.append((Int32(clamping: item.parts ?? -1), Int64(line)))
    }

    private mutating func text(_ value: String?) {
        guard let value else { return lengths.append(-1) }
        let before = bytes.count
        bytes.append(contentsOf: value.utf8)
        lengths.append(Int32(clamping: bytes.count - before))
    }
}

extension PackedRows {
    /// Writes every row by a prepared ``insert``.
    func write(by statement: Statement, in database: Database) throws {
        let handle = statement.sqliteStatement
        let columns = Self.texts.count + 1
        try bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var place = 0
            for row in 0..<numbers.count {
                for column in 0..<columns {
                    let length = lengths[row * columns + column]
                    let index = Int32(column + 1)
                    if length < 0 {
                        sqlite3_bind_null(handle, index)
                        continue
                    }
                    let value = base + place
                    // Without a destructor SQLite takes the bytes where they stand: they outlive the step.
                    if column == columns - 1 {
                        sqlite3_bind_blob(handle, index, value, length, nil)
                    } else {
                        sqlite3_bind_text(
                            handle,
                            index,
                            UnsafeRawPointer(value).assumingMemoryBound(to: CChar.self),
                            length,
                            nil
                        )
                    }
                    place += Int(length)
                }
                let (parts, line) = numbers[row]
                if parts < 0 {
                    sqlite3_bind_null(handle, Int32(columns + 1))
                } else {
                    sqlite3_bind_int64(handle, Int32(columns + 1), Int64(parts))
                }
                sqlite3_bind_int64(handle, Int32(columns + 2), line)
                let code = sqlite3_step(handle)
                sqlite3_reset(handle)
                guard code == SQLITE_DONE else {
                    throw DatabaseError(
                        resultCode: ResultCode(rawValue: code),
                        message: String(cString: sqlite3_errmsg(database.sqliteConnection))
                    )
                }
            }
        }
        sqlite3_clear_bindings(handle)
    }
}
