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

/// The service manager's end of the notification protocol (sd_notify(3)).
private final class NotifySocket {
    let path = FileManager.default.temporaryDirectory.appending(path: "notify-\(UUID().uuidString.prefix(8))").path
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard descriptor >= 0, bound == 0 else { throw CocoaError(.fileWriteUnknown) }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// The next piece of news; `nil` when none comes within a second.
    func next() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    deinit {
        close(descriptor)
        unlink(path)
    }
}
