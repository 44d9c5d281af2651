import Library
import Operations
import Store
import Tags
import Testing

/// Which way an item went, as beams and counters tell it, in the log.
struct GateDirectionTests {
    private let time = ManualTime()
    private let room: GateRoom

    init() throws {
        room = GateRoom(
            gates: ["gate-1", "gate-2"],
            store: try TestBranch.store([]),
            time: time.keeper,
            policy: GatePolicy(security: TestBranch.policy),
            events: EventHub(),
            logger: TestBranch.logger
        )
    }

    /// An armed book that nobody borrowed is heard at `gate-1`.
    private func carry() async {
        let now = time.keeper.instant
        let facts = GateFacts(tag: .item, status: .available, knownAt: now.moment)
        let hearing = GateHearing(uid: TagUID(0xE004_0150_0000_0001), afi: 0x07, facts: facts)
        await room.keeper.hear([hearing], at: "gate-1", now)
    }

    private func told() async throws -> [GateDirection?] {
        await room.logbook.write()
        return try room.latest(10).map(\.alarm.direction)
    }

    @Test(arguments: [(true, GateDirection.outward), (false, .inward)])
    func `two beams tell the direction of the alarm between them`(_ innerFirst: Bool, _ way: GateDirection) async throws
    {
        await room.keeper.take(.beam(inner: innerFirst, gate: "gate-1"))
        await carry()
        #expect(try await told() == [nil])
        await room.keeper.take(.beam(inner: !innerFirst, gate: "gate-1"))
        #expect(try await told() == [way])
    }

    @Test func `another gate's beams tell nothing, and common ones tell of all`() async throws {
        await carry()
        await room.keeper.take(.beam(inner: true, gate: "gate-2"))
        await room.keeper.take(.beam(inner: false, gate: "gate-2"))
        #expect(try await told() == [nil])
        await room.keeper.take(.beam(inner: true, gate: nil))
        await room.keeper.take(.beam(inner: false, gate: nil))
        #expect(try await told() == [.outward])
    }

    @Test func `the counter board tells it where there are no beams`() async throws {
        await room.keeper.count([PeopleReading(incoming: 100, outgoing: 100)], at: "gate-1")
        await carry()
        await room.keeper.count([PeopleReading(incoming: 101, outgoing: 101)], at: "gate-1")
        #expect(try await told() == [nil], "one came and one went: that says nothing")
        await room.keeper.count([PeopleReading(incoming: 101, outgoing: 102)], at: "gate-1")
        #expect(try await told() == [.outward])
    }
}
