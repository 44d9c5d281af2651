import ArgumentParser
import Testing

@testable import Command

@Suite struct EndingTests {
    @Test(arguments: [
        ["tag", "explain"], ["tag", "explain", "9Z"], ["tag", "explain", "91 0"], ["tag", "explain", " "],
        ["tag", "explain", "91", "--block-size", "0"], ["tag", "explain", "91", "--afi", "C"],
        ["gate", "alarms", "--limit", "0"], ["sweep", "report", "seven"], ["holdings", "import"],
        ["simulate", "walk", "--speed", "0"], ["tag", "release", "1"], ["nothing"],
    ])
    func `wrong usage ends with status 2`(_ arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try Pressmark.parseAsRoot(arguments) }
        if let error { #expect(Ending(error, of: Pressmark.self).code == 2) }
    }

    @Test(arguments: [["--help"], ["--version"], ["tag", "explain", "--help"], ["tag"]])
    func `asking for help is no failure`(_ arguments: [String]) async {
        #expect(await Pressmark.run(arguments).code == 0)
    }

    @Test func `what could not be done ends with status 1`() {
        #expect(Ending(Complaint("no daemon answers"), of: Pressmark.self).code == 1)
        #expect(Ending(ExitCode.failure, of: Pressmark.self).code == 1)
    }
}
