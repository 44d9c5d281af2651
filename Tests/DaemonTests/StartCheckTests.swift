import Foundation
import Library
import Operations
import Store
import Testing

@testable import Daemon

@Suite struct StartCheckTests {
    private static func store(torn: Bool, _ body: (Store) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let store = try Store.open(folder: folder.path)
            let work = try store.beginImport(profile: "koha", source: "items.csv", at: Moment(milliseconds: 0))
            for number in 0..<2000 { try work.add(Item(barcode: "3\(number)", title: "Title"), line: number + 2) }
            _ = try work.commit(at: Moment(milliseconds: 0))
        }
        if torn {
            let file = folder.appending(path: "holdings-1.sqlite")
            var bytes = try Data(contentsOf: file)
            // The schema stands in the first pages and stays whole.
            let half = bytes.count / 2
            bytes.replaceSubrange(half..<bytes.count, with: Data(repeating: 0xFF, count: bytes.count - half))
            try bytes.write(to: file)
        }
        try await body(Store.open(folder: folder.path))
    }

    private static let ready = AsyncStream<Void> { $0.finish() }

    @Test func `a torn page is said as critical with its remedy, and stands in the status`() async throws {
        let log = SpokenLog()
        try await Self.store(torn: true) { store in
            let backups = BackupRoom(store: store)
            await StartCheck(backups: backups, ready: Self.ready, logger: log.logger).run()
            #expect(await backups.damage?.cause.hasPrefix("database: damaged: holdings: ") == true)
        }
        let said = log.lines
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("critical: the database is torn, cause: database: damaged: holdings: ") == true)
        #expect(said.first?.contains("put back the last backup") == true)
    }

    @Test func `a whole database is said to be`() async throws {
        let log = SpokenLog()
        try await Self.store(torn: false) { store in
            let backups = BackupRoom(store: store)
            await StartCheck(backups: backups, ready: Self.ready, logger: log.logger).run()
            #expect(await backups.damage == nil)
        }
        #expect(log.lines == ["info: no page of the database is torn"])
    }

    @Test func `a service that ends before it was ready looks at nothing`() async throws {
        let log = SpokenLog()
        try await Self.store(torn: true) { store in
            let backups = BackupRoom(store: store)
            let (ready, readying) = AsyncStream.makeStream(of: Void.self)
            let check = StartCheck(backups: backups, ready: ready, logger: log.logger)
            let run = Task { await check.run() }
            run.cancel()
            await run.value
            readying.finish()
            #expect(await backups.damage == nil)
        }
        #expect(log.lines == [])
    }
}
