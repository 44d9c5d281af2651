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
