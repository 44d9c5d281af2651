import Foundation
import Testing

/// What `Scripts/bench-gate` and `Scripts/bench-pads` hand to their programs; nothing is built and nothing measured.
@Suite struct BenchGateScriptTests {
    @Test(
        arguments: [
            (["latency", "importing"], "importing: not known"), (["latencies"], "latencies: not known"),
            (["--chip", "gpiochip0"], "--chip: found no --line"), (["--line", "siren"], "--line: found no --chip"),
            (["latency", "--only"], "--only: found nothing"), (["--only", "--common"], "--only: found nothing"),
            (["--passage", "5"], "--passage: not known"),
        ] as [([String], String)]
    )
    func `a word that would be passed over is refused before anything is built`(
        _ words: [String],
        _ error: String
    ) throws {
        let outcome = try outcome(of: "bench-gate", words)
        #expect(outcome.status == 2)
        #expect(outcome.errors.hasPrefix(error), "\(outcome.errors)")
        #expect(outcome.output == "")
    }

    @Test(
        arguments: [
            ([], ["latency", "traffic"]), (["traffic", "--passages", "5"], ["traffic --passages 5"]),
            (["latency", "--only", "importing", "--common"], ["latency --only importing --common"]),
            (["latency", "--chip", "c", "--line", "l"], ["latency --chip c --line l"]),
        ] as [([String], [String])]
    )
    func `every other word is handed on`(_ words: [String], _ runs: [String]) throws {
        let outcome = try outcome(of: "bench-gate", words)
        #expect(outcome.output.split(separator: "\n").map(String.init) == runs)
        #expect(outcome.status == 0)
    }

    @Test(arguments: ["bench-gate", "bench-pads"])
    func `the file behind --json is where the caller stands`(_ script: String) throws {
        let outcome = try outcome(of: script, ["--json", "figures.json"])
        let first = try #require(outcome.output.split(separator: "\n").first)
        #expect(first.hasSuffix("--json \(outcome.caller)/figures.json"), "\(first)")
        #expect(try self.outcome(of: script, ["--json", "/figures.json"]).output.contains("--json /figures.json\n"))
    }

    /// Runs a copy of a script from a folder beside it, with programs that print the words they are given.
    private func outcome(
        of script: String,
        _ words: [String]
    ) throws -> (output: String, errors: String, status: Int32, caller: String) {
        let manager = FileManager.default
        let root = manager.temporaryDirectory.appending(path: "bench-script-\(UUID().uuidString)")
        defer { try? manager.removeItem(at: root) }
        let (scripts, caller) = (root.appending(path: "Scripts"), root.appending(path: "caller"))
        for folder in [scripts, caller] { try manager.createDirectory(at: folder, withIntermediateDirectories: true) }
        let source = URL(filePath: #filePath).appending(path: "../../../Scripts").standardized
        try manager.copyItem(at: source.appending(path: script), to: scripts.appending(path: script))
        let swift = """
            #!/usr/bin/env bash
            for word in "$@"; do [[ $word != --show-bin-path ]] || echo "$PWD"; done

            """
        let files = [
            ("Scripts/install-dependencies", "#!/usr/bin/env bash\n"),
            ("Scripts/find-swift", "#!/usr/bin/env bash\necho \"$PWD\"\n"), ("swift", swift),
            ("GateBench", "#!/usr/bin/env bash\necho \"$@\"\n"), ("PadBench", "#!/usr/bin/env bash\necho \"$@\"\n"),
        ]
        for (name, content) in files {
            let path = root.appending(path: name).path
            try content.write(toFile: path, atomically: false, encoding: .utf8)
            try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        let (output, errors) = (root.appending(path: "output"), root.appending(path: "errors"))
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["bash", scripts.appending(path: script).path] + words
        process.currentDirectoryURL = caller
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return (
            try String(contentsOf: output, encoding: .utf8), try String(contentsOf: errors, encoding: .utf8),
            process.terminationStatus, caller.path
        )
    }
}
