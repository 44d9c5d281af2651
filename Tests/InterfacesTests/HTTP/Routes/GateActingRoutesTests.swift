import API
import Field
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import Operations
import Readers
import Store
import Tags
import Testing
import Wire

@testable import Interfaces

/// What staff make a gate do: mute, test tone, self test, test walks, and closing time.
@Suite(.timeLimit(.minutes(10))) struct GateActingRoutesTests {
    private static let tag = TagUID(0xE004_0150_0000_0077)
    private static let sentinel = TagUID(0xE004_0150_0000_0099)

    private let service: TestService
    private let orders: AsyncStream<ReaderLines.Order>

    init() throws {
        var service = try TestService()
        let lines = ReaderLines([
            "lamp": ReaderLines.Place(reader: "gate-1", output: .redLamp),
            "siren": ReaderLines.Place(reader: "gate-1", output: .relay),
        ])
        orders = lines.orders
        let bells = GateBells(
            lines,
            edges: AsyncStream { $0.finish() },
            gates: ["gate-1", "gate-2"],
            wiring: ["lamp", "siren"].map { GateBells.Wiring(line: $0, output: $0, gate: "gate-1", isOrdered: true) },
            time: service.desk.time
        )
        let readers = ["gate-1", "gate-2"].map { name in
            StationSetup(
                name: name,
                role: .gate,
                driver: FEIGDriver.self,
                place: "loopback",
                interval: .milliseconds(1)
            ) { () async throws(LinkError) -> any Link & ~Copyable in
                LoopbackLink(FEIGTwin(.gate), over: RadioField(tags: [], conditions: RadioConditions(), seed: 1))
            }
        }
        service.desk = try ServiceDesk(
            store: service.desk.store,
            time: service.desk.time,
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: SecurityPolicy()),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 2
            ),
            readers: readers,
            gates: ServiceDesk.GateSettings(
                policy: GatePolicy(sentinels: [Self.sentinel: GateSentinel(gate: "gate-1", antenna: 1)]),
                bells: bells
            ),
            logger: TestService.logger
        )
        self.service = service
    }

    private func post<Answer: Decodable>(_ path: String, _ body: some Encodable) async throws -> Answer {
        try await service.send(.post, path, body).value()
    }

    /// Somebody carries the tag through the gate.
    private func carry() async {
        let hearing = GateHearing(uid: Self.tag, afi: 0x07, facts: .unread)
        await service.desk.gate.keeper.hear([hearing], at: "gate-1", service.desk.time.instant)
    }

    @Test func `one gate is muted for some minutes, two hours at most, and heard again when staff say so`() async throws
    {
        let muted: GateReport = try await post("/v1/gate/mute", MuteRequest(gate: "gate-1", minutes: 10))
        #expect(muted.gates.map(\.mutedSeconds) == [600, 0])
        let again: GateReport = try await post("/v1/gate/mute", MuteRequest(gate: "gate-1", minutes: 0))
        #expect(again.gates.map(\.mutedSeconds) == [0, 0])
        for minutes in [-1, 121] {
            let refused = try await service.send(.post, "/v1/gate/mute", MuteRequest(minutes: minutes))
            #expect(refused.status == .badRequest)
        }
        let unknown = try await service.send(.post, "/v1/gate/mute", MuteRequest(gate: "gate-9", minutes: 1))
        #expect(unknown.status == .notFound)
    }

    @Test func `a test tone begins with the lamp of that gate`() async throws {
        let report: GateReport = try await post("/v1/gate/test", GateTestRequest(gate: "gate-1"))
        #expect(report.gates.map(\.outputs) == [["lamp", "siren"], []])
        var given = orders.makeAsyncIterator()
        let order = await given.next()
        #expect(order?.line == "lamp" && order?.on == true)
    }

    @Test func `a walk test counts what was heard and what was missed, walk by walk`() async throws {
        let request = WalkTestRequest(gate: "gate-1", uid: Self.tag.description, walks: 2)
        let begun = try await service.send(.post, "/v1/gate/walk-test", request)
        #expect(begun.status == .created)
        #expect(try begun.value(WalkTestState.self).planned == 2)
        await carry()
        let now: WalkTestState = try await service.send(.get, "/v1/gate/walk-test?gate=gate-1").value()
        #expect(now.heardNow && now.walks == 0)
        let step = WalkTestStep(gate: "gate-1")
        let first: WalkTestState = try await post("/v1/gate/walk-test/next", step)
        #expect(first.walks == 1 && first.heard == 1 && !first.heardNow)
        let second: WalkTestState = try await post("/v1/gate/walk-test/next", step)
        #expect(second.walks == 2 && second.heard == 1 && second.missRate.count == 1 && second.missRate.of == 2)
        #expect(try await service.send(.post, "/v1/gate/walk-test/next", step).status == .notFound)
        await service.desk.gate.logbook.write()
        let report: GateReport = try await service.send(.get, "/v1/gate").value()
        #expect(report.misses.count == 1 && report.misses.of == 2)
    }

    @Test func `a walk test may end early, and needs a tag that is known`() async throws {
        let request = WalkTestRequest(gate: "gate-1", uid: Self.tag.description, walks: 20)
        _ = try await service.send(.post, "/v1/gate/walk-test", request)
        let ended: WalkTestState = try await post("/v1/gate/walk-test/end", WalkTestStep(gate: "gate-1"))
        #expect(ended.walks == 0)
        let unread = WalkTestRequest(gate: "gate-1", barcode: "3010", walks: 5)
        let answer = try await service.send(.post, "/v1/gate/walk-test", unread)
        #expect(try answer.status == .notFound && answer.value(Problem.self).hint?.contains("pad") == true)
        let endless = WalkTestRequest(gate: "gate-1", uid: Self.tag.description, walks: 501)
        #expect(try await service.send(.post, "/v1/gate/walk-test", endless).status == .badRequest)
    }

    @Test func `a self test begins where a sentinel is named, and says what to do where none is`() async throws {
        let begun: GateReport = try await post("/v1/gate/self-test", GateTestRequest(gate: "gate-1"))
        #expect(begun.gates.first?.selfTest?.of == 100 && begun.gates.last?.selfTest == nil)
        let none = try await service.send(.post, "/v1/gate/self-test", GateTestRequest(gate: "gate-2"))
        #expect(try none.status == .conflict && none.value(Problem.self).type == "no-sentinel")
    }

    @Test func `the day is closed by hand too, and the drift is told`() async throws {
        let keeper = service.desk.gate.keeper
        for reading in [PeopleReading(incoming: 100, outgoing: 100), PeopleReading(incoming: 112, outgoing: 109)] {
            await keeper.count([reading], at: "gate-1")
        }
        let drifts: [String: Int] = try await service.send(.post, "/v1/gate/close-day").value()
        #expect(drifts == ["gate-1": 3])
        #expect(await keeper.views.first.map { $0.incoming == 12 && $0.outgoing == 12 } == true)
    }
}
