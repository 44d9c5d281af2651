import GRDB
import Library
import Tags
import Testing

@testable import Store

struct SchemaTests {
    @Test func `no table has a column for a patron`() throws {
        let columns = try Store.inMemory().read { database in
            try String.fetchAll(
                database,
                sql: "SELECT p.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS p WHERE s.type = 'table'"
            )
        }
        #expect(columns.count > 50)
        for word in ["patron", "borrower", "card", "person", "user", "member"] {
            #expect(!columns.contains { $0.lowercased().contains(word) }, "found a column that names a \(word)")
        }
    }

    @Test func `no snapshot has a column for a patron`() throws {
        let store = try Store.inMemory()
        let info = try store.importItems([Item(barcode: "1")])
        let columns = try store.shelf.reader(info.number)?.read { database in
            try String.fetchAll(
                database,
                sql: "SELECT p.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS p WHERE s.type = 'table'"
            )
        }
        #expect((columns ?? []).count > 25)
        for word in ["patron", "borrower", "card", "person", "user", "member"] {
            #expect(columns?.contains { $0.lowercased().contains(word) } == false)
        }
    }

    @Test func `every table of ours is strict`() throws {
        let loose = try Store.inMemory().read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM pragma_table_list
                    WHERE schema = 'main' AND type = 'table' AND strict = 0
                    AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'grdb%'
                    """
            )
        }
        #expect(loose == [])
    }

    @Test func `there is never more than one current snapshot`() throws {
        let store = try Store.inMemory()
        try store.importItems([Item(barcode: "1")])
        try store.importItems([Item(barcode: "2")])
        let error = #expect(throws: StoreError.self) {
            try store.write { database in try database.execute(sql: "UPDATE snapshot SET state = 'current'") }
        }
        guard case .refused = error else {
            Issue.record("found \(String(describing: error)), wanted refused")
            return
        }
        #expect(try store.snapshot()?.number == 2)
    }

    @Test func `a sighting cannot be changed`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        try store.append([Sighting(uid: .number(1), reader: "wand-1", at: .second(1))], to: sweep.id)
        #expect(throws: StoreError.refused(detail: "a sighting is never changed")) {
            try store.write { database in try database.execute(sql: "UPDATE sighting SET barcode = '1'") }
        }
    }

    @Test func `a sighting of no sweep and a result of no intent are refused`() throws {
        let store = try Store.inMemory()
        #expect(throws: StoreError.self) {
            try store.append([Sighting(uid: .number(1), reader: "wand-1", at: .second(1))], to: 7)
        }
        #expect(throws: StoreError.self) {
            try store.record(SecurityResult(outcome: .done, reason: "read back"), of: 7, at: .second(1))
        }
    }
}
