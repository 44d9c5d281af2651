import Field
import Foundation
import Library
import Readers
import Store
import Synchronization
import Tags
import Testing

@testable import Operations

private let barcode = "1000000136"

/// What the library system says of an item, how often it was asked, and the clock that nobody can set.
private final class World: Sendable {
    let status = Mutex<ItemStatus?>(nil)
    let asked = Mutex(0)
    let seconds = Mutex(0)

    func answer() -> ItemStatus? {
        asked.withLock { $0 += 1 }
        return status.withLock { $0 }
    }
}

/// An armed tag that lies on a pad.
private struct Bench {
    let world = World()
    let time = ManualTime()
    let events = EventHub()
    let store: Store
    let branch: PadBranch
    let desk: SecurityDesk
    let pad: Station
    let tag: VirtualTag

    /// - Parameters:
    ///   - status: how the item stands by the holdings; `nil` where these do not know it.
    ///   - isFresh: whether these know the loans of the moment.
    ///   - hasSystem: whether there is a library system, which says nothing at first.
    ///   - folder: where the database lies; `nil` for one in memory.
    ///   - isRemembered: whether the tag was read before.
    init(
        _ status: ItemStatus?,
        isFresh: Bool,
        hasSystem: Bool = true,
        in folder: URL? = nil,
        isRemembered: Bool = true
    ) async throws {
        if let folder {
            store = try Store.open(folder: folder.path)
        } else {
            store = try Store.inMemory()
        }
        let work = try store.beginImport(profile: "test", source: "test", at: Moment(milliseconds: 1))
        try work.add(TestBranch.item("1000000999", "QA 9 .A1 2000"), line: 1)
        if let status { try work.add(TestBranch.item(barcode, "QA 76 .A1 2000", status: status), line: 2) }
        _ = try work.commit(at: Moment(milliseconds: 1_700_000_000_000))
        tag = try TestBranch.tag(barcode, serial: 1, afi: 0x07)
        branch = try await PadBranch([tag])
        try await branch.put([tag.uid])
        time.advance(by: 3_600_000)
        let world = self.world
        let question: StatusQuestion = { _ in world.answer() }
        var keeper = time.keeper
        keeper.uptime = { .seconds(world.seconds.withLock { $0 }) }
        var policy = TestBranch.policy
        // The clock of a test runs fast.
        if isFresh { policy.freshness = .seconds(365 * 86_400) }
        desk = SecurityDesk(
            store: store,
            time: keeper,
            policy: policy,
            status: hasSystem ? question : nil,
            events: events,
            logger: TestBranch.logger
        )
        pad = TestBranch.station(branch.setup("pad-1", .pad), time: time)
        guard isRemembered else { return }
        let now = time.keeper.now()
        try store.remember([
            TagRecord(uid: tag.uid, barcode: barcode, model: "iso28560-3", owner: TestBranch.owner, readAt: now)
        ])
    }

    /// The look at the pad that tells of the tag; no other one does.
    func arrival(_ content: HeardTag.Content = .unread) -> StationRound {
        let now = time.keeper.now()
        return StationRound(
            reader: "pad-1",
            role: .pad,
            at: now,
            arrived: [HeardTag(uid: tag.uid, at: now, antenna: nil, signal: nil, afi: 0x07, content: content)],
            left: [],
            heard: [tag.uid],
            present: [tag.uid]
        )
    }

    /// What the tag says now.
    var afi: UInt8? { get async { await branch.field.tag(tag.uid)?.afi } }
}

/// A station tells once that a tag has come: what could not be judged then is judged when it can be.
@Suite struct SecurityUnjudgedTests {
    @Test func `a tag on a pad is judged once the library system can say how its item stands`() async throws {
        let bench = try await Bench(.onLoan, isFresh: false)
        try await TestBranch.running(bench.pad) {
            try await bench.desk.attend(bench.arrival(), on: bench.pad)
            #expect(try bench.store.openDivergences().isEmpty)
            bench.world.status.withLock { $0 = .onLoan }
            try await bench.desk.recheck(on: [bench.pad])
        }
        #expect(await bench.afi == 0xC2)
        #expect(await bench.desk.unjudged.isEmpty)
    }

