import Foundation
import Testing

/// What `Scripts/test` and `Scripts/sanitize` say of what was run; a script stands for the toolchain and for the tests.
@Suite struct TestScriptTests {
    private static let passed = "Test run with 3 tests in 1 suite passed after 0.1 seconds."
    private static let failed = "Test run with 3 tests in 1 suite failed after 0.1 seconds with 1 issue."

    @Test func `what no line of a test explains is told at the end by the last lines`() throws {
        let outcome = try outcome(of: "test", says: "error: link command failed with exit code 1", status: 1)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("FAILED  swift test --disable-xctest --skip-build --filter ^SimulationTests"))
        #expect(outcome.errors.components(separatedBy: "link command failed").count == 5, "once for each of four runs")
    }

    @Test func `of many failures forty are told, and the last lines too`() throws {
        let many = (1...9000).map { "✘ Test number \($0) recorded an issue" }.joined(separator: "\n")
        let outcome = try outcome(of: "test", says: many + "\nthe very end", status: 1)
        #expect(outcome.errors.contains("✘ Test number 40 "))
        #expect(!outcome.errors.contains("✘ Test number 41 "))
        #expect(outcome.errors.contains("the very end"))
    }

    @Test(.enabled(if: BenchScript.isPythonThere, "python3 is not installed"))
    func `what is done under a Mutex is set aside, and nothing was found`() throws {
        let report = Self.race("first closure zYuYTXEfU_", "second closure zYuYTXEfU0_")
        let outcome = try outcome(of: "sanitize", ["thread"], says: Self.passed, reports: report)
        #expect(outcome.output.contains("1 reports of accesses under a Mutex set aside, 0 others\nnothing found\n"))
        #expect(outcome.status == 0)
    }

    @Test(
        .enabled(if: BenchScript.isPythonThere, "python3 is not installed"),
        arguments: [
            race("first closure zYuYTXEfU_", "somewhere else"), "==1==ERROR: ThreadSanitizer: SEGV on unknown address",
            "FATAL: ThreadSanitizer: unreachable called", "==1==ThreadSanitizer: CHECK failed: tsan_rtl.cpp:1",
        ]
    )
    func `what else is reported is found`(_ report: String) throws {
        let outcome = try outcome(of: "sanitize", ["thread"], says: Self.passed, reports: report)
        #expect(outcome.output.contains("0 reports of accesses under a Mutex set aside, 1 others"))
        #expect(!outcome.output.contains("nothing found"))
        #expect(outcome.status == 1)
    }

    @Test(arguments: [(failed, 1), (passed, 1), (failed, 0), ("Fatal error", 0)] as [(String, Int32)])
    func `tests that did not pass are never without a finding`(_ line: String, _ status: Int32) throws {
        let outcome = try outcome(of: "sanitize", ["thread"], says: line, status: status)
        #expect(!outcome.output.contains("nothing found"))
        #expect(outcome.status == 1)
    }

    @Test func `tests that passed without a report are told so`() throws {
        let outcome = try outcome(of: "sanitize", ["address"], says: Self.passed)
        #expect(outcome.output == Self.passed + "\nnothing found\n")
        #expect(outcome.status == 0)
    }

    private static func race(_ one: String, _ other: String) -> String {
        """
        ==================
        WARNING: ThreadSanitizer: Swift access race (pid=1)
          Modifying access of Swift variable at 0x7208 by thread T11:
            #0 \(one)

          Previous write of size 8 at 0x7208 by thread T18:
            #0 \(other)

        SUMMARY: ThreadSanitizer: Swift access race in somewhere
        ==================
        ThreadSanitizer: reported 1 warnings

        """
    }

    /// Runs a copy of a script in a folder where its tests print a text, leave reports and end with a status, as the
    /// thread sanitizer ends them: with 66 when it has told something, unless it is asked for another one.
    private func outcome(
        of script: String,
        _ arguments: [String] = [],
        says text: String,
        status: Int32 = 0,
        reports: String = ""
    ) throws -> ScriptRun {
        let tests = """
            #!/usr/bin/env bash
            for word in "$@"; do [[ $word != --show-bin-path ]] || { echo "$PWD"; exit 0; }; done
            [[ ${1:-} != build ]] || exit 0
            cat says
            if [[ -s reports ]]; then
                path=${TSAN_OPTIONS#*log_path=}
                cp reports "${path%%:*}.1.txt"
                [[ $TSAN_OPTIONS == *:exitcode=0 ]] || exit 66
            fi
            exit \(status)

            """
        let programs = [
            (name: "swift", content: tests), (name: "pressmarkPackageTests.xctest", content: tests),
            (name: "says", content: text + "\n"), (name: "reports", content: reports),
        ]
        return try ScriptRun(script, arguments, beside: programs)
    }
}
