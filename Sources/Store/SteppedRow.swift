import GRDB
import GRDBSQLite

/// The row on which a statement stands, read by SQLite's C interface.
///
/// For single rows that are looked up in some microseconds: GRDB makes a table of column names for each first, which
/// takes longer than to find the row. Gone with the next step.
struct SteppedRow: StoredRow {
    fileprivate let statement: OpaquePointer

    func text(_ column: Int) -> String? {
        guard sqlite3_column_type(statement, Int32(column)) == SQLITE_TEXT,
            let start = sqlite3_column_text(statement, Int32(column))
        else { return nil }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func number(_ column: Int) -> Int64? {
        guard sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER else { return nil }
        return sqlite3_column_int64(statement, Int32(column))
    }

    func bytes(_ column: Int) -> [UInt8]? {
        guard sqlite3_column_type(statement, Int32(column)) == SQLITE_BLOB else { return nil }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        guard let start = sqlite3_column_blob(statement, Int32(column)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}

extension Statement {
    /// The first row for a number, decoded where it stands.
    func first<Value>(_ number: Int64, _ decode: (SteppedRow) throws -> Value) throws -> Value? {
        try step(sqlite3_bind_int64(sqliteStatement, 1, number), decode)
    }

    /// The first row for a text that is not empty, decoded where it stands.
    func first<Value>(_ text: String, _ decode: (SteppedRow) throws -> Value) throws -> Value? {
        var text = text
        return try text.withUTF8 { bytes in
            // Without a destructor SQLite takes the bytes where they stand: they outlive the step.
            let code = bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(sqliteStatement, 1, $0.baseAddress, Int32(clamping: bytes.count), nil)
            }
            return try step(code, decode)
        }
    }

    private func step<Value>(_ bound: Int32, _ decode: (SteppedRow) throws -> Value) throws -> Value? {
        defer {
            sqlite3_reset(sqliteStatement)
            sqlite3_clear_bindings(sqliteStatement)
        }
        let code = bound == SQLITE_OK ? sqlite3_step(sqliteStatement) : bound
        switch code {
        case SQLITE_ROW: return try decode(SteppedRow(statement: sqliteStatement))
        case SQLITE_DONE: return nil
        default:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(sqlite3_db_handle(sqliteStatement)))
            )
        }
    }
}
