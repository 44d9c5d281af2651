import API
import ArgumentParser
import Foundation

struct LibrarySystemReturnsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "returns",
        abstract: "List returns that were taken while the library system was away and that it does not know of."
    )

    @Option(
        help: ArgumentHelp("Take this one out: it was put right in the library system by hand.", valueName: "number")
    )
    var settled: Int64?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let returns: [WaitingReturn] = try await daemon.connect { client in
            guard let settled else { return try await client.get("v1", "ils", "returns") }
            return try await client.post("v1", "ils", "returns", String(settled), "settled")
        }
        let console = output.console
        if output.json { return try console.say(json: returns) }
        if returns.isEmpty { return console.say("the library system knows of every return") }
        let rows = returns.map { entry in
            ["\(entry.id)", entry.barcode, entry.at.formatted(.iso8601), entry.conflict ?? "waits to be told"]
        }
        console.say(Table(headings: ["number", "item", "returned", "why"], rows: rows).lines())
    }
}
