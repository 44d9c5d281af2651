import API
import ArgumentParser
import Foundation

struct SweepHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Where and when an item was seen, sweep by sweep."
    )

    @Argument(help: "Barcode of the item.")
    var barcode: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let seen: [ItemSeen] = try await daemon.connect { try await $0.get("v1", "items", barcode, "history") }
        let console = output.console
        if output.json { return try console.say(json: seen) }
        guard !seen.isEmpty else { throw Complaint("item \(barcode): no sweep has seen it") }
        let rows = seen.map { seen in
            [
                "\(seen.sweep)", seen.reader, seen.first.formatted(.iso8601), seen.last.formatted(.iso8601),
                "\(seen.sightings)",
            ]
        }
        console.say(Table(headings: ["SWEEP", "READER", "FIRST", "LAST", "SIGHTINGS"], rows: rows).lines(limit: 40))
    }
}
