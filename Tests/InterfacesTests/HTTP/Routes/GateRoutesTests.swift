import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import Operations
import Store
import Tags
import Testing

@testable import Interfaces

/// A service whose gate has rung twice, the second time for a stack of two.
private func rung() throws -> TestService {
    let service = try TestService()
    let item = { (barcode: String, serial: UInt64) in
        GateAlarmItem(
            uid: TagUID(0xE004_0150_0000_0000 | serial),
            barcode: barcode,
            afi: 0x07,
            reason: .notOnLoan,
            evidence: "AFI 07, status available"
        )
    }
    let earlier = Moment(milliseconds: TestService.start.milliseconds - 2 * 86_400_000)
    _ = try service.desk.store.record(GateAlarm(gate: "gate-1", at: earlier, items: [item("3010", 1)]))
    _ = try service.desk.store.record(
        GateAlarm(gate: "gate-1", at: TestService.start, items: [item("3011", 2), item("9999", 3)])
    )
    return service
}

@Suite struct GateRoutesTests {
    @Test func `alarms come oldest first with what the holdings say`() async throws {
        let alarms: [Alarm] = try await rung().send(.get, "/v1/gate/alarms").value()
        #expect(alarms.map(\.id) == [1, 2])
        #expect(alarms[1].items.map(\.title) == ["Title 1", nil])
        #expect(alarms[1].items[0].reason == "not on loan")
        #expect(alarms[1].items[0].advice.isEmpty == false)
    }

    @Test func `the latest ones are asked for by number`() async throws {
        let service = try rung()
        #expect(try await service.send(.get, "/v1/gate/alarms?limit=1").value([Alarm].self).map(\.id) == [2])
        #expect(try await service.send(.get, "/v1/gate/alarms?after=1").value([Alarm].self).map(\.id) == [2])
        #expect(try await service.send(.get, "/v1/gate/alarms?after=2").value([Alarm].self).isEmpty)
    }

    @Test func `the status counts the alarms of today`() async throws {
        let status: Status = try await rung().send(.get, "/v1/status").value()
        #expect(status.gate.alarmsToday == 1)
        #expect(status.gate.lastAlarm?.id == 2)
    }

    @Test(arguments: ["limit=0", "limit=1001", "after=-1", "after=x"])
    func `a number out of range is refused`(_ query: String) async throws {
        #expect(try await rung().send(.get, "/v1/gate/alarms?\(query)").status == .badRequest)
    }
}
