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

    @Test func `a pad that the file names since is there at once, a gate waits, and what is named no more goes`()
        async throws
    {
        func reader(_ name: String, _ role: String) -> String {
            """
            [[reader]]
            name = "\(name)"
            role = "\(role)"
            driver = "feig"
            serial = "/dev/tty\(name)"

            """
        }
        let daemon = try await RunningDaemon(configuration: Self.first)
        /// What the readers are, as soon as it is so.
        func readers(until isSo: (String) -> Bool) throws -> String {
            var output = ""
            let limit = ContinuousClock.now + .seconds(60)
            repeat {
                output = try daemon.pressmark("readers").output
            } while !isSo(output) && ContinuousClock.now < limit
            return output
        }
        let more = Self.first + reader("pad-2", "pad") + reader("gate-1", "gate")
        try more.write(to: daemon.configurationFile, atomically: true, encoding: .utf8)
        daemon.send(SIGHUP)
        let there = try readers { $0.contains("pad-2") }
        #expect(there.contains("pad-1") && there.contains("/dev/ttypad-2") && !there.contains("gate-1"), "\(there)")
        let status = try daemon.pressmark("status").output
        #expect(status.contains("changed, in force after a restart: [[reader]] gate-1"), "\(status)")

        try reader("pad-2", "pad").write(to: daemon.configurationFile, atomically: true, encoding: .utf8)
        daemon.send(SIGHUP)
        let left = try readers { !$0.contains("pad-1") }
        #expect(left.contains("pad-2") && !left.contains("pad-1"), "\(left)")
        #expect(daemon.stop().status == 0)
    }

    @Test func `a setting that is changed by command holds after a restart, beside a file that stays as it was`()
        async throws
    {
        let daemon = try await RunningDaemon(configuration: Self.first)
        let tried = try daemon.pressmark("settings", "set", "library.name=Village Library", "--dry-run")
        #expect(tried.output.contains("library.name: Town Library -> Village Library (after a restart)"), "\(tried)")
        #expect(try !daemon.pressmark("settings", "show", "--changed").output.contains("Village"))
        let changed = try daemon.pressmark("settings", "set", "library.name=Village Library", "library.shrink=20")
        #expect(changed.status == 0, "\(changed.errors)")
        let status = try daemon.pressmark("status")
        #expect(status.output.contains("changed, in force after a restart: [library] name"), "\(status.output)")
        let wrong = try daemon.pressmark("settings", "set", "security.armed=0xC2")
        #expect(wrong.status == 1 && wrong.errors.contains("stands for armed and for disarmed"), "\(wrong.errors)")
        let fixed = try daemon.pressmark("settings", "set", "http.port=80")
        #expect(fixed.status == 1 && fixed.errors.contains("stands in the configuration file alone"), "\(fixed.errors)")
        #expect(daemon.stop().status == 0)

        let again = try await RunningDaemon(state: daemon.state, configuration: Self.first)
        #expect(try again.pressmark("status").output.contains("Village Library"))
        let shown = try again.pressmark("settings", "show", "library.shrink").output
        #expect(shown.contains("20") && shown.contains("page"), "\(shown)")
        #expect(try String(contentsOf: again.configurationFile, encoding: .utf8) == Self.first)
        let audit = try again.pressmark("audit", "list").output
        #expect(audit.contains("PATCH /v1/settings"), "\(audit)")
        #expect(again.stop().status == 0)
    }

    @Test func `a simulated branch ends when its terminal is closed`() async throws {
        let daemon = try await RunningDaemon()
        daemon.send(SIGHUP)
        #expect(daemon.stop().status == 0)
        #expect(daemon.logText.contains("stopped, everything is written"))
    }

    private static let activator = "/usr/bin/systemd-socket-activate"
    private static let hasActivator = FileManager.default.isExecutableFile(atPath: activator)

    /// The activator closes the descriptor by which Foundation tells that a child has ended, and waiting for one such
    /// child holds up the end of every other: so a shell is the child, and hands the signal on. It inherits the mask of
    /// this thread, which holds the signal back.
    private static let keeper = """
        "$@" & child=$!
        trap 'kill -TERM $child' TERM
        wait $child; status=$?
        if [ $status -gt 128 ]; then wait $child; status=$?; fi
        exit $status
        """

    @Test(.enabled(if: ReloadTests.hasActivator, "needs systemd-socket-activate"))
    func `programs of this machine are served on a socket that systemd holds`() async throws {
        let state = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        let path = state.appending(path: "held.sock").path
        let caller = Task.detached {
            var outcome: RunningDaemon.Outcome?
            let limit = ContinuousClock.now + .seconds(60)
            while outcome?.status != 0, ContinuousClock.now < limit {
                outcome = try RunningDaemon.run("pressmark", ["status", "--daemon", "unix:\(path)"])
            }
            return outcome
        }
        let daemon = try await RunningDaemon(
            state: state,
            // What is held is held: another path in the configuration opens no second one.
            configuration: "[http]\nsocket = \"\(state.path)/other.sock\"\nloopback = \"nobody\"\n" + Self.first,
            starter: [
                "/usr/bin/env", "--default-signal=TERM", "/bin/sh", "-c", Self.keeper, "keeper", Self.activator,
                "--listen=\(path)", "--fdname=control",
            ]
        )
        let answered = try await caller.value
        let outcome = try #require(answered)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("Town Library"))
        #expect(!FileManager.default.fileExists(atPath: "\(state.path)/other.sock"))
        // The socket says who calls: nobody may do anything over the loopback address here.
        #expect(try daemon.pressmark("status").status != 0)
        #expect(daemon.stop().status == 0)
        // It is its holder's to take away.
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test(.enabled(if: ReloadTests.hasActivator, "needs systemd-socket-activate"))
    func `the page is served on a socket that systemd holds`() async throws {
        let port = try Self.freePort()
        let state = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        // The activator starts the daemon with the first caller, who is answered when it is up.
        let caller = Task.detached {
            var outcome: RunningDaemon.Outcome?
            let limit = ContinuousClock.now + .seconds(60)
            while outcome?.status != 0, ContinuousClock.now < limit {
                outcome = try RunningDaemon.run(
                    "pressmark",
                    ["status"],
                    environment: ["PRESSMARK_URL": "http://127.0.0.1:\(port)"]
                )
            }
            return outcome
        }
        let daemon = try await RunningDaemon(
            state: state,
            configuration: Self.first,
            starter: [
                "/usr/bin/env", "--default-signal=TERM", "/bin/sh", "-c", Self.keeper, "keeper", Self.activator,
                "--listen=127.0.0.1:\(port)", "--fdname=http",
            ]
        )
        #expect(daemon.url == "http://127.0.0.1:\(port)")
        let answered = try await caller.value
        let outcome = try #require(answered)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("Town Library"))
        #expect(daemon.stop().status == 0)
    }

    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        return UInt16(bigEndian: address.sin_port)
    }
}
