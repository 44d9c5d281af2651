import Library
import Operations
import Readers
import Store
import Synchronization
import Tags
import Testing
import Wire

/// From bytes that a real gate sent to the alarm that they make.
@Suite(.timeLimit(.minutes(10))) struct CapturedGateTests {
    /// GATE: a captured push of one item at antenna 4, and our answer to it.
    private static let push = """
        < 02 00 40 00 22 00 13 00 01 00 35 03 00 08 E0 04 01 50 0A 20 3F A3 00 09 04 32 01 04 21 32 31 31 30 33 36 34 33 \
        00 00 00 00 F7 00 00 00 44 45 44 49 32 35 2D 45 00 00 00 36 00 00 00 00 04 FE 47
        > 02 00 07 00 32 94 B8

        """
    private static let uid = TagUID(0xE004_0150_0A20_3FA3)

    private let time = ManualTime()

    /// A room that knows the captured tag as that of an item which stands so.
    private func room(_ status: ItemStatus) async throws -> GateRoom {
        let store = try TestBranch.store([TestBranch.item("b1", "QA 76 .A1", status: status)])
        let record = TagRecord(
            uid: Self.uid,
            barcode: "b1",
            model: "iso28560-3",
            owner: TestBranch.owner,
            readAt: Moment(milliseconds: 5)
        )
        try store.remember([record])
        let room = GateRoom(
            gates: ["gate-1"],
            store: store,
            time: time.keeper,
            policy: GatePolicy(security: TestBranch.policy),
            events: EventHub(),
            logger: TestBranch.logger
        )
        try await room.refresh()
        return room
    }

    /// The gate calls and sends its push so often; its filter reports this AFI alone.
    private func play(_ count: Int, afi: UInt8, to room: GateRoom) async throws {
        let (rounds, heard) = AsyncStream.makeStream(of: StationRound.self)
        let isOpened = Atomic(false)
        var setup = StationSetup(
            name: "gate-1",
            role: .gate,
            driver: FEIGNotificationDriver.self,
            place: "calls",
            interval: .zero
        ) { () async throws(LinkError) -> any Link & ~Copyable in
            guard !isOpened.exchange(true, ordering: .relaxed),
                let transcript = try? Transcript(parsing: String(repeating: Self.push, count: count))
            else { throw .absent(device: "gate", hint: "it does not call") }
            return ReplayLink(transcript)
        }
        setup.reportsAFI = afi
        let keeper = room.keeper
        let station = TestBranch.station(
            setup,
            time: time,
            knows: { await keeper.knows($0) },
            deliver: {
                await keeper.take($0)
                heard.yield($0)
            }
        )
        try await TestBranch.running(station) {
            var left = count
            for await _ in rounds {
                left -= 1
                if left == 0 { break }
            }
        }
        await room.logbook.write()
    }

    @Test func `a captured push rings with item, reason and antenna, and once however often it is repeated`()
        async throws
    {
        let room = try await room(.available)
        try await play(5, afi: 0x07, to: room)
        let alarms = try room.latest(10)
        #expect(alarms.count == 1)
        let item = try #require(alarms.first?.alarm.items.first)
        #expect(item.barcode == "b1" && item.reason == .notOnLoan && item.antenna == 4)
    }

    @Test func `the same push of a lent item makes no noise and says that its tag was not cleared`() async throws {
        let room = try await room(.onLoan)
        try await play(5, afi: 0x07, to: room)
        #expect(try room.latest(10).isEmpty)
        let since = Moment(milliseconds: 0)
        let passages = try room.statistics(since: since, hour: { _ in 12 }, weekday: { _ in .monday }).passages
        #expect(passages == [.notCleared: 1])
    }
}
