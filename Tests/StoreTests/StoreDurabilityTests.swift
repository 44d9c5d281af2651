import Foundation
import GRDB
import Library
import Tags
import Testing

@testable import Store

struct StoreDurabilityTests {
    @Test func `promised writes wait for the disk, bulk writes do not`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        func level(_ durability: Durability) throws -> Int? {
            try store.write(durability) { database in try Int.fetchOne(database, sql: "PRAGMA synchronous") }
        }
        // 2 is FULL, 1 is NORMAL (SQLite, PRAGMA synchronous).
        #expect(try level(.promised) == 2)
        #expect(try level(.bulk) == 1)
        #expect(try level(.promised) == 2)
        #expect(try store.read { database in try String.fetchOne(database, sql: "PRAGMA journal_mode") } == "wal")
    }

    @Test func `an import that is in use is one, though what it replaces cannot be cleared away yet`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        try store.importItems([Item(barcode: "old")], keeping: 0)
        let old = folder.file("holdings-1.sqlite").path
        // What a disk that becomes full between the two would say.
        func block(_ sql: String) throws {
            try store.database.writeWithoutTransaction { try $0.execute(sql: sql) }
        }
        try block("CREATE TRIGGER full BEFORE DELETE ON snapshot BEGIN SELECT RAISE(ABORT, 'full'); END")
        let new = try store.importItems([Item(barcode: "new")], keeping: 0)
        #expect(try store.snapshot() == new)
        #expect(try store.item(barcode: "new") != nil)
        #expect(FileManager.default.fileExists(atPath: old))
        try block("DROP TRIGGER full")
        try store.importItems([Item(barcode: "newer")], keeping: 0)
        #expect(!FileManager.default.fileExists(atPath: old))
    }

    @Test func `on a full disk nothing acknowledged is lost and writing goes on when there is space`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        func limit(to pages: Int) throws {
            try store.database.writeWithoutTransaction { database in
                _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages)")
            }
        }
        // A page limit fails in the same way as a disk without space: SQLITE_FULL.
        try limit(to: 60)
        var acknowledged: [Sighting] = []
        var error: StoreError?
        for portion in 0..<1000 where error == nil {
            let sightings = (0..<50).map { index in
                Sighting(uid: .number(UInt64(portion * 50 + index)), reader: "wand-1", at: .second(Int64(portion)))
            }
            do throws(StoreError) {
                try store.append(sightings, to: sweep.id)
                acknowledged += sightings
            } catch let full {
                error = full
            }
        }
        #expect(error == .full)
        #expect(error?.hint?.contains("free some space") == true)
        #expect(try store.sightings(of: sweep.id) == acknowledged)
        try limit(to: 1_000_000)
        let last = Sighting(uid: .number(9), reader: "wand-2", at: .second(9))
        #expect(try store.append([last], to: sweep.id) == 1)
        #expect(try store.sightings(of: sweep.id) == acknowledged + [last])
    }

    @Test func `sightings find their turn while an import runs`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let portions = 40
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try store.importItems((0..<6000).map { Item(barcode: "\($0)", title: "a book") }) }
            for wand in 1...2 {
                group.addTask {
                    for portion in 0..<portions {
                        let sighting = Sighting(
                            uid: .number(UInt64(portion)),
                            reader: "wand-\(wand)",
                            at: .second(Int64(portion))
                        )
                        try store.append([sighting], to: sweep.id)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.sightings(of: sweep.id).count == 2 * portions)
        #expect(try store.itemCount() == 6000)
    }
}
