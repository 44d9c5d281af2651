import API
import ArgumentParser
import Foundation
import NIOCore

/// What RFID at this site means for people's privacy.
struct PrivacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "What is read, kept, how long, by which device: the site's privacy dossier.",
        subcommands: [PrivacyReportCommand.self]
    )
}

struct PrivacyReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print the dossier as HTML, from the running daemon's configuration.",
        discussion: """
            With the text of the sign at the door (EN 16570) and the skeleton of an impact assessment (EN 16571, GDPR); the \
            lines that only the library can fill in are marked.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    @Option(help: ArgumentHelp("Of the dossier and its sign: en or de; en when left out.", valueName: "language"))
    var language: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to this file in place of standard output.", valueName: "file")
    )
    var output: String?

    func run() async throws {
        if let output { try OutputFile.check(output, mayReplace: true) }
        var html = Data()
        try await daemon.connect { client in
            try await client.download("v1", "privacy", query: ["lang": language]) { piece in
                html.append(contentsOf: piece.readableBytesView)
            }
        }
        guard let output else { return Console.standard.put(html) }
        try await OutputFile.fill(output) { [html] put in try put(html) }
    }
}
