import Foundation
import Library
import Logging
import Operations
import Store
import Synchronization
import Testing

@testable import Daemon

@Suite struct StartCheckTests {
    /// What was said, as `critical: the database is torn, hint: …`.
    private final class Listener: Sendable {
        let said = Mutex<[String]>([])

        var logger: Logger { Logger(label: "test") { _ in Ear(listener: self) } }
    }

    private struct Ear: LogHandler {
        let listener: Listener
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let words = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { ", \($0.key): \($0.value)" }
            listener.said.withLock { $0.append("\(event.level): \(event.message)\(words.joined())") }
        }
    }

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
        let listener = Listener()
        try await Self.store(torn: true) { store in
            let backups = BackupRoom(store: store)
            await StartCheck(backups: backups, ready: Self.ready, logger: listener.logger).run()
            #expect(await backups.damage?.cause.hasPrefix("database: damaged: holdings: ") == true)
        }
        let said = listener.said.withLock { $0 }
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("critical: the database is torn, cause: database: damaged: holdings: ") == true)
        #expect(said.first?.contains("put back the last backup") == true)
    }

    @Test func `a whole database is said to be`() async throws {
        let listener = Listener()
        try await Self.store(torn: false) { store in
            let backups = BackupRoom(store: store)
            await StartCheck(backups: backups, ready: Self.ready, logger: listener.logger).run()
            #expect(await backups.damage == nil)
        }
        #expect(listener.said.withLock { $0 } == ["info: no page of the database is torn"])
    }

    @Test func `a service that ends before it was ready looks at nothing`() async throws {
        let listener = Listener()
        try await Self.store(torn: true) { store in
            let backups = BackupRoom(store: store)
            let (ready, readying) = AsyncStream.makeStream(of: Void.self)
            let check = StartCheck(backups: backups, ready: ready, logger: listener.logger)
            let run = Task { await check.run() }
            run.cancel()
            await run.value
            readying.finish()
            #expect(await backups.damage == nil)
        }
        #expect(listener.said.withLock { $0 } == [])
    }
}
