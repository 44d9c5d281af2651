import ArgumentParser
import Testing

@testable import Command

@Suite struct GateCommandTests {
    @Test(arguments: [
        ["mute", "--minutes", "0"], ["mute", "--minutes", "121"], ["alarms", "--limit", "0"],
        ["alarms", "--limit", "1001"], ["outcome", "seventeen", "false"], ["outcome", "17"], ["test"],
        ["walk-test", "gate-1"], ["walk-test", "gate-1", "--item", "3012", "--uid", "E00401503309CE74"],
        ["walk-test", "gate-1", "--item", "3012", "--walks", "0"],
        ["walk-test", "gate-1", "--item", "3012", "--walks", "501"], ["passes", "3012"], ["passes", "--days", "3"],
        ["passes", "3012", "--days", "3", "--take-back"], ["passes", "--take-back"], ["replay", "--since", "30"],
        ["replay", "--with", "/nowhere/new.rules"], ["rules", "/nowhere/new.rules"],
    ])
    func `a wrong command line ends with status 2, before the daemon is asked`(_ arguments: [String]) async {
        #expect(await Pressmark.run(["gate"] + arguments).code == 2)
    }

    @Test func `every command that was promised is there`() {
        let names = GateCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
        let promised: Set = [
            "status", "alarms", "outcome", "mute", "unmute", "test", "walk-test", "replay", "statistics", "passes",
        ]
        #expect(promised.subtracting(names).isEmpty)
    }
}
