import Foundation
import Library
import Operations
import Store
import Testing

@Suite struct AuditRoomTests {
    private func note(_ action: String, _ audit: AuditRoom) {
        audit.note(
            who: "desk-1",
            role: .admin,
            means: "token",
            peer: "local",
            action: action,
            target: action,
            result: 200
        )
    }

    @Test func `a restored log goes on by saying so, once, and is whole`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let store = try Store.open(folder: folder.path)
            let audit = AuditRoom(store: store, time: ManualTime().keeper, logger: TestBranch.logger)
            let backups = BackupRoom(store: store)
            note("before the backup", audit)
            let copy = try await backups.write("copy").path
            note("since the backup", audit)
            _ = try await backups.restore(copy)
            audit.noteRestore()
            #expect(try audit.entries(after: 0, limit: 10).count == 2, "nothing is restored before the next start")
        }
        let store = try Store.open(folder: folder.path)
        let desk = try ServiceDesk(
            store: store,
            time: ManualTime().keeper,
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: TestBranch.policy),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 2
            ),
            readers: [],
            logger: TestBranch.logger
        )
        #expect(!store.isRestored)
        desk.audit.noteRestore()
        let entries = try desk.audit.entries(after: 0, limit: 10)
        #expect(entries.map(\.action) == ["before the backup", "restore"])
        #expect(entries.map(\.who) == ["desk-1", "pressmarkd"])
        #expect(entries.last?.target == "pressmark.before-restore.sqlite")
        let verdict = try desk.audit.verify(noted: nil)
        #expect(verdict.fault == nil && verdict.count == 2)
    }
}
