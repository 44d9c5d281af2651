import Field
import Library
import Store
import Tags
import Testing

@testable import Operations

/// What is kept of a gate's reads, and what a replay makes of it.
struct GateKeptReadsTests {
    private static let always = Moment(milliseconds: 0)

    private let time = ManualTime()
    private let store: Store
    private let tag: VirtualTag

    init() throws {
        store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")])
        tag = try TestBranch.tag("b1", serial: 1)
    }

    private func room(
        _ policy: GatePolicy = GatePolicy(security: TestBranch.policy),
        retention: Duration = .seconds(86_400),
        ask: GateRoom.StatusesQuestion? = nil
    ) async throws -> GateRoom {
        let room = GateRoom(
            gates: ["gate-1"],
            store: store,
            time: time.keeper,
            policy: policy,
            retention: retention,
            ask: ask,
            events: EventHub(),
            logger: TestBranch.logger
        )
        try await room.refresh()
        return room
    }

    /// The tag, or another one, comes into the gate and is read.
    private func carry(_ other: VirtualTag? = nil, through room: GateRoom) async {
        let tag = other ?? tag
        let at = time.keeper.now()
        let heard = HeardTag(
            uid: tag.uid,
            at: at,
            antenna: 1,
            signal: nil,
            afi: tag.afi,
            content: .read(tag.content, LibraryTag(reading: tag.content))
        )
        await room.keeper.take(
            StationRound(
                reader: "gate-1",
                role: .gate,
                at: at,
                arrived: [heard],
                left: [],
                heard: [tag.uid],
                present: [tag.uid]
            )
        )
        await room.logbook.write()
    }

    @Test func `a tag that is no library item is known as read, and stands nowhere on the disk`() async throws {
        let room = try await room()
        let chip = try #require(ChipTable.named("ICODE SLIX"))
        let card = VirtualTag(uid: TagUID(0xE004_0150_0000_0077), chip: chip)
        await carry(card, through: room)
        #expect(await room.keeper.knows(card.uid))
        #expect(try store.tag(uid: card.uid) == nil)
        await carry(through: room)
        #expect(try store.tag(uid: tag.uid)?.barcode == "b1")
    }

    @Test func `what lay in a gate whose reader is gone is not remembered for ever`() async throws {
        let room = try await room()
        await carry(through: room)
        #expect(await room.keeper.gates["gate-1"]?.known.count == 1)
        let gone = StationReport(
            name: "gate-1",
            role: .gate,
            driver: "feig",
            place: "loopback",
            state: .offline(cause: "gone", hint: nil),
            lastAnswer: nil,
            tagsPresent: 0
        )
        await room.keeper.take(gone)
        #expect(await room.keeper.gates["gate-1"]?.known.isEmpty == true)
    }

    @Test func `a tag that the rules name as staff's is known in a replay, although its reads tell no number`()
        async throws
    {
        let policy = GatePolicy(security: TestBranch.policy, staffDevices: [tag.uid])
        let room = try await room(policy)
        await carry(through: room)
        #expect(try store.reads(since: Self.always).map(\.reason) == [.staffDevice])
        let same = try await room.replay(since: Self.always, with: policy)
        #expect(same.reads == 1 && same.alarmsThen == 0 && same.alarmsNow == 0)
        // Without the name it is an armed book that nobody borrowed.
        let other = try await room.replay(since: Self.always, with: GatePolicy(security: TestBranch.policy))
        #expect(other.alarmsThen == 0 && other.reasonsNow == [.notOnLoan: 1])
    }

    @Test func `a sentinel tag is known in a replay too`() async throws {
        let policy = GatePolicy(security: TestBranch.policy, sentinels: [tag.uid: GateSentinel(antenna: 1)])
        let room = try await room(policy)
        await carry(through: room)
        let report = try await room.replay(since: Self.always, with: policy)
        #expect(report.reads == 1 && report.alarmsThen == 0 && report.alarmsNow == 0)
    }

    @Test func `what is old goes by itself, hour by hour, and the key of the pseudonyms is used no more`() async throws
    {
        let room = try await room(retention: .seconds(7200))
        await carry(through: room)
        let first = try #require(try store.reads(since: Self.always).first)
        #expect(try room.latest(10).count == 1 && store.pseudonym() != nil)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await room.logbook.forget() }
            let isGone = await eventually { (try? store.reads(since: Self.always).isEmpty) == true }
            #expect(isGone)
            group.cancelAll()
        }
        #expect(try room.latest(10).isEmpty && store.latestPassages(limit: 10).isEmpty && store.pseudonym() == nil)
        let (list, oldest) = try store.forgettings(limit: 10_000)
        #expect(list.filter { $0.alarms == 1 && $0.passages == 1 && $0.reads == 1 }.count == 1 && oldest == nil)
        // Whoever kept the old key could not tell that it is the same book.
        await carry(through: room)
        let second = try #require(try store.reads(since: Self.always).first)
        #expect(second.tag != first.tag)
        let key = try #require(try store.pseudonym())
        #expect(key(tag.uid) == second.tag)
    }

    @Test func `what the library system answered is kept, so that a replay does not ring for it`() async throws {
        var policy = GatePolicy(security: TestBranch.policy, freshness: .zero)
        policy.liveBudget = .seconds(1)
        let room = try await room(policy, ask: { _ in nil })
        await carry(through: room)
        await room.keeper.learn([tag.uid: .onLoan], gate: "gate-1")
        await room.logbook.write()
        #expect(try room.latest(10).isEmpty)
        let reads = try store.reads(since: Self.always)
        #expect(reads.map(\.reason) == [.notOnLoan, .notCleared] && reads.last?.facts.source == .live)
        let report = try await room.replay(since: Self.always, with: policy)
        #expect(report.reads == 2 && report.alarmsThen == 0 && report.alarmsNow == 0)
    }

    @Test func `what the library system answered counts on when the tag is read anew in the gate`() async throws {
        var policy = GatePolicy(security: TestBranch.policy, freshness: .seconds(60))
        policy.liveBudget = .seconds(1)
        time.advance(by: 3_600_000)
        let room = try await room(policy, ask: { _ in nil })
        await carry(through: room)
        await room.keeper.learn([tag.uid: .onLoan], gate: "gate-1")
        // The alarm that nobody explains has it read once more: it is there all the time.
        await carry(through: room)
        #expect(try room.latest(10).isEmpty)
        #expect(try store.reads(since: Self.always).last?.facts.source == .live)
    }
}
