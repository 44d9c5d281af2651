import Foundation
import GRDB
import Library
import Testing

@testable import Store

struct StoreBackupTests {
    @Test func `a backup holds what was there and its source goes on`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        try store.importItems((0..<300).map { Item(barcode: "3\($0)") })
        _ = try store.startSweep(SweepScope(), at: .second(5))
        let path = folder.file("copy.sqlite").path
        let facts = try await store.backUp(to: path)
        #expect(facts.itemCount == 300)
        #expect(facts.sweepCount == 1)
        #expect(facts.openChangeCount == 0)
        #expect(facts.byteCount == Int64(try Data(contentsOf: folder.file("copy.sqlite")).count))
        try store.importItems([Item(barcode: "new")])
        #expect(try await BackupFile(path: path).inspect() == facts)
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }

    @Test func `writing goes on while the copy is made and the copy is of one moment`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        try store.importItems((0..<3000).map { Item(barcode: "3\($0)", title: "Title of number \($0)") })
        let path = folder.file("copy.sqlite").path
        async let facts = store.backUp(to: path)
        for number in 0..<5 { try store.importItems([Item(barcode: "late \(number)")], keeping: 10) }
        #expect([3000, 1].contains(try await facts.itemCount))
        #expect(try store.snapshot()?.itemCount == 1)
    }

    @Test func `a restored backup gives up all of its tables at once, or none`() async throws {
        let folder = try TemporaryFolder()
        let target = try TemporaryFolder()
        let place = target.file("pressmark.sqlite").path
        do {
            let store = try Store.open(folder: folder.path)
            try store.importItems([Item(barcode: "old")])
            _ = try await store.backUp(to: place)
        }
        // The last one cannot be dropped as a table, which stops the start where a power cut would.
        try await DatabaseQueue(path: place).write { database in
            try database.execute(sql: "ALTER TABLE rejection RENAME TO hidden")
            try database.execute(sql: "CREATE VIEW rejection AS SELECT * FROM hidden")
        }
        #expect(throws: StoreError.self) { try Store.open(folder: target.path) }
        try await DatabaseQueue(path: place).write { database in
            #expect(try database.tableExists("item") && database.tableExists("otherBarcode"))
            try database.execute(sql: "DROP VIEW rejection")
            try database.execute(sql: "ALTER TABLE hidden RENAME TO rejection")
        }
        let store = try Store.open(folder: target.path)
        #expect(try store.item(barcode: "old") != nil)
        _ = try await store.backUp(to: target.file("copy").path)
    }

    @Test func `a backup that nobody waits for any more ends before its items are copied`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        try store.importItems([Item(barcode: "1")])
        let copy = try DatabaseQueue(path: folder.file("copy").path)
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            try await store.packSnapshot(into: copy)
        }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    @Test func `a place that cannot be written to is named and nothing is left`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let path = folder.file("no/such/folder/copy").path
        let error = await #expect(throws: StoreError.self) { _ = try await store.backUp(to: path) }
        guard case .notWritable = error else {
            Issue.record("found \(String(describing: error)), wanted notWritable")
            return
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a restored backup takes effect at the next start and the database of now is kept`() async throws {
        let folder = try TemporaryFolder()
        do {
            let store = try Store.open(folder: folder.path)
            try store.importItems([Item(barcode: "old")])
            _ = try await store.backUp(to: folder.file("copy").path)
            try store.importItems([Item(barcode: "new")])
            _ = try await Store.stageRestore(of: folder.file("copy").path, folder: folder.path)
            #expect(try store.item(barcode: "new") != nil)
            #expect(!store.isRestored)
        }
        do {
            let store = try Store.open(folder: folder.path)
            #expect(try store.item(barcode: "old") != nil)
            #expect(try store.item(barcode: "new") == nil)
            #expect(store.isRestored)
            try await store.check()
        }
        let kept = try await BackupFile(path: folder.file("pressmark.before-restore.sqlite").path).inspect()
        #expect(kept.itemCount == 1)
        let store = try Store.open(folder: folder.path)
        #expect(try store.item(barcode: "old") != nil)
        #expect(store.isRestored, "nobody has written it down yet")
        store.forgetRestore()
        #expect(!store.isRestored)
    }

    @Test func `a token that was revoked since a backup stays revoked when that is restored`() async throws {
        let folder = try TemporaryFolder()
        do {
            let store = try Store.open(folder: folder.path)
            for name in ["lost", "good"] {
                _ = try store.addToken(name, secret: name, role: .desk, scope: .everywhere, at: .second(0), until: nil)
            }
            _ = try await store.backUp(to: folder.file("copy").path)
            _ = try store.revokeToken("lost", at: .second(1))
            _ = try store.addToken("new", secret: "new", role: .desk, scope: .everywhere, at: .second(2), until: nil)
            _ = try await Store.stageRestore(of: folder.file("copy").path, folder: folder.path)
        }
        for _ in 1...2 {
            let store = try Store.open(folder: folder.path)
            #expect(try store.token(secret: "lost")?.revokedAt == .second(1))
            #expect(try store.token(secret: "good")?.revokedAt == nil)
            #expect(try store.tokens().map(\.name) == ["good", "lost"])
            store.forgetRestore()
        }
    }

    @Test func `a restore that was cut off between two steps is finished at the next start`() async throws {
        let folder = try TemporaryFolder()
        do {
            let store = try Store.open(folder: folder.path)
            try store.importItems([Item(barcode: "old")])
            _ = try await store.backUp(to: folder.file("copy").path)
            _ = try await Store.stageRestore(of: folder.file("copy").path, folder: folder.path)
            try store.importItems([Item(barcode: "new")])
        }
        // As if the power had failed when the database was moved away, and its log and the staged file were not.
        try FileManager.default.moveItem(
            at: folder.file("pressmark.sqlite"),
            to: folder.file("pressmark.before-restore.sqlite")
        )
        try Data("stale log".utf8).write(to: folder.file("pressmark.sqlite-wal"))
        let store = try Store.open(folder: folder.path)
        #expect(try store.item(barcode: "old") != nil)
        #expect(try store.item(barcode: "new") == nil)
        #expect(store.isRestored)
        try await store.check()
    }

    @Test func `snapshots that are put aside are all kept, also when that was cut off in the middle`() throws {
        let folder = try TemporaryFolder()
        let files = FileManager.default
        try files.createDirectory(at: folder.file("holdings.before-restore"), withIntermediateDirectories: true)
        try Data("of an earlier restore".utf8).write(to: folder.file("holdings.before-restore/holdings-1.sqlite"))
        // As if the power had failed between the two.
        try files.createDirectory(at: folder.file("holdings.before-restore.part"), withIntermediateDirectories: true)
        try Data("moved".utf8).write(to: folder.file("holdings.before-restore.part/holdings-7.sqlite"))
        try Data("not yet".utf8).write(to: folder.file("holdings-8.sqlite"))
        for _ in 1...2 {
            try Store.putSnapshotsAside(folder: folder.path)
            #expect(try files.contentsOfDirectory(atPath: folder.path) == ["holdings.before-restore"])
            let kept = try files.contentsOfDirectory(atPath: folder.file("holdings.before-restore").path)
            #expect(kept.sorted() == ["holdings-7.sqlite", "holdings-8.sqlite"])
        }
    }

    @Test func `a snapshot that gives way while a backup is written is told, and none is made`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let old = try store.importItems([Item(barcode: "old")])
        let copy = try DatabaseQueue(path: folder.file("copy").path)
        try await store.database.read { source in
            try copy.writeWithoutTransaction { target in try source.backup(to: target) }
        }
        try store.importItems([Item(barcode: "new")], keeping: 0)
        await #expect(throws: StoreError.absent(what: "snapshot \(old.number)")) {
            try await store.packSnapshot(into: copy)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.contains("holdings-\(old.number).sqlite") && !names.contains("copy-holdings"))
    }

    @Test func `a second restore leaves no log of the first beside the database that it keeps`() async throws {
        let folder = try TemporaryFolder()
        do {
            let store = try Store.open(folder: folder.path)
            try store.importItems([Item(barcode: "old")])
            _ = try await store.backUp(to: folder.file("copy").path)
            _ = try await Store.stageRestore(of: folder.file("copy").path, folder: folder.path)
            try store.checkpoint()
        }
        // A clean stop has left no log; an earlier restore, upon a sudden end, has.
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.file("pressmark.sqlite" + suffix))
        }
        let log = folder.file("pressmark.before-restore.sqlite-wal")
        try Data("log of another database".utf8).write(to: log)
        _ = try Store.open(folder: folder.path)
        #expect(!FileManager.default.fileExists(atPath: log.path))
        #expect(FileManager.default.fileExists(atPath: folder.file("pressmark.before-restore.sqlite").path))
    }

    @Test func `what a killed program left of backups goes at the next start, and nothing else does`() throws {
        let folder = try TemporaryFolder()
        _ = try Store.open(folder: folder.path)
        let left = ["backup", "restore", "backup-holdings", "backup-journal"].map { Store.passingName($0) }
        let kept = ["pressmark-2026-11-30.backup", "pressmark-main.restore", "\(UUID().uuidString).backup"]
        for name in left + kept { try Data("x".utf8).write(to: folder.file(name)) }
        _ = try Store.open(folder: folder.path)
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        #expect(names.isDisjoint(with: left))
        #expect(names.isSuperset(of: kept))
    }

    @Test func `files that are no backup are refused with a reason and nothing is staged`() async throws {
        let folder = try TemporaryFolder()
        _ = try Store.open(folder: folder.path)
        try Data(repeating: 0x42, count: 8192).write(to: folder.file("garbage"))
        try await DatabaseQueue(path: folder.file("foreign").path).write { database in
            try database.execute(sql: "CREATE TABLE notes (text TEXT)")
        }
        let newer = try Store.open(folder: folder.file("other").path)
        try await newer.database.write { database in
            try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 something new')")
        }
        try newer.checkpoint()
        try FileManager.default.copyItem(at: folder.file("other/pressmark.sqlite"), to: folder.file("newer"))
        for (name, wanted) in [("garbage", "damaged"), ("foreign", "something else"), ("newer", "newer Pressmark")] {
            let refusal = await #expect(throws: RestoreRefusal.self) {
                _ = try await Store.stageRestore(of: folder.file(name).path, folder: folder.path)
            }
            #expect(refusal?.description.contains(wanted) == true, "\(name): \(String(describing: refusal))")
            #expect(refusal?.hint.isEmpty == false)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file(Store.restoreName).path))
    }
}
