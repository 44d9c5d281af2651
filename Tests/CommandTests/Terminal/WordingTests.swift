import Foundation
import Testing

@testable import Command

@Suite struct WordingTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1204, "1 204"), (1_000_000, "1 000 000"), (-1204, "-1 204")])
    func `large numbers are grouped by three`(_ value: Int, _ text: String) {
        #expect(Wording.number(value) == text)
    }

    @Test(arguments: [
        (0.0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (3660, "1 h 1 min"),
        (86_400, "1 day"), (200_000, "2 days"), (-5, "0 s"), (.nan, "0 s"), (.infinity, "0 s"),
    ])
    func `a length of time is said as people say it`(_ seconds: Double, _ text: String) {
        #expect(Wording.length(seconds) == text)
    }

    @Test func `a moment ago is now`() {
        let now = Date(timeIntervalSince1970: 1_000_000)
        #expect(Wording.ago(now.addingTimeInterval(-1), now: now) == "now")
        #expect(Wording.ago(now.addingTimeInterval(30), now: now) == "now")
        #expect(Wording.ago(now.addingTimeInterval(-120), now: now) == "2 min ago")
    }

    @Test func `a share never rounds up to all`() {
        #expect(Wording.share(1999, of: 2000) == "99.9 %")
        #expect(Wording.share(9999, of: 10_000) == "99.9 %")
        #expect(Wording.share(2000, of: 2000) == "100.0 %")
        #expect(Wording.share(0, of: 0) == "100.0 %")
        #expect(Wording.share(1, of: 2000) == "under 0.1 %")
        #expect(Wording.share(0, of: 2000) == "0.0 %")
    }
}
