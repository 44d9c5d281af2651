import Dispatch
import Foundation
import Testing

/// The real `pressmarkd` with its simulated branch in a folder of its own, and the real `pressmark` beside it.
final class RunningDaemon: @unchecked Sendable {
    let state: URL
    let url: String
    private let process: Process
    private let log: URL

    /// What a command printed and how it ended.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The configuration file of a daemon that was given one.
    var configurationFile: URL { state.appending(path: "pressmark.toml") }

    /// Starts the daemon and waits until it answers.
    ///
    /// - Parameters:
    ///   - configuration: the text of a configuration file, in place of the simulated branch.
    ///   - starter: a program with its arguments that starts the daemon.
    init(
        state: URL? = nil,
        configuration: String? = nil,
        arguments: [String] = [],
        environment: [String: String] = [:],
        starter: [String] = []
    ) async throws {
        self.state = state ?? FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.state, withIntermediateDirectories: true)
        log = self.state.appending(path: "daemon.log")
        let portFile = self.state.appending(path: "port")
        try? FileManager.default.removeItem(at: portFile)
        try Data().write(to: log)
        process = Process()
        let program = Self.products.appending(path: "pressmarkd").path
        var mode = ["--simulate"]
        if let configuration {
            let file = self.state.appending(path: "pressmark.toml")
            try configuration.write(to: file, atomically: true, encoding: .utf8)
            mode = ["--config", file.path]
        }
        let command = starter + [program] + mode + ["--state", self.state.path, "--port", "0"] + arguments
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let handle = try FileHandle(forWritingTo: log)
        process.standardError = handle
        process.standardOutput = handle
        try process.run()
        var port: String?
        let limit = ContinuousClock.now + .seconds(60)
        while port == nil, ContinuousClock.now < limit, process.isRunning {
            try await Task.sleep(for: .milliseconds(50))
            port = (try? String(contentsOf: portFile, encoding: .utf8))?.trimmingCharacters(in: .newlines)
        }
        url = "http://127.0.0.1:\(port ?? "0")"
        guard port != nil else {
            throw Failure(reason: "pressmarkd did not come up: \(logText)")
        }
    }

    struct Failure: Error { var reason: String }

    /// Everything the daemon wrote to standard output and error.
    var logText: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Runs one `pressmark` command to its end.
    func pressmark(_ arguments: String...) throws -> Outcome {
        try Self.run("pressmark", arguments, environment: ["PRESSMARK_URL": url])
    }

    /// Runs a line of shell in a folder, with our programs on its path.
    func shell(_ line: String, in folder: URL) throws -> Outcome {
        let path = "\(Self.products.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
        return try Self.run(
            "sh",
            path: "/bin/sh",
            ["-c", "cd '\(folder.path)' && { \(line)\n}"],
            environment: ["PRESSMARK_URL": url, "PATH": path]
        )
    }

    /// Repeats a command until its output satisfies `condition`; the last outcome when it never does. The limit is for
    /// a machine that does much else, where every command takes seconds; a test that passes does not wait for it.
    func eventually(
        _ arguments: [String],
        within limit: Duration = .seconds(120),
        until condition: (Outcome) -> Bool
    ) async throws -> Outcome {
        let end = ContinuousClock.now + limit
        var outcome = try Self.run("pressmark", arguments, environment: ["PRESSMARK_URL": url])
        while !condition(outcome), ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(200))
            outcome = try Self.run("pressmark", arguments, environment: ["PRESSMARK_URL": url])
        }
        return outcome
    }

    /// Ends the daemon at once, as a power cut would.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Sends a signal.
    func send(_ signal: Int32) {
        Foundation.kill(process.processIdentifier, signal)
    }

    /// Asks the daemon to stop and says how long that took and how it ended.
    func stop() -> (status: Int32, took: Duration) {
        let start = ContinuousClock.now
        process.terminate()
        Self.awaitEnd(of: process)
        return (process.terminationStatus, ContinuousClock.now - start)
    }

    deinit {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    }

    /// Waits for a program's end, and brings it about after ten minutes: who waits for good holds up every test behind, and
    /// nobody learns which one it was.
    private static func awaitEnd(of process: Process) {
        let number = process.processIdentifier
        let last = DispatchWorkItem { _ = Foundation.kill(number, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(600), execute: last)
        process.waitUntilExit()
        last.cancel()
    }

    /// Runs one of our programs, or with a path another one, to its end.
    static func run(
        _ program: String,
        path: String? = nil,
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = path.map { URL(filePath: $0) } ?? products.appending(path: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors, source) = (
            folder.appending(path: "out"), folder.appending(path: "err"), folder.appending(path: "in")
        )
        try Data().write(to: output)
        try Data().write(to: errors)
        try Data((input ?? "").utf8).write(to: source)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = try FileHandle(forReadingFrom: source)
        try process.run()
        awaitEnd(of: process)
        return Outcome(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8)
        )
    }

    /// Where the programs under test were built: beside the test bundle.
    private static let products: URL = {
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        return tests?.deletingLastPathComponent()
            ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    }()
}
