import API
import ArgumentParser
import Foundation

struct SecurityJournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "List what was to be written to tags and what came of it, the newest first.",
        discussion: "Item, cause and device of each change; who borrowed what is not in it."
    )

    @Argument(help: "Only changes of this item.")
    var item: String?

    @Option(help: ArgumentHelp("How many of the last changes to list, 1 to 10000.", valueName: "count"))
    var limit = 20

    @Flag(help: "Part by part, with what each tag said before and said last.")
    var parts = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else {
            throw ValidationError("--limit: found \(limit), wanted 1 to 10000")
        }
    }

    func run() async throws {
        let query = ["barcode": item, "limit": String(limit)]
        let entries: [SecurityEntry] = try await daemon.connect {
            try await $0.get("v1", "security", "journal", query: query)
        }
        let console = output.console
        if output.json { return try console.say(json: entries) }
        console.say(
            SecurityJournalPage(entries: entries, showsParts: parts, now: Date(), palette: console.palette).lines
        )
    }
}
