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
        try #require(alarms.map(\.id) == [1, 2])
        try #require(alarms[1].items.map(\.title) == ["Title 1", nil])
        #expect(alarms[1].items[0].reason == "not on loan")
        #expect(alarms[1].items[0].advice.isEmpty == false)
    }

    @Test func `the latest ones are asked for by number`() async throws {
        let service = try rung()
        #expect(try await service.send(.get, "/v1/gate/alarms?limit=1").value([Alarm].self).map(\.id) == [2])
        #expect(try await service.send(.get, "/v1/gate/alarms?after=1").value([Alarm].self).map(\.id) == [2])
        #expect(try await service.send(.get, "/v1/gate/alarms?after=2").value([Alarm].self).isEmpty)
    }

    @Test func `a kiosk's status names no item of an alarm and no sweep`() async throws {
        var kiosk = try rung()
        let wanted = SweepRequest(branch: nil, location: "REF", from: "QA 76", to: "QA 77", scheme: nil)
        _ = try await kiosk.send(.post, "/v1/sweeps", wanted)
        let whole: Status = try await kiosk.send(.get, "/v1/status").value()
        #expect(whole.gate.lastAlarm != nil && whole.sweep != nil)
        kiosk.loopback = .kiosk
        let status: Status = try await kiosk.send(.get, "/v1/status").value()
        #expect(status.gate.lastAlarm == nil && status.sweep == nil)
        #expect(status.readers.map(\.name) == ["pad-1"])
    }

    @Test func `the status counts the alarms of today`() async throws {
        let status: Status = try await rung().send(.get, "/v1/status").value()
        #expect(status.gate.alarmsToday == 1)
        #expect(status.gate.lastAlarm?.id == 2)
    }

    @Test func `today is the site's day, wherever Greenwich has got to`() async throws {
        var service = try rung()
        // Midnight there was just before the second alarm, is just after it, or was before both.
        for (began, count) in [(-1000, 1), (1000, 0), (-3 * 86_400_000, 2)] as [(Int64, Int)] {
            let midnight = Moment(milliseconds: TestService.start.milliseconds + began)
            service.desk.siteDay = { _ in SiteDay(began: midnight, ends: midnight + .seconds(86_400)) }
            let status: Status = try await service.send(.get, "/v1/status").value()
            #expect(status.gate.alarmsToday == count)
            #expect(status.gate.dayBegan == Date(midnight))
            let report: GateReport = try await service.send(.get, "/v1/gate").value()
            #expect(report.alarmsToday == count)
        }
    }

    @Test(arguments: ["limit=0", "limit=1001", "after=-1", "after=x"])
    func `a number out of range is refused`(_ query: String) async throws {
        #expect(try await rung().send(.get, "/v1/gate/alarms?\(query)").status == .badRequest)
    }

    @Test func `one tap says what an alarm was, and the rate of false alarms is measured`() async throws {
        let service = try rung()
        let told: Alarm = try await service.send(.post, "/v1/gate/alarms/2/outcome", OutcomeRequest(outcome: "false"))
            .value()
        #expect(told.outcome == "false" && told.items.first?.title == "Title 1")
        let report: GateReport = try await service.send(.get, "/v1/gate").value()
        #expect(report.falseAlarms.count == 1 && report.falseAlarms.of == 1)
        #expect(
            try await service.send(.post, "/v1/gate/alarms/9/outcome", OutcomeRequest(outcome: "false")).status
                == .notFound
        )
        #expect(
            try await service.send(.post, "/v1/gate/alarms/2/outcome", OutcomeRequest(outcome: "x")).status
                == .badRequest
        )
    }

    @Test func `without outputs there is nothing to mute, and the answer says where to configure one`() async throws {
        let answer = try await rung().send(.post, "/v1/gate/mute", MuteRequest(minutes: 10))
        #expect(try answer.status == .conflict && answer.value(Problem.self).type == "no-outputs")
    }

    @Test func `an unknown gate is refused with the names of those there are`() async throws {
        let service = try rung()
        let request = WalkTestRequest(gate: "nowhere", uid: "E004015000000001", walks: 5)
        #expect(try await service.send(.post, "/v1/gate/walk-test", request).status == .notFound)
        #expect(try await service.send(.post, "/v1/gate/test", GateTestRequest(gate: "nowhere")).status == .notFound)
        #expect(try await service.send(.get, "/v1/gate/statistics?gate=nowhere").status == .notFound)
        #expect(try await service.send(.get, "/v1/gate/walk-test?gate=nowhere").status == .notFound)
    }

    @Test func `an item gets a pass for some days and loses it again`() async throws {
        let service = try rung()
        let request = PassRequest(barcode: "3011", kind: "exhibition", days: 14)
        let passes: [GatePassView] = try await service.send(.post, "/v1/gate/passes", request).value()
        #expect(passes.map(\.barcode) == ["3011"] && passes.first?.title == "Title 1")
        let back = PassRequest(barcode: "3011", kind: "exhibition", days: 0)
        #expect(try await service.send(.post, "/v1/gate/passes", back).value([GatePassView].self).isEmpty)
        let gone = try await service.send(.post, "/v1/gate/passes", back)
        #expect(gone.status == .notFound)
        #expect(try gone.value(Problem.self).hint == "see pressmark gate passes")
        let long = PassRequest(barcode: "3011", kind: "exhibition", days: 4000)
        #expect(try await service.send(.post, "/v1/gate/passes", long).status == .badRequest)
        let endless = PassRequest(barcode: String(repeating: "3", count: 201), kind: "exhibition", days: 4)
        #expect(try await service.send(.post, "/v1/gate/passes", endless).status == .badRequest)
        let odd = PassRequest(barcode: "3011", kind: "holiday", days: 4)
        #expect(try await service.send(.post, "/v1/gate/passes", odd).status == .badRequest)
    }

    @Test func `rules with mistakes change nothing, rules that silence everything are asked for twice`() async throws {
        let service = try rung()
        let wrong = RulesRequest(rules: "nonsense", by: "A. Librarian", confirmed: false)
        #expect(try await service.send(.post, "/v1/gate/rules", wrong).status == .unprocessableContent)
        let silent = "not on loan = log\nsought after = log\non loan, tag not cleared = log\nset part = log"
        let once = RulesRequest(rules: silent, by: "A. Librarian", confirmed: false)
        #expect(
            try await service.send(.post, "/v1/gate/rules", once).value(Problem.self).type == "rules-silence-everything"
        )
        let twice = RulesRequest(rules: silent, by: "A. Librarian", confirmed: true)
        #expect(try await service.send(.post, "/v1/gate/rules", twice).value(RulesReport.self).silencesEverything)
        // Learning has an end.
        var learning = RulesRequest(rules: "learning until = 9999-12-31", by: "A. Librarian", confirmed: false)
        let refused: Problem = try await service.send(.post, "/v1/gate/rules", learning).value()
        #expect(refused.type == "rules-silence-everything" && !refused.detail.contains("ever"))
        #expect(refused.detail.contains("before the end of learning"))
        learning.confirmed = true
        let report: RulesReport = try await service.send(.post, "/v1/gate/rules", learning).value()
        #expect(report.silencesEverything && report.text.contains("before the end of learning"))
        let nobody = RulesRequest(rules: "", by: "", confirmed: true)
        #expect(try await service.send(.post, "/v1/gate/rules", nobody).status == .badRequest)
    }

    @Test func `other rules are tried on the kept reads`() async throws {
        let service = try rung()
        let report: ReplayReport = try await service.send(
            .post,
            "/v1/gate/replay",
            ReplayRequest(days: 30, rules: "not on loan = log")
        ).value()
        #expect(report.reads == 0 && report.differences.isEmpty)
        #expect(
            try await service.send(.post, "/v1/gate/replay", ReplayRequest(days: 0, rules: "")).status == .badRequest
        )
    }

    @Test func `statistics and the proof of forgetting are there`() async throws {
        let service = try rung()
        try service.desk.store.count(gate: "gate-1", lane: 1, incoming: 12, outgoing: 3, at: TestService.start)
        let report: GateStatisticsReport = try await service.send(.get, "/v1/gate/statistics?days=7").value()
        #expect(report.alarms == 2 && report.reasons == ["not on loan": 3] && report.unanswered == 2)
        #expect(report.visitors == 12 && report.visitorHours?.count == 24)
        #expect(report.visitorHours?.reduce(0, +) == 12 && report.visitorHours?.max() == 12)
        let other: GateStatisticsReport = try await service.send(.get, "/v1/gate/statistics?days=1").value()
        #expect(other.alarms == 1 && other.visitors == 12)
        #expect(report.crosses?.map(\.count).reduce(0, +) == 3)
        #expect(report.crosses?.first?.weekday.hasSuffix("day") == true)
        #expect(report.details?.map(\.reason) == ["not on loan"])
        #expect(report.details?.first?.hours.count == 24 && report.details?.first?.hours.reduce(0, +) == 3)
        let forgotten: ForgettingReport = try await service.send(.get, "/v1/gate/forgotten").value()
        #expect(forgotten.keepDays == 30 && forgotten.oldest != nil)
    }
}
