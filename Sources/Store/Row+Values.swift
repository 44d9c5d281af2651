import Foundation
import GRDB
import Library
import Tags

/// Reading of columns that never traps, whatever a torn database file holds.
protocol StoredRow {
    func text(_ column: Int) -> String?
    func number(_ column: Int) -> Int64?
    func bytes(_ column: Int) -> [UInt8]?
}

extension Row: StoredRow {
    func text(_ column: Int) -> String? { String.fromDatabaseValue(self[column]) }

    func number(_ column: Int) -> Int64? { Int64.fromDatabaseValue(self[column]) }

    func bytes(_ column: Int) -> [UInt8]? { Data.fromDatabaseValue(self[column]).map { Array($0) } }
}

extension StoredRow {
    func count(_ column: Int) -> Int? { number(column).flatMap(Int.init(exactly:)) }

    func byte(_ column: Int) -> UInt8? { number(column).flatMap(UInt8.init(exactly:)) }

    func truth(_ column: Int) -> Bool? { number(column).map { $0 != 0 } }

    func key(_ column: Int) -> ShelfKey? { bytes(column).map(ShelfKey.init(bytes:)) }

    func moment(_ column: Int) -> Moment? { number(column).map(Moment.init(milliseconds:)) }

    func uid(_ column: Int) throws -> TagUID {
        TagUID(UInt64(bitPattern: try number(column).orDamaged("tag without UID")))
    }
}

extension Optional {
    /// The value, or the report that the database does not hold what its schema promises.
    func orDamaged(_ what: String) throws(StoreError) -> Wrapped {
        guard let self else { throw .damaged(detail: what) }
        return self
    }
}

extension TagUID {
    /// The 64 bits as SQLite's signed integer.
    var stored: Int64 { Int64(bitPattern: rawValue) }
}

extension ShelfKey {
    var stored: Data { Data(bytes) }
}
