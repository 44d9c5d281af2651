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

    /// Runs a script among programs that print the words they are given.
    private func outcome(of script: String, _ words: [String]) throws -> ScriptRun {
        let swift = """
            #!/usr/bin/env bash
            for word in "$@"; do [[ $word != --show-bin-path ]] || echo "$PWD"; done

            """
        let bench = "#!/usr/bin/env bash\necho \"$@\"\n"
        return try ScriptRun(script, words, beside: [("swift", swift), ("GateBench", bench), ("PadBench", bench)])
    }
}
