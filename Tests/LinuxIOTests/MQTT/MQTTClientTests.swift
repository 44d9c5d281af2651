import Foundation
import Testing

@testable import LinuxIO

/// A mosquitto broker of its own on a free port; `nil` where none is installed.
private final class Broker {
    let port: UInt16
    private let process = Process()
    private let folder: URL

    init?() throws {
        guard
            let program = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto"].first(
                where: FileManager.default.isExecutableFile
            )
        else { return nil }
        port = UInt16.random(in: 20_000...60_000)
        folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-mqtt-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let settings = folder.appending(path: "mosquitto.conf")
        try "listener \(port) 127.0.0.1\nallow_anonymous true\n".write(to: settings, atomically: true, encoding: .utf8)
        process.executableURL = URL(filePath: program)
        process.arguments = ["-c", settings.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Killed, for it inherits this thread's mask, which holds back every other signal; the kernel then ends its
    /// connections.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
    }

    /// Holds it as it is: its connections stand, and nothing is answered. Returns when it has come to rest.
    func freeze() async throws {
        kill(process.processIdentifier, SIGSTOP)
        // `number (name) T …`, proc(5).
        while try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
            .split(separator: ")").last?.hasPrefix(" T") != true
        {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    deinit {
        if process.isRunning { stop() }
        try? FileManager.default.removeItem(at: folder)
    }

    /// What the broker keeps, or says next, under a topic: asked by mosquitto's own client.
    func messages(_ topic: String, count: Int) async throws -> [String] {
        let client = Process()
        client.executableURL = URL(filePath: "/usr/bin/mosquitto_sub")
        client.arguments = ["-h", "127.0.0.1", "-p", "\(port)", "-t", topic, "-C", "\(count)", "-W", "20", "-v"]
        let output = Pipe()
        client.standardOutput = output
        try await client.runToEnd()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

extension Process {
    /// Runs to the end without holding a thread that others need.
    fileprivate func runToEnd() async throws {
        try await withCheckedThrowingContinuation { continuation in
            terminationHandler = { _ in continuation.resume() }
            do { try run() } catch { continuation.resume(throwing: error) }
        }
    }
}

private func isInstalled() -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/sbin/mosquitto")
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/mosquitto_sub")
}

@Suite(.enabled("mosquitto and mosquitto-clients are not installed") { isInstalled() }, .timeLimit(.minutes(10)))
struct MQTTClientTests {
    private func client(_ broker: Broker) async throws -> MQTTClient {
        var settings = MQTTSettings(host: "127.0.0.1", port: broker.port, client: "pressmark-test-\(broker.port)")
        settings.will = ("pressmark/test/status", "offline")
        let client = try MQTTClient(settings)
        for await _ in client.connections() { break }
        return client
    }

    @Test func `what is retained is kept by a real broker, acknowledged before it counts as sent`() async throws {
        let broker = try #require(try Broker())
        defer { broker.stop() }
        let client = try await client(broker)
        try await client.publish("online", to: "pressmark/test/status", retained: true)
        try await client.publish("offline", to: "pressmark/test/reader/pad-1/state", retained: true)
        let kept = try await broker.messages("pressmark/test/#", count: 2).sorted()
        #expect(kept == ["pressmark/test/reader/pad-1/state offline", "pressmark/test/status online"])
    }

    @Test func `a connection whose number is beyond select is kept like any other`() async throws {
        // Every number below 1024 is taken: select(2) could not wait for what is opened now.
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        try #require(limit.rlim_cur > 2048, "the shell allows too few open files")
        var taken: [Int32] = []
        defer { for number in taken { close(number) } }
        while taken.last ?? 0 < 1200 {
            let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
            try #require(number >= 0)
            taken.append(number)
        }
        let broker = try #require(try Broker())
        defer { broker.stop() }
        let client = try await client(broker)
        try await client.publish("online", to: "pressmark/test/status", retained: true)
        #expect(client.isConnected)
    }

    @Test func `a broker that goes is said, and nothing counts as sent`() async throws {
        let broker = try #require(try Broker())
        let client = try await client(broker)
        broker.stop()
        await #expect(throws: MQTTError.self) {
            // The connection may still look whole for a moment: then the answer never comes, and that is no yes either.
            for _ in 0..<100_000 {
                try await client.publish("x", to: "pressmark/test/notice", retained: false)
                await Task.yield()
            }
        }
    }

    @Test func `whoever waits for a broker that stands still ends when the service does`() async throws {
        let broker = try #require(try Broker())
        defer { broker.stop() }
        let client = try await client(broker)
        try await broker.freeze()
        let publishing = Task { try await client.publish("x", to: "pressmark/test/notice", retained: false) }
        for _ in 0..<1000 { await Task.yield() }
        publishing.cancel()
        await #expect(throws: MQTTError.self) { try await publishing.value }
    }

    @Test func `the broker says our last will when our connection is cut off`() async throws {
        let broker = try #require(try Broker())
        defer { broker.stop() }
        let client = try await client(broker)
        try await client.publish("online", to: "pressmark/test/status", retained: true)
        // Another client under our name: the broker cuts us off as if we had died (MQTT 3.1.1, 3.1.4-2).
        let other = Process()
        other.executableURL = URL(filePath: "/usr/bin/mosquitto_pub")
        other.arguments = [
            "-h", "127.0.0.1", "-p", "\(broker.port)", "-i", "pressmark-test-\(broker.port)", "-t", "x", "-m", "y",
        ]
        try await other.runToEnd()
        #expect(try await broker.messages("pressmark/test/status", count: 1) == ["pressmark/test/status offline"])
        _ = client.isConnected
    }
}
