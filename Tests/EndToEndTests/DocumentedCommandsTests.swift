import ArgumentParser
import Foundation
import Testing

@testable import Command

/// Every command that a document shows is one that works.
@Suite struct DocumentedCommandsTests {
    /// What a test cannot run, and why. All of it is parsed all the same.
    private static let notRun = [
        "pressmark gate outcome 17": "17 stands for the number of an alarm",
        "pressmark holdings revert 4": "4 stands for the number of a snapshot",
        "pressmark holdings import items.csv --preview": "waits for a decision",
        "pressmark sweep find": "leads to the item until it is found",
        "pressmark sweep watch": "watches until the sweep is finished",
        "pressmark gate alarms --follow": "follows without end",
    ]

    /// What says by its exit status that there is something to say, or nothing yet; and what is shown being refused.
    private static let mayEndWithOne = [
        "pressmark security divergence", "pressmark sweep history",
        #"echo '{"primaryItemIdentifier": "12345678901234567"}' | pressmark tag encode"#,
    ]

    /// Programs of the system and of the sources that documents show.
    private static let others: Set<String> = [
        "Scripts", "apt-get", "systemctl", "journalctl", "ls", "lsusb", "curl", "udevadm", "systemd-analyze",
    ]

    @Test func `every pressmark command in a document is understood`() throws {
        var count = 0
        for document in try DocumentedCommands.documents() {
            for line in try DocumentedCommands.lines(of: document) {
                for words in line.invocations {
                    count += 1
                    #expect(throws: Never.self, "\(line.place)") { _ = try Pressmark.parseAsRoot(words) }
                }
            }
        }
        #expect(count > 60)
    }

    @Test func `every pressmark command in a sentence is understood as far as it goes`() throws {
        var count = 0
        for document in try DocumentedCommands.documents() {
            for line in try DocumentedCommands.mentions(in: document) {
                for words in line.invocations {
                    count += 1
                    do {
                        _ = try Pressmark.parseAsRoot(words)
                    } catch {
                        // A sentence may leave out what belongs to a command; what it says of it has to be right.
                        let complaint = Pressmark.message(for: error)
                        let isMissing = complaint.hasPrefix("Missing expected argument")
                        let isHelp = Pressmark.exitCode(for: error) == .success
                        #expect(isMissing || isHelp, "\(line.place): \(complaint)")
                    }
                }
            }
        }
        #expect(count > 60)
    }

    /// Every command by its words; one that is meant where nothing is said is known by its group.
    private static func commands(
        of command: any ParsableCommand.Type = Pressmark.self,
        called name: String = "pressmark"
    ) -> [String] {
        let configuration = command.configuration
        guard !configuration.subcommands.isEmpty else { return [name] }
        return configuration.subcommands.flatMap { next -> [String] in
            if let usual = configuration.defaultSubcommand, usual == next { return [name] }
            return commands(of: next, called: "\(name) \(next._commandName)")
        }
    }

    @Test func `every command stands in a document`() throws {
        let documents = try DocumentedCommands.documents().map { document in
            try String(contentsOf: DocumentedCommands.root.appending(path: document), encoding: .utf8)
                .split { $0.isWhitespace }.joined(separator: " ")
        }
        let commands = Self.commands()
        #expect(commands.count > 60)
        for command in commands {
            #expect(documents.contains { $0.contains(command) }, "no document says what \(command) is for")
        }
    }

    @Test func `every other command is a script that is there or a known program`() throws {
        for document in try DocumentedCommands.documents() {
            for line in try DocumentedCommands.lines(of: document) where line.invocations.isEmpty {
                let words = line.text.split(separator: " ").map(String.init).filter { $0 != "sudo" }
                let program = words.first ?? ""
                #expect(Self.others.contains(String(program.split(separator: "/").first ?? "")), "\(line.place)")
                if program.hasPrefix("Scripts/") {
                    let script = DocumentedCommands.root.appending(path: program).path
                    #expect(FileManager.default.isExecutableFile(atPath: script), "\(line.place)")
                }
            }
        }
    }

    @Test func `what is not run is still shown somewhere`() throws {
        let shown = try DocumentedCommands.documents().flatMap { try DocumentedCommands.lines(of: $0) }.map(\.text)
        for (command, reason) in Self.notRun {
            #expect(shown.contains { $0.hasPrefix(command) }, "\(command): \(reason)")
        }
    }

    @Test func `the documents' commands run in a simulated branch, in the order in which they stand`() async throws {
        let daemon = try await RunningDaemon()
        let folder = FileManager.default.temporaryDirectory.appending(path: "documents-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try prepare(folder)
        _ = try await daemon.eventually(["status"]) { $0.output.components(separatedBy: " online ").count == 4 }
        var count = 0
        for document in try DocumentedCommands.documents() {
            for line in try DocumentedCommands.lines(of: document) where isRun(line) {
                count += 1
                let outcome = try daemon.shell(line.text, in: folder)
                let mayEnd = Self.mayEndWithOne.contains { line.text.hasPrefix($0) } ? 0...1 : Int32(0)...0
                #expect(mayEnd.contains(outcome.status), "\(line.place)\n\(outcome.output)\(outcome.errors)")
            }
        }
        #expect(count > 50)
    }

    private func isRun(_ line: DocumentedCommands.Line) -> Bool {
        !line.invocations.isEmpty && !Self.notRun.keys.contains { line.text.hasPrefix($0) }
    }

    /// The files that the documents speak of.
    private func prepare(_ folder: URL) throws {
        var rows = "barcode,title,callnumber,branch,location\n"
        // The items of the simulated branch, so that what stands on its shelves is still known after the import.
        for number in 0..<2000 {
            rows += "\(30_100_000_000_000 + number),Title,QA \(76 + number / 1000) .A\(number % 1000 + 1),MAIN,REF\n"
        }
        try rows.write(to: folder.appending(path: "items.csv"), atomically: true, encoding: .utf8)
        _ = try RunningDaemon.run("gzip", path: "/bin/gzip", ["-k", folder.appending(path: "items.csv").path])
        let item = """
            {"primaryItemIdentifier": "1000000136", "ownerInstitution": "DK-718500",
             "setInformation": {"total": 3, "ordinal": 1}, "typeOfUsage": "10", "elements": {"shelfLocation": "2.A.17"}}
            """
        try item.write(to: folder.appending(path: "item.json"), atomically: true, encoding: .utf8)
        try "QA 76.9\nQA 8\n".write(to: folder.appending(path: "spines.txt"), atomically: true, encoding: .utf8)
    }
}
