import ArgumentParser
import Testing

@testable import Command

@Suite struct EndingTests {
    @Test(arguments: [
        ["tag", "explain"], ["tag", "explain", "9Z"], ["tag", "explain", "91 0"], ["tag", "explain", " "],
        ["tag", "explain", "91", "--block-size", "0"], ["tag", "explain", "91", "--afi", "C"],
        ["gate", "alarms", "--limit", "0"], ["sweep", "report", "seven"], ["holdings", "import"],
        ["gate", "statistics", "--days", "0"], ["holdings", "diff", "--limit", "10001"],
        ["token", "create", "kiosk", "--role", "kiosk", "--days", "3651"],
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

    @Test(arguments: [
        (["statu"], "found 'statu', wanted a command of pressmark", "did you mean pressmark status?"),
        (["zzzzzz"], "found 'zzzzzz', wanted a command of pressmark", "see pressmark --help"),
        (
            ["sweep", "sart", "--location", "REF"], "found 'sart', wanted a command of pressmark sweep",
            "did you mean pressmark sweep start?"
        ),
        (["help", "swep"], "found 'swep', wanted a command of pressmark", "did you mean pressmark sweep?"),
        (["import"], "found 'import', wanted a command of pressmark", "did you mean pressmark holdings import?"),
        (
            ["show"], "found 'show', wanted a command of pressmark",
            "did you mean pressmark holdings show or pressmark settings show?"
        ),
    ])
    func `a command that is misspelt is told with the one that is meant`(
        _ arguments: [String],
        _ message: String,
        _ hint: String
    ) async {
        guard case .failed(let complaint) = await Pressmark.run(arguments) else {
            Issue.record("wanted a complaint")
            return
        }
        #expect(complaint.message == message)
        #expect(complaint.hint?.hasPrefix(hint) == true)
        #expect(complaint.isUsage)
    }

    @Test(arguments: [
        (["tag", "read", "--raeder", "pad-1"], "found '--raeder', wanted an option of pressmark tag read", "--reader"),
        (["gate", "replay", "--wiht=new"], "found '--wiht', wanted an option of pressmark gate replay", "--with"),
        (["checkin", "1", "--everything"], "found '--everything', wanted an option of pressmark checkin", ""),
    ])
    func `an option that is misspelt is named, and not what is missing therefore`(
        _ arguments: [String],
        _ message: String,
        _ meant: String
    ) async {
        guard case .failed(let complaint) = await Pressmark.run(arguments) else {
            Issue.record("wanted a complaint")
            return
        }
        #expect(complaint.message == message)
        #expect(complaint.hint?.hasPrefix(meant.isEmpty ? "see pressmark" : "did you mean \(meant)?") == true)
        #expect(complaint.isUsage)
    }

    @Test func `an option that is only missing is told as missing`() async {
        guard case .failed(let complaint) = await Pressmark.run(["tag", "read", "--json"]) else {
            Issue.record("wanted a complaint")
            return
        }
        #expect(complaint.message.hasPrefix("missing expected argument"))
    }

    @Test(arguments: [["status", "much"], ["sweep", "lists", "show", "a", "b"], ["readers", "listt"]])
    func `what is no command's name is an argument too many`(_ arguments: [String]) async {
        guard case .failed(let complaint) = await Pressmark.run(arguments) else {
            Issue.record("wanted a complaint")
            return
        }
        #expect(complaint.message.hasPrefix("unexpected argument"))
        #expect(complaint.isUsage)
    }

    @Test func `help about a command that is there is given`() async {
        #expect(await Pressmark.run(["help", "sweep", "start"]).code == 0)
    }

    /// The commands that do something, by their whole names.
    private func leaves(of command: any ParsableCommand.Type, _ path: [String] = []) -> [(String, String)] {
        let subcommands = command.configuration.subcommands
        guard subcommands.isEmpty else {
            return subcommands.flatMap { leaves(of: $0, path + [$0._commandName]) }
        }
        return [(path.joined(separator: " "), Pressmark.helpMessage(for: command))]
    }

    @Test(arguments: ["checkout", "checkin", "gate alarms", "sweep watch"])
    func `of several pieces of JSON the help says that each is a line`(_ name: String) {
        let help = leaves(of: Pressmark.self).first { $0.0 == name }?.1
        #expect(help?.replacing("\n", with: " ").contains("a line of JSON by itself") == true)
    }

    @Test func `every command answers programs too, but for those whose answer is a file of its own kind`() {
        let without = leaves(of: Pressmark.self).filter { !$0.1.contains("--json") }
        #expect(without.map { $0.0 } == ["sweep export", "privacy report"])
    }
}
