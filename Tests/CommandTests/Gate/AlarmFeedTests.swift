import API
import Foundation
import Testing

@testable import Command

private func alarm(_ id: Int, _ barcodes: String..., at seconds: TimeInterval = 0) -> Alarm {
    Alarm(
        id: id,
        at: Date(timeIntervalSince1970: seconds),
        gate: "gate-1",
        items: barcodes.map {
            AlarmItem(
                reason: "not on loan",
                evidence: "",
                advice: "",
                uid: "E0",
                barcode: $0,
                title: nil,
                callNumber: nil
            )
        }
    )
}

@Suite struct AlarmFeedTests {
    @Test func `an alarm that comes twice is shown once`() {
        var feed = AlarmFeed()
        #expect(feed.news(of: alarm(1, "3012")) == alarm(1, "3012"))
        #expect(feed.news(of: alarm(1, "3012")) == nil)
        #expect(feed.last == 1)
    }

    @Test func `an item that joins an alarm is shown alone`() {
        var feed = AlarmFeed()
        _ = feed.news(of: alarm(1, "3012"))
        #expect(feed.news(of: alarm(1, "3012", "3013")) == alarm(1, "3013"))
    }

    @Test func `alarms that no disk took have no number, and are shown each`() {
        var feed = AlarmFeed()
        #expect(feed.news(of: alarm(0, "3012", at: 1)) == alarm(0, "3012", at: 1))
        #expect(feed.news(of: alarm(0, "3013", at: 9)) == alarm(0, "3013", at: 9))
        #expect(feed.news(of: alarm(0, "3013", "3014", at: 9)) == alarm(0, "3014", at: 9))
        #expect(feed.news(of: alarm(0, "3012", at: 1)) == nil)
        // There is no number to go on behind.
        #expect(feed.last == nil)
    }

    @Test func `after a break it goes on behind the latest`() {
        var feed = AlarmFeed()
        #expect(feed.last == nil)
        _ = feed.news(of: alarm(8, "3012"))
        _ = feed.news(of: alarm(7, "3011"))
        #expect(feed.last == 8)
    }

    @Test func `thousands of alarms are not all kept`() {
        var feed = AlarmFeed()
        for id in 1...5000 { _ = feed.news(of: alarm(id, "3012")) }
        #expect(feed.news(of: alarm(5000, "3012")) == nil)
        #expect(feed.news(of: alarm(5001, "3012")) != nil)
    }
}
