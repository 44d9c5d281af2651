import Library
import Operations
import Tags
import Testing

@testable import Interfaces

@Suite struct CallerTests {
    private func station(_ name: String) -> BranchEvent {
        .station(
            StationReport(
                name: name,
                role: .pad,
                driver: "feig",
                place: "loopback",
                state: .connecting,
                lastAnswer: nil,
                tagsPresent: 0
            )
        )
    }

    @Test func `a caller hears of its own readers and gates`() {
        let caller = Caller(name: "desk", role: .desk, scope: AccessScope(readers: ["pad-1"]), means: .token)
        #expect(caller.hears(station("pad-1")))
        #expect(!caller.hears(station("pad-2")))
        #expect(
            !caller.hears(
                .alarm(GateAlarmRecord(id: 1, alarm: GateAlarm(gate: "gate-1", at: TestService.start, items: [])))
            )
        )
        #expect(caller.hears(.divergences(open: 1)))
    }

    @Test func `what lies on a pad is for those who may use the pad`() {
        let kiosk = Caller(name: "kiosk", role: .kiosk, scope: AccessScope(readers: ["pad-1"]), means: .token)
        let pad = { BranchEvent.pad(PadReport(reader: $0, tags: [], cards: 0, count: 0)) }
        #expect(kiosk.hears(pad("pad-1")))
        #expect(!kiosk.hears(pad("pad-2")))
    }

    @Test(arguments: [AccessRole.kiosk, .desk])
    func `what was released elsewhere is told to nobody who is for one pad`(_ role: AccessRole) {
        let caller = Caller(name: "kiosk-1", role: role, scope: AccessScope(readers: ["pad-1"]), means: .token)
        func change(_ reader: String) -> BranchEvent {
            let request = SecurityRequest(barcode: "3011", wanted: .disarmed, cause: .checkout, reader: reader)
            return .security(SecurityReport(request: request, end: .alreadySo([])))
        }
        #expect(caller.hears(change("pad-1")))
        #expect(!caller.hears(change("pad-2")))
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8::7", "2001:db8::/64"), ("::1", "::/64"), ("::ffff:0:0:1", "::/64"),
    ])
    func `callers are told apart by address, those of an IPv6 network are one`(_ address: String, _ peer: String) {
        #expect(WebContext.network(of: address) == peer)
    }

    @Test func `a program's user says what it may do over the socket`() {
        #expect(Caller(user: 0, owner: 990, group: nil).role == .admin)
        #expect(Caller(user: 990, owner: 990, group: .viewer).role == .admin)
        let member = Caller(user: 1000, owner: 990, group: .technician)
        #expect(member == Caller(name: "uid 1000", role: .technician, means: .socket))
        #expect(Caller(user: 1000, owner: 990, group: nil).means == .nobody)
    }

    @Test func `a kiosk hears of no alarms and no shelves`() {
        let kiosk = Caller(name: "kiosk", role: .kiosk, means: .token)
        #expect(kiosk.hears(station("pad-1")))
        #expect(!kiosk.hears(.divergences(open: 1)))
        #expect(
            !kiosk.hears(
                .alarm(GateAlarmRecord(id: 1, alarm: GateAlarm(gate: "gate-1", at: TestService.start, items: [])))
            )
        )
    }
}
