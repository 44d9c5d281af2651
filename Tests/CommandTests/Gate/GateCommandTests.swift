import API
import ArgumentParser
import Foundation
import Testing

@testable import Command

@Suite struct GateCommandTests {
    @Test(arguments: [
        ["mute", "--minutes", "0"], ["mute", "--minutes", "121"], ["alarms", "--limit", "0"],
        ["alarms", "--limit", "1001"], ["outcome", "seventeen", "false"], ["outcome", "17"], ["test"],
        ["walk-test", "gate-1"], ["walk-test", "gate-1", "--item", "3012", "--uid", "E00401503309CE74"],
        ["walk-test", "gate-1", "--item", "3012", "--walks", "0"],
        ["walk-test", "gate-1", "--item", "3012", "--walks", "501"], ["passes", "3012"], ["passes", "--days", "3"],
        ["passes", "3012", "--days", "0"], ["passes", "3012", "--days", "401"],
        ["replay", "--since", "0", "--with", "/dev/null"], ["replay", "--since", "366", "--with", "/dev/null"],
        ["passes", "3012", "--days", "3", "--take-back"], ["passes", "--take-back"], ["replay", "--since", "30"],
        ["replay", "--with", "/nowhere/new.rules"], ["rules", "/nowhere/new.rules"],
    ])
    func `a wrong command line ends with status 2, before the daemon is asked`(_ arguments: [String]) async {
        #expect(await Pressmark.run(["gate"] + arguments).code == 2)
    }

    @Test func `a file of rules says what is wrong with it, and no endless one is read to its end`() async throws {
        let missing = await #expect(throws: Complaint.self) { _ = try await GateRulesFile.text("/nowhere/new.rules") }
        #expect(missing?.message == "/nowhere/new.rules: cannot be opened: No such file or directory")
        let folder = await #expect(throws: Complaint.self) { _ = try await GateRulesFile.text("/") }
        #expect(folder?.message == "/: found a folder, wanted a file")
        let endless = await #expect(throws: Complaint.self) { _ = try await GateRulesFile.text("/dev/zero") }
        #expect(endless?.message == "zero: found more than 65536 bytes, wanted less")
    }

    @Test func `a file of rules that Windows has written is read`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).rules")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("\u{FEFF}unknown = log\r\n".utf8).write(to: file)
        let text = try await GateRulesFile.text(file.path)
        #expect(text == "unknown = log\r\n")
    }

    @Test func `a pass for an item of which nobody knows a title is doubted`() throws {
        func pass(_ barcode: String, title: String?) -> GatePassView {
            GatePassView(barcode: barcode, kind: "exhibition", from: .now, until: .now + 86_400, title: title)
        }
        let passes = [pass("3011", title: "Sorting"), pass("3o12", title: nil)]
        let known = try GatePassesCommand.parse(["3011", "--days", "3"])
        #expect(known.doubt(passes) == nil)
        let unknown = try GatePassesCommand.parse(["3o12", "--days", "3"])
        #expect(unknown.doubt(passes)?.hasSuffix("is the barcode right?") == true)
        let takenBack = try GatePassesCommand.parse(["3o12", "--take-back"])
        #expect(takenBack.doubt(passes) == nil)
    }

    @Test func `every command that was promised is there`() {
        let names = GateCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
        let promised: Set = [
            "status", "alarms", "outcome", "mute", "unmute", "test", "walk-test", "replay", "statistics", "passes",
        ]
        #expect(promised.subtracting(names).isEmpty)
    }
}
