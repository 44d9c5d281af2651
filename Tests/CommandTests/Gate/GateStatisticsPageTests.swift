import API
import Testing

@testable import Command

@Suite struct GateStatisticsPageTests {
    private func lines(_ crosses: [GateCross]?, _ details: [GateReasonDetail]? = nil) -> [String] {
        let none = Share(count: 0, of: 0, low: 0, high: 1)
        let report = GateStatisticsReport(
            days: 7,
            alarms: 14,
            quietAlarms: 0,
            unanswered: 14,
            reasons: ["on loan, tag not cleared": 14],
            hours: [Int](repeating: 0, count: 24),
            devices: ["kiosk-2": 14],
            procedures: [:],
            crosses: crosses,
            details: details,
            outcomes: [:],
            passages: [:],
            visitors: 0,
            falseAlarms: none,
            misses: none,
            sentinels: []
        )
        return GateStatisticsPage(report: report, palette: Palette(isOn: false)).lines
    }

    @Test func `day, kiosk and reason are told together, the most first and ten at most`() throws {
        let crosses = (1...12).map {
            GateCross(weekday: "Tuesday", device: "kiosk-\($0)", reason: "not on loan", count: $0)
        }
        let told = lines(crosses.sorted())
        let first = try #require(
            told.firstIndex { $0.contains("last changed at") && $0.contains("count") && $0.contains("on") }
        )
        #expect(told.contains { $0.contains("Tuesday") && $0.contains("kiosk-12") && $0.contains("12") })
        #expect(!told.contains { $0.contains("kiosk-2 ") && $0.contains("Tuesday") })
        #expect(told.contains { $0.contains("2 other combinations") })
        let position = try #require(told.firstIndex { $0.contains("kiosk-12") && $0.contains("Tuesday") })
        #expect(position > first)
    }

    @Test func `an older daemon tells none, and one combination alone says nothing new`() {
        let one = GateCross(weekday: "Tuesday", device: "kiosk-2", reason: "on loan, tag not cleared", count: 14)
        #expect(!lines(nil).contains { $0.contains("Tuesday") })
        #expect(!lines([one]).contains { $0.contains("Tuesday") })
    }

    @Test func `each reason has its hours and what was done to its items`() {
        func hours(_ hour: Int) -> [Int] { (0..<24).map { $0 == hour ? 3 : 0 } }
        let details = [
            GateReasonDetail(
                reason: "on loan, tag not cleared",
                hours: hours(10),
                procedures: ["check-in": 1, "check-out": 2]
            ),
            GateReasonDetail(reason: "not on loan", hours: hours(0), procedures: [:]),
        ]
        let told = lines(nil, details)
        let blank = { String(repeating: " ", count: $0) }
        #expect(told.contains("  \(blank(10))█\(blank(13))│ on loan, tag not cleared: check-out 2, check-in 1"))
        #expect(told.contains("  █\(blank(23))│ not on loan"))
        #expect(!lines(nil, [details[0]]).contains { $0.contains("check-out") })
    }
}
