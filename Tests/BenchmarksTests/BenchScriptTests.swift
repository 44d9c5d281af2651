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
}

enum BenchScript {
    static let isPythonThere = output(["-c", "print(1)"]) != nil

    private static let program = """
        import runpy, sys
        print(*runpy.run_path(sys.argv[1], run_name="bench")["parsed"](sys.argv[2:])[2])
        """

    /// The parts that would be measured, in their order; `nil` when the words are refused.
    static func parts(_ words: [String]) -> String? {
        let script = URL(filePath: #filePath).appending(path: "../../../Scripts/bench").standardized.path
        return output(["-c", program, script] + words)
    }

    /// What Python prints; `nil` when it fails or is not there.
    private static func output(_ words: [String]) -> String? {
        let process = Process()
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
