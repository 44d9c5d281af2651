import Foundation
import Testing

@testable import Daemon

@Suite struct GateRulesFileTests {
    /// Looks at a file with these rules, or at one that is not there.
    private static func check(_ rules: String?, confirmed: Bool = false) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).rules")
        try rules?.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        var configuration = Configuration()
        configuration.gate.rules = file.path
        if confirmed { configuration.gate.confirmedSilence = "A. Librarian" }
        try GateComposition.check(configuration)
    }

    @Test func `every line that is not understood is told with what was found and wanted, and a hint`() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try Self.check("parked after = soon\n# ours\nnot on loan = bark\nbulk = 5 in 5 s\n")
        }
        #expect(error?.file.hasSuffix(".rules") == true)
        #expect(error?.mistakes.map(\.line) == [1, 3])
        for mistake in error?.mistakes ?? [] {
            #expect(!mistake.found.isEmpty && !mistake.wanted.isEmpty && mistake.hint?.contains("docs/gate.md") == true)
        }
    }

    @Test func `rules that can be used are let pass, and a file that is not there is not`() throws {
        try Self.check("parked after = 90 s\nnot on loan = alarm\n")
        try GateComposition.check(Configuration())
        let failure = #expect(throws: StartFailure.self) { try Self.check(nil) }
        #expect(failure?.description.hasSuffix(".rules: found no file, wanted rules as text") == true)
        #expect(failure?.hint != nil)
    }
}
