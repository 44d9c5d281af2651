import Foundation
import Testing

@Suite struct WatchdogTests {
    @Test func `systemd hears that the daemon is ready, how it is, and that it is alive`() async throws {
        let manager = try NotifySocket()
        let daemon = try await RunningDaemon(
            environment: ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "300000"]
        )
        var news: [String] = []
        let limit = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < limit,
            news.count(where: { $0 == "WATCHDOG=1" }) < 3 || !news.contains(where: isWell)
                || !news.contains("READY=1")
        {
            if let text = manager.next() { news.append(text) }
        }
        #expect(news.contains("READY=1"))
        #expect(news.count(where: { $0 == "WATCHDOG=1" }) >= 3)
        #expect(news.contains(where: isWell), "\(Set(news))")
        #expect(daemon.stop().status == 0)
        while let text = manager.next() { news.append(text) }
        #expect(news.last == "STOPPING=1")
    }

    private func isWell(_ text: String) -> Bool { text == "STATUS=3 of 3 readers online; 2000 items" }
}
