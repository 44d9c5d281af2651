import Foundation
import Testing

/// A changed configuration file, and a socket that was there before the daemon.
@Suite struct ReloadTests {
    private static let first = """
        [library]
        name = "Town Library"
        shrink = 10
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        serial = "/dev/ttyNOWHERE"

        """

    /// News of the service manager until one of them satisfies `isLast`.
    private func news(of manager: NotifySocket, until isLast: (String) -> Bool) -> [String] {
        var heard: [String] = []
        let limit = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < limit, !heard.contains(where: isLast) {
            if let text = manager.next() { heard.append(text) }
        }
        return heard
    }

    @Test func `what can change changes at once, what cannot is named, and a mistake changes nothing`() async throws {
        let manager = try NotifySocket()
        let daemon = try await RunningDaemon(
            configuration: Self.first,
            environment: ["NOTIFY_SOCKET": manager.path]
        )
        _ = news(of: manager) { $0 == "READY=1" }
        let before = try daemon.pressmark("status")
        #expect(!before.output.contains("after a restart"))

        let changed = Self.first.replacing("shrink = 10", with: "shrink = 20").replacing("Town", with: "Village")
        try changed.write(to: daemon.configurationFile, atomically: true, encoding: .utf8)
        daemon.send(SIGHUP)
        let heard = news(of: manager) { $0 == "READY=1" }
        #expect(heard.contains { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") }, "\(heard)")
        #expect(daemon.logText.contains("[library] shrink"))
        let after = try daemon.pressmark("status")
        #expect(after.output.contains("changed, in force after a restart: [library] name"), "\(after.output)")
        #expect(after.output.contains("Town Library"))

        try (changed + "shrinkage = 3\n").write(to: daemon.configurationFile, atomically: true, encoding: .utf8)
        daemon.send(SIGHUP)
        _ = news(of: manager) { $0 == "READY=1" }
        let refused = try daemon.pressmark("status")
        #expect(refused.output.contains("file refused"), "\(refused.output)")
        #expect(refused.output.contains("line 9"), "\(refused.output)")
        #expect(refused.output.contains("[library] name"))

        try Self.first.write(to: daemon.configurationFile, atomically: true, encoding: .utf8)
        daemon.send(SIGHUP)
        _ = news(of: manager) { $0 == "READY=1" }
        let restored = try daemon.pressmark("status")
        #expect(!restored.output.contains("after a restart"), "\(restored.output)")
        #expect(!restored.output.contains("file refused"))
        #expect(daemon.stop().status == 0)
    }

    @Test func `a simulated branch ends when its terminal is closed`() async throws {
        let daemon = try await RunningDaemon()
        daemon.send(SIGHUP)
        #expect(daemon.stop().status == 0)
        #expect(daemon.logText.contains("stopped, everything is written"))
    }
}
