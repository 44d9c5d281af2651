import ArgumentParser
import Testing

@testable import Daemon

@Suite struct PressmarkDaemonTests {
    @Test(arguments: [["--simulat"], ["--confg", "/etc/site.toml"], ["simulate"], ["--simulate", "--stat", "/tmp"]])
    func `what is misspelt is named, and not what is missing therefore`(_ arguments: [String]) throws {
        let word = try #require(arguments.last { $0.hasPrefix("--") } ?? arguments.first)
        let error = #expect(throws: (any Error).self) { try PressmarkDaemon.parse(arguments) }
        #expect(error.map { PressmarkDaemon.message(for: $0).contains("'\(word)'") } == true)
    }

    @Test(arguments: [[], ["--check-config"], ["--scene", "a.scene"], ["--config", "a.toml", "--dialects", "circit"]])
    func `what must stand beside what is looked at before anything is read`(_ arguments: [String]) throws {
        let command = try PressmarkDaemon.parse(arguments)
        #expect(throws: ValidationError.self) { try command.checkCombination() }
    }
}
