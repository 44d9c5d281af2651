import Foundation
import Testing

/// What `Scripts/bench` takes its words for; nothing is measured.
@Suite(.enabled(if: BenchScript.isPythonThere, "python3 is not installed"))
struct BenchScriptTests {
    @Test(
        arguments: [
            ([], "codecs sweeps holdings gate pads proxy interface"), (["pads", "gate"], "pads gate"),
            (["--codecs"], "codecs"), (["--codecs", "gate"], "codecs gate"),
            (["--codecs", "gate", "codecs"], "codecs gate"), (["--filter", "encode"], "codecs"),
            (["gate", "--filter", "encode"], "codecs gate"), (["holdings", "--items", "5"], "holdings"),
        ] as [([String], String)]
    )
    func `every word that names a part is obeyed`(_ words: [String], _ parts: String) {
        #expect(BenchScript.parts(words) == parts)
    }

    @Test(arguments: [["gates"], ["gate", "--items", "5"], ["--codecs", "--items", "5"]])
    func `a word that would change nothing is refused`(_ words: [String]) {
        #expect(BenchScript.parts(words) == nil)
    }

    @Test func `the sweeps' file is where the caller stands`() {
        let words = ["--runs", "5", "--sweeps", "--json", "figures.json"]
        #expect(BenchScript.swept(words, from: "/usr") == "--runs 5 --json /usr/figures.json")
        #expect(BenchScript.swept(["--sweeps", "--json", "/figures.json"], from: "/usr") == "--json /figures.json")
    }
}

enum BenchScript {
    static let isPythonThere = output(["-c", "print(1)"]) != nil

    private static let script = URL(filePath: #filePath).appending(path: "../../../Scripts/bench").standardized.path

    /// Asks one of the functions of the script, and prints what it says.
    private static func program(_ question: String) -> String {
        """
        import runpy, sys
        print(*runpy.run_path(sys.argv[1], run_name="bench")\(question))
        """
    }

    /// The parts that would be measured, in their order; `nil` when the words are refused.
    static func parts(_ words: [String]) -> String? {
        output(["-c", program("[\"parsed\"](sys.argv[2:])[2]"), script] + words)
    }

    /// What the sweeps' own program would be told; `nil` when the script fails.
    static func swept(_ words: [String], from folder: String) -> String? {
        output(["-c", program("[\"swept\"](sys.argv[2:])"), script] + words, in: folder)
    }

    /// What Python prints; `nil` when it fails or is not there.
    private static func output(_ words: [String], in folder: String? = nil) -> String? {
        let process = Process()
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + words
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(bytes: data, encoding: .utf8)?.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
