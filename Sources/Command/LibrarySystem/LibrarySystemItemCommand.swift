import API
import ArgumentParser

struct LibrarySystemItemCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "item",
        abstract: "Ask the library system how an item stands at this moment."
    )

    @Argument(help: "Barcode of the item.")
    var barcode: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let item: LibrarySystemItem = try await daemon.connect { try await $0.get("v1", "ils", "items", barcode) }
        let console = output.console
        if output.json { return try console.say(json: item) }
        let facts = [
            ("status", item.status), ("title", item.title), ("call number", item.callNumber),
            ("belongs to", item.permanentLocation), ("is at", item.currentLocation), ("goes to", item.destination),
            ("due", item.due),
        ]
        console.say("item \(item.barcode)".visible)
        for (name, value) in facts {
            if let value, !value.isEmpty { console.say("  \(name.padded(to: 12))\(value)".visible) }
        }
    }
}
