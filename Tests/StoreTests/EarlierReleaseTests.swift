import Foundation
import GRDB
import Library
import Tags
import Testing

@testable import Store

/// Databases as earlier releases left them: every step of the schema was one once.
@Suite struct EarlierReleaseTests {
    @Test(arguments: Schema.migrator.migrations)
    func `a database of any earlier release opens, with what was in it`(_ step: String) throws {
        let folder = try TemporaryFolder()
        do {
            let database = try DatabaseQueue(path: folder.file("pressmark.sqlite").path)
            try Schema.migrator.migrate(database, upTo: step)
            try database.write { database in
                guard try database.tableExists("tag") else { return }
                try database.execute(
                    sql: "INSERT INTO tag (uid, barcode, model, readAt) VALUES (1, '30012345', 'raw', 1772438400000)"
                )
            }
        }
        let store = try Store.open(folder: folder.path)
        if step != Schema.migrator.migrations.first {
            #expect(try store.tags(ofItem: "30012345").map(\.uid) == [TagUID(1)])
        }
        try store.importItems([Item(barcode: "30099999")])
        #expect(try store.item(barcode: "30099999")?.item.barcode == "30099999")
        #expect(try store.read { try Schema.migrator.hasCompletedMigrations($0) })
    }
}
