import Crypto
import Foundation
import GRDB
package import Library

/// The audit log. Each row has the hash of all before it, so that a row that is edited, taken out or put in shows.
///
/// Whoever may write to the file can also make the whole chain anew: what cannot be made anew is a number and hash that
/// was noted elsewhere, such as in the system's journal.
extension Store {
    /// Appends an entry; on the disk before it returns. Number and hash are given here.
    package func append(_ entry: AuditEntry) throws(StoreError) -> AuditEntry {
        try write { database in
            var entry = entry
            let last = try Self.lastLink(database)
            entry.id = last.id + 1
            entry.chain = Self.link(entry, after: last.chain)
            try database.execute(
                sql: """
                    INSERT INTO auditEntry (id, at, who, role, means, peer, action, target, result, chain)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.id, entry.at.milliseconds, entry.who, entry.role, entry.means, entry.peer, entry.action,
                    entry.target, entry.result, Data(entry.chain),
                ]
            )
            return entry
        }
    }

    /// The entries from behind number `id` on, in order, `limit` at most.
    package func auditEntries(after id: AuditEntry.ID, limit: Int) throws(StoreError) -> [AuditEntry] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT \(Self.auditColumns) FROM auditEntry WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [id, max(0, limit)]
            ).map(Self.auditEntry)
        }
    }

    /// The last entries before number `id`, or of all; the newest first.
    package func latestAuditEntries(before id: AuditEntry.ID?, limit: Int) throws(StoreError) -> [AuditEntry] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT \(Self.auditColumns) FROM auditEntry WHERE id < ? ORDER BY id DESC LIMIT ?",
                arguments: [id ?? .max, max(0, limit)]
            ).map(Self.auditEntry)
        }
    }

    /// Goes through the whole log, hash by hash; some 100 000 entries in a second.
    ///
    /// - Parameter noted: a number and hash that were noted elsewhere.
    package func verifyAudit(noted: (id: AuditEntry.ID, chain: [UInt8])? = nil) throws(StoreError) -> AuditVerdict {
        try read { database in
            var verdict = AuditVerdict(count: 0, last: 0, chain: Self.firstLink, fault: nil)
            var isNotedSeen = noted.map { $0.id == 0 } ?? true
            let rows = try Row.fetchCursor(database, sql: "SELECT \(Self.auditColumns) FROM auditEntry ORDER BY id")
            while let row = try rows.next() {
                let entry: AuditEntry
                do {
                    entry = try Self.auditEntry(row)
                } catch {
                    verdict.fault = "entry \(verdict.last + 1): found something that was never written"
                    return verdict
                }
                guard entry.id == verdict.last + 1 else {
                    verdict.fault = "entry \(verdict.last + 1): is missing; the next is \(entry.id)"
                    return verdict
                }
                guard entry.chain == Self.link(entry, after: verdict.chain) else {
                    verdict.fault = "entry \(entry.id): is not as it was written, or one before it is not"
                    return verdict
                }
                if let noted, noted.id == entry.id {
                    isNotedSeen = true
                    guard noted.chain == entry.chain else {
                        verdict.fault = "entry \(entry.id): has another hash than was noted; the log was written anew"
                        return verdict
                    }
                }
                verdict.count += 1
                verdict.last = entry.id
                verdict.chain = entry.chain
            }
            // SQLite remembers the highest number that was ever given.
            let highest = try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'auditEntry'")
            if let highest, highest > verdict.last {
                verdict.fault = "entry \(verdict.last + 1): is missing, with all behind it; there were \(highest)"
            } else if !isNotedSeen, let noted {
                verdict.fault = "entry \(noted.id): was noted and is missing"
            }
            return verdict
        }
    }

    private static let auditColumns = "id, at, who, role, means, peer, action, target, result, chain"

    private static let firstLink = Array(SHA256.hash(data: Data("pressmark audit log, first link".utf8)))

    private static func lastLink(_ database: Database) throws -> (id: Int64, chain: [UInt8]) {
        let row = try Row.fetchOne(database, sql: "SELECT id, chain FROM auditEntry ORDER BY id DESC LIMIT 1")
        let highest = try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'auditEntry'")
        // Numbers that were taken out are not given again: the gap shows.
        let id = max(row?.number(0) ?? 0, highest ?? 0)
        return (id, row.flatMap { Data.fromDatabaseValue($0[1]) }.map(Array.init) ?? firstLink)
    }

    /// SHA-256 over the link before and every field, each with its length ahead, so that no two entries look alike.
    private static func link(_ entry: AuditEntry, after previous: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        func add(_ number: Int64) { withUnsafeBytes(of: number.bigEndian) { hash.update(bufferPointer: $0) } }
        hash.update(data: previous)
        add(entry.id)
        add(entry.at.milliseconds)
        for text in [entry.who, entry.role, entry.means, entry.peer, entry.action, entry.target] {
            add(Int64(text.utf8.count))
            hash.update(data: Data(text.utf8))
        }
        add(Int64(entry.result))
        return Array(hash.finalize())
    }

    private static func auditEntry(_ row: Row) throws -> AuditEntry {
        AuditEntry(
            id: try row.number(0).orDamaged("audit entry without number"),
            at: try row.moment(1).orDamaged("audit entry without moment"),
            who: try row.text(2).orDamaged("audit entry of nobody"),
            role: try row.text(3).orDamaged("audit entry without role"),
            means: try row.text(4).orDamaged("audit entry without means"),
            peer: try row.text(5).orDamaged("audit entry without address"),
            action: try row.text(6).orDamaged("audit entry without action"),
            target: try row.text(7).orDamaged("audit entry without target"),
            result: try row.count(8).orDamaged("audit entry without result"),
            chain: try Data.fromDatabaseValue(row[9]).map(Array.init).orDamaged("audit entry without hash")
        )
    }
}
