import API
import ArgumentParser
import Foundation

struct SweepListsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lists",
        abstract: "Lists of items that ring while a wand goes by: holds, weeding, missing, find.",
        subcommands: [Show.self, Add.self, Remove.self],
        defaultSubcommand: Show.self
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The lists, or the items of one.")

        @Argument(help: "Name of a list.")
        var name: String?

        @OptionGroup var daemon: DaemonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let console = output.console
            if let name {
                let items: [ItemListEntry] = try await daemon.connect { try await $0.get("v1", "lists", name) }
                if output.json { return try console.say(json: items) }
                let rows = items.map {
                    [
                        $0.barcode, $0.callNumber ?? "", $0.title ?? "",
                        $0.foundAt.map { $0.formatted(.iso8601) } ?? "not yet", $0.reader ?? "",
                    ]
                }
                let headings = ["BARCODE", "CALL NUMBER", "TITLE", "FOUND", "READER"]
                return console.say(Table(headings: headings, rows: rows).lines(limit: 40))
            }
            let lists: [ItemList] = try await daemon.connect { try await $0.get("v1", "lists") }
            if output.json { return try console.say(json: lists) }
            guard !lists.isEmpty else { return console.say("no lists: pressmark sweep lists add NAME --file BARCODES") }
            let rows = lists.map { [$0.name, $0.purpose, "\($0.found) of \($0.items)"] }
            console.say(Table(headings: ["LIST", "PURPOSE", "FOUND"], rows: rows).lines(limit: 40))
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a list, or replace the one of this name.")

        /// 32 MiB: the daemon's hundred thousand items, each in a row of a table as library systems export it.
        static let longest = 32 << 20

        @Argument(help: "What the list is called.")
        var name: String

        @Argument(help: "Barcodes.")
        var barcodes: [String] = []

        @Option(
            help: ArgumentHelp(
                "One barcode a line, or a table with a column Barcode; - is standard input.",
                valueName: "file"
            )
        )
        var file: String?

        @Option(help: ArgumentHelp("holds, weeding, missing or find; each rings in its own tone.", valueName: "word"))
        var purpose = "find"

        @OptionGroup var daemon: DaemonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            var wanted = barcodes
            if let file {
                let list = ListFile(try await FilePieces(path: file).text(upTo: Self.longest))
                wanted += list.barcodes
                if list.without > 0 {
                    output.console.remark("\(Wording.count(list.without, "line", "lines")) without a barcode left out")
                }
            }
            let request = ItemListRequest(name: name, purpose: purpose, barcodes: wanted)
            let list: ItemList = try await daemon.connect { try await $0.post("v1", "lists", body: request) }
            if output.json { return try output.console.say(json: list) }
            output.console.say(
                "list \(list.name): \(Wording.count(list.items, "item", "items")), rings as \(list.purpose)"
            )
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a list away.")

        @Argument(help: "Name of the list.")
        var name: String

        @OptionGroup var daemon: DaemonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let list: ItemList = try await daemon.connect { try await $0.delete("v1", "lists", name) }
            if output.json { return try output.console.say(json: list) }
            output.console.say("list \(list.name) taken away; \(list.found) of \(list.items) were found")
        }
    }
}
