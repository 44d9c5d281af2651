import ArgumentParser
import Foundation
import Testing

@testable import Command

/// Whoever follows a hint finds the command that it names: what programs and page say is held to the command line.
@Suite struct SaidCommandsTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        .standardized

    /// Where the word is a name and no command.
    private static let names = ["pressmark at {1}", "pressmark in {1}", "pressmark audit log, first link"]

    /// What stands behind `pressmark ` in a line of the sources, up to the next one.
    private static func sayings() throws -> [(place: String, text: String)] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).sorted()
        var sayings: [(place: String, text: String)] = []
        for path in paths where path.hasSuffix(".swift") || path.hasSuffix(".js") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                // Remarks are not said by anybody.
                if line.drop(while: { $0 == " " }).hasPrefix("//") { continue }
                if names.contains(where: { line.contains($0) }) { continue }
                let pieces = line.components(separatedBy: "pressmark ").dropFirst()
                for said in pieces where said.first?.isLowercase == true {
                    sayings.append((place: "\(path):\(index + 1)", text: said))
                }
            }
        }
        return sayings
    }

    @Test func `every command that a hint names is one, and has the options named with it`() throws {
        let sayings = try Self.sayings()
        #expect(sayings.count > 80)
        for (place, text) in sayings {
            var words = text.prefix { $0.isASCII && $0.isLowercase || $0 == "-" || $0 == " " }.split(separator: " ")
            var command: any ParsableCommand.Type = Pressmark.self
            var depth = 0
            while let word = words.first,
                let next = command.configuration.subcommands.first(where: { $0._commandName == word })
            {
                (command, depth) = (next, depth + 1)
                words.removeFirst()
            }
            #expect(depth > 0, "\(place): pressmark \(text)")
            let isGroup = !command.configuration.subcommands.isEmpty && command.configuration.defaultSubcommand == nil
            // A group may be named as a whole; what follows it has to be one of its commands.
            #expect(!isGroup || words.isEmpty, "\(place): pressmark \(text)")
            let help = Pressmark.helpMessage(for: command, columns: 200)
            for option in text.matches(of: /--[a-z][a-z-]+/) where !isGroup {
                #expect(help.contains(option.output), "\(place): pressmark \(text)")
            }
        }
    }
}
