import Field
import Foundation
import GRDB
import Library
import Operations
import Readers
import SIP2
import Store
import Synchronization
import Tags
import Testing
import Wire

@testable import Store

/// A branch that outlives the programs that run it: tags on two pads, an emulated library system behind SIP2, and a
/// state folder on a real disk. Every program has the whole service in it.
final class BranchLife: Sendable {
    /// Barcodes with the number of their parts.
    static let items = ["1000000136": 1, "1000000144": 2, "1000000152": 3]
    static let patron = "P0001"

    let branch: PadBranch
    let tags: [String: [TagUID]]
    let system = LibrarySystemBench(
        LibrarySystemRecords(
            items: items.mapValues { _ in .init(title: "A title", branch: "MAIN") },
            patrons: [patron: .init(name: "Anna")]
        )
    )
    let time = ManualTime()
    private let folders = Mutex<[URL]>([])
    /// The number of the program that runs now; links of earlier ones are dead.
    private let program = Mutex(0)

    init(seed: UInt64) async throws {
        var tags: [String: [VirtualTag]] = [:]
        for (number, (barcode, parts)) in Self.items.sorted(by: { $0.key < $1.key }).enumerated() {
            tags[barcode] = try (1...parts).map { part in
                let set = SetInformation(total: parts, ordinal: part)
                return try TestBranch.tag(barcode, serial: UInt64(number * 10 + part), set: set)
            }
        }
        branch = try await PadBranch(tags.values.flatMap(\.self), seed: seed)
        self.tags = tags.mapValues { $0.map(\.uid) }
        let store = try Store.open(folder: try folder().path)
        let work = try store.beginImport(profile: "test", source: "test", at: Moment(milliseconds: 1))
        for (line, barcode) in Self.items.keys.sorted().enumerated() {
            try work.add(TestBranch.item(barcode, "QA 76 .A1 2000"), line: line + 1)
        }
        _ = try work.commit(at: Moment(milliseconds: 1_600_000_000_000))
    }

    deinit {
        for folder in folders.withLock({ $0 }) { try? FileManager.default.removeItem(at: folder) }
    }

    private func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "pressmark-life-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folders.withLock { $0.append(url) }
        return url
    }

    /// What a program that was killed has left on the disk, in a folder of its own; older folders go.
    private func store() throws -> Store {
        let last = try #require(folders.withLock { $0.last })
        let copy = try folder()
        for name in try FileManager.default.contentsOfDirectory(atPath: last.path)
        where ["pressmark.sqlite", "pressmark.sqlite-wal"].contains(name) || name.hasPrefix("holdings-") {
            try Data(contentsOf: last.appending(path: name)).write(to: copy.appending(path: name))
        }
        let old = folders.withLock { folders in
            defer { folders = folders.suffix(2) }
            return folders.dropLast(2)
        }
        for folder in old { try? FileManager.default.removeItem(at: folder) }
        return try Store.open(folder: copy.path)
    }

    /// Starts the program, and kills it behind `body`, whatever is under way then: its lines are dead from that moment.
    ///
    /// - Parameters:
    ///   - cutOff: begun behind `body` and not waited for.
    ///   - turns: how often others have their turn before the kill.
    func running(
        cutOff: @escaping @Sendable (ServiceDesk, Store) async -> Void = { _, _ in },
        behind turns: Int = 0,
        _ body: @Sendable (ServiceDesk, Store) async throws -> Void
    ) async throws {
        let number = program.withLock { number in
            number += 1
            return number
        }
        let isAlive: @Sendable () -> Bool = { [self] in program.withLock { $0 == number } }
        let store = try store()
        let desk = try desk(store, isAlive)
        let link = try #require(desk.circulation)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for station in desk.stations { group.addTask { await station.run() } }
            group.addTask { await link.run() }
            group.addTask { await desk.security.run(on: desk.stations) }
            defer {
                program.withLock { $0 += 1 }
                group.cancelAll()
            }
            for station in desk.stations {
                try await waited {
                    if case .connecting = await station.report.state { return false }
                    return true
                }
            }
            try await body(desk, store)
            group.addTask { await cutOff(desk, store) }
            for _ in 0..<turns { await Task.yield() }
        }
    }

    private func desk(_ store: Store, _ isAlive: @escaping @Sendable () -> Bool) throws -> ServiceDesk {
        let keeper = time.keeper
        let setups = ["pad-1", "pad-2"].map { name in
            StationSetup(name: name, role: .pad, driver: FEIGDriver.self, place: "branch", interval: .milliseconds(1)) {
                [field = branch.field] () async throws(LinkError) -> any Link & ~Copyable in
                MortalLink(BranchLink(to: name, of: field), isAlive)
            }
        }
        let settings = CirculationSettings(
            place: "ils:6001",
            dialect: .koha,
            account: SIP2Account(institution: "MAIN"),
            connections: 1
        )
        return try ServiceDesk(
            store: store,
            // Polls and retries pass at once; whoever waits longer is woken by a question.
            time: Timekeeper(now: keeper.now) { duration in
                try await duration < .seconds(3) ? keeper.sleep(duration) : Task.sleep(for: .seconds(3600))
            },
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: TestBranch.policy),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 1
            ),
            readers: setups,
            circulation: CirculationSetup(settings: settings) {
                [system] () async throws(LinkError) -> any Link & ~Copyable in
                guard isAlive(), await system.takesCalls() else { throw .absent(device: "ils", hint: "nobody listens") }
                return MortalLink(
                    LibrarySystemLink(LibrarySystemTwin(manner: .plain, lateness: .zero), on: system),
                    isAlive
                )
            },
            logger: TestBranch.logger
        )
    }

    /// Makes every write to the disk fail, or work again.
    static func setDisk(of store: Store, isFull: Bool) throws {
        try store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = \(isFull ? 1 : 0)") }
    }

    /// What the tags of an item must say by the library system.
    func right(_ barcode: String) async -> UInt8 {
        await system.records.items[barcode]?.borrower == nil ? 0x07 : 0xC2
    }

    /// Items whose tags say something else.
    func wrong() async -> [String] {
        var wrong: [String] = []
        for (barcode, tags) in tags {
            let says = await branch.afis(tags)
            let right = await right(barcode)
            if !says.allSatisfy({ $0 == right }) { wrong.append("\(barcode) says \(says), wanted \(right)") }
        }
        return wrong
    }
}

/// A link that dies with its program: nothing leaves it any more, and nothing comes.
struct MortalLink<Inner: Link & ~Copyable>: Link, ~Copyable {
    private var inner: Inner
    private let isAlive: @Sendable () -> Bool

    init(_ inner: consuming Inner, _ isAlive: @escaping @Sendable () -> Bool) {
        self.inner = inner
        self.isAlive = isAlive
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard isAlive() else { throw .closed }
        try await inner.send(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard isAlive() else { throw .closed }
        return try await inner.receive(within: limit)
    }
}
