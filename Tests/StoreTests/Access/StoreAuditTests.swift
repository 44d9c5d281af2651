import GRDB
import Library
import Testing

@testable import Store

@Suite struct StoreAuditTests {
    private func store(_ count: Int = 5) throws -> Store {
        let store = try Store.inMemory()
        for number in 1...count { _ = try store.append(Self.entry(number)) }
        return store
    }

    private static func entry(_ number: Int) -> AuditEntry {
        AuditEntry(
            at: .second(Int64(number)),
            who: "desk-\(number)",
            role: "desk",
            means: "token",
            peer: "192.0.2.7",
            action: "POST /v1/readers/{name}/security",
            target: "/v1/readers/pad-1/security",
            result: 200
        )
    }

    private func edit(_ store: Store, _ sql: String) throws {
        try store.write { database in try database.execute(sql: sql) }
    }

    @Test func `entries have numbers, moments and a chain`() throws {
        let store = try store()
        let entries = try store.auditEntries(after: 0, limit: 10)
        try #require(entries.map(\.id) == [1, 2, 3, 4, 5])
        #expect(entries.map(\.who) == (1...5).map { "desk-\($0)" })
        #expect(Set(entries.map(\.chain)).count == 5)
        #expect(try store.auditEntries(after: 3, limit: 1).map(\.id) == [4])
        #expect(try store.latestAuditEntries(before: nil, limit: 2).map(\.id) == [5, 4])
        #expect(try store.latestAuditEntries(before: 4, limit: 2).map(\.id) == [3, 2])
        let verdict = try store.verifyAudit()
        #expect(verdict == AuditVerdict(count: 5, last: 5, chain: entries[4].chain, fault: nil))
    }

    @Test func `an empty log is as it was written`() throws {
        let verdict = try Store.inMemory().verifyAudit()
        #expect(verdict.fault == nil && verdict.count == 0 && verdict.last == 0)
    }

    @Test(arguments: [
        "at = at + 1", "who = 'somebody'", "role = 'admin'", "means = 'session'", "peer = ''", "action = 'x'",
        "target = '/v1/readers/pad-2/security'", "result = 403", "chain = zeroblob(32)",
        // The same letters in other places.
        "role = 'des', means = 'ktoken'",
    ])
    func `an entry that was edited is found`(_ change: String) throws {
        let store = try store()
        try edit(store, "UPDATE auditEntry SET \(change) WHERE id = 3")
        let verdict = try store.verifyAudit()
        #expect(verdict.fault?.hasPrefix("entry 3: ") == true)
        #expect(verdict.last == 2)
    }

    @Test(arguments: [(1, "entry 1: is missing"), (3, "entry 3: is missing"), (5, "entry 5: is missing, with all")])
    func `an entry that was taken out is found`(_ id: Int, _ fault: String) throws {
        let store = try store()
        try edit(store, "DELETE FROM auditEntry WHERE id = \(id)")
        #expect(try store.verifyAudit().fault?.hasPrefix(fault) == true)
        // Nor does the next entry hide it.
        _ = try store.append(Self.entry(6))
        #expect(try store.verifyAudit().fault?.hasPrefix("entry \(id): is missing") == true)
    }

    @Test func `an entry that was put in is found`() throws {
        let store = try store()
        try edit(
            store,
            """
            INSERT INTO auditEntry (at, who, role, means, peer, action, target, result, chain)
            SELECT at, who, role, means, peer, action, target, result, chain FROM auditEntry WHERE id = 5
            """
        )
        #expect(try store.verifyAudit().fault?.hasPrefix("entry 6: is not as it was written") == true)
    }

    @Test func `two entries that changed places are found`() throws {
        let store = try store()
        try edit(store, "UPDATE auditEntry SET id = 99 WHERE id = 2")
        try edit(store, "UPDATE auditEntry SET id = 2 WHERE id = 3")
        try edit(store, "UPDATE auditEntry SET id = 3 WHERE id = 99")
        #expect(try store.verifyAudit().fault?.hasPrefix("entry 2: ") == true)
    }

    @Test func `a log that was made anew is found by what was noted elsewhere`() throws {
        let old = try store()
        let noted = try #require(try old.auditEntries(after: 3, limit: 1).first)
        #expect(try old.verifyAudit(noted: (noted.id, noted.chain)).fault == nil)
        let anew = try Store.inMemory()
        for number in [1, 2, 4, 5, 6] { _ = try anew.append(Self.entry(number)) }
        #expect(try anew.verifyAudit().fault == nil)
        #expect(try anew.verifyAudit(noted: (noted.id, noted.chain)).fault?.contains("written anew") == true)
        let short = try store(2)
        #expect(try short.verifyAudit(noted: (noted.id, noted.chain)).fault == "entry 4: was noted and is missing")
    }
}