    @Test func `a library system that does not say how an item stands is asked more and more rarely`() async throws {
        let bench = try await Bench(.onLoan, isFresh: false)
        try await TestBranch.running(bench.pad) {
            try await bench.desk.attend(bench.arrival(), on: bench.pad)
            for _ in 0..<3600 {
                bench.world.seconds.withLock { $0 += 1 }
                try await bench.desk.recheck(on: [bench.pad])
            }
        }
        let asked = bench.world.asked.withLock { $0 }
        #expect((15...25).contains(asked), "asked \(asked) times")
        #expect(await bench.afi == 0x07)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a library system that is back is asked at once about what lies on pads`() async throws {
        let bench = try await Bench(.onLoan, isFresh: false)
        try await TestBranch.running(bench.pad) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await bench.desk.run(on: [bench.pad]) }
                defer { group.cancelAll() }
                bench.desk.take(bench.arrival())
                // The clock stands still: nothing is tried a third time by itself.
                try await waited {
                    guard bench.world.asked.withLock({ $0 }) == 2 else { return false }
                    return await bench.desk.unjudged[bench.tag.uid] == .librarySystem
                }
                bench.world.status.withLock { $0 = .onLoan }
                await bench.events.send(.librarySystem(isOnline: true))
                try await waited { await bench.afi == 0xC2 }
            }
        }
    }

    @Test func `a tag on a pad is judged once there are holdings that know its item`() async throws {
        let bench = try await Bench(nil, isFresh: true, hasSystem: false)
        try await TestBranch.running(bench.pad) {
            try await bench.desk.attend(bench.arrival(), on: bench.pad)
            try await bench.desk.recheck(on: [bench.pad])
            #expect(await bench.desk.unjudged[bench.tag.uid] == .otherHoldings)
            let now = bench.time.keeper.now()
            let work = try bench.store.beginImport(profile: "test", source: "next", at: now)
            try work.add(TestBranch.item(barcode, "QA 76 .A1 2000", status: .onLoan), line: 1)
            _ = try work.commit(at: now)
            try await bench.desk.recheck(on: [bench.pad])
        }
        #expect(await bench.afi == 0xC2)
    }

    @Test func `what was released by hand is not secured again for having been unknown before`() async throws {
        let bench = try await Bench(nil, isFresh: true, hasSystem: false)
        try await TestBranch.running(bench.pad) {
            try await bench.desk.attend(bench.arrival(), on: bench.pad)
            #expect(await bench.desk.unjudged[bench.tag.uid] == .otherHoldings)
            _ = try await bench.desk.change(barcode, to: .disarmed, cause: .staff, on: bench.pad)
            #expect(await bench.afi == 0xC2)
            let now = bench.time.keeper.now()
            let work = try bench.store.beginImport(profile: "test", source: "next", at: now)
            try work.add(TestBranch.item(barcode, "QA 76 .A1 2000"), line: 1)
            _ = try work.commit(at: now)
            try await bench.desk.recheck(on: [bench.pad])
        }
        #expect(await bench.afi == 0xC2)
    }

    @Test func `a tag that was heard before a change of its item came to nothing is judged behind it`() async throws {
        let bench = try await Bench(.onLoan, isFresh: true, hasSystem: false)
        let round = bench.arrival()
        let intent = SecurityIntent(
            barcode: barcode,
            changes: [],
            wanted: .disarmed,
            cause: .checkout,
            reader: "pad-1",
            at: bench.time.keeper.now()
        )
        let id = try bench.store.record(intent, isAgreed: false)
        let end = bench.time.keeper.now()
        try bench.store.record(SecurityResult(outcome: .declined, reason: "not lent"), of: id, at: end)
        bench.time.advance(by: 1000)
        try await TestBranch.running(bench.pad) {
            try await bench.desk.attend(round, on: bench.pad)
            #expect(try bench.store.openDivergences().isEmpty)
            try await bench.desk.recheck(on: [bench.pad])
        }
        #expect(await bench.afi == 0xC2)
    }

    @Test func `a tag that came while the disk was full is judged when it has room again`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-unjudged-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let bench = try await Bench(.onLoan, isFresh: true, hasSystem: false, in: folder, isRemembered: false)
        let bytes = bench.tag.content.bytes
        let memory = TagMemory(bytes: bytes, blockSize: 4, blockCount: 28, dsfid: bench.tag.dsfid, afi: 0x07)
        let content = HeardTag.Content.read(memory, LibraryTag(reading: memory, by: .standard))
        try await TestBranch.running(bench.pad) {
            try BranchLife.setDisk(of: bench.store, isFull: true)
            try await bench.desk.attend(bench.arrival(content), on: bench.pad)
            try await bench.desk.recheck(on: [bench.pad])
            #expect(try bench.store.tag(uid: bench.tag.uid) == nil)
            try BranchLife.setDisk(of: bench.store, isFull: false)
            try await bench.desk.recheck(on: [bench.pad])
        }
        #expect(try bench.store.tag(uid: bench.tag.uid)?.barcode == barcode)
        #expect(await bench.afi == 0xC2)
    }
}
