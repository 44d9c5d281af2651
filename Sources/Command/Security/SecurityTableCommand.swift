import API
import ArgumentParser
import Library

struct SecurityTableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Print what pad, kiosk, gate and wand do about each pair of tags and item, and why.",
        discussion: """
            The table of the daemon, with the site's own rows and its gates' rules, marked with *; with --standard the \
            table before any site has changed it, for which no daemon is asked.
            """
    )

    @Flag(help: "The table as it is before any site has changed it.")
    var standard = false

    @Option(help: ArgumentHelp("Only what tags that say so bring about, such as \"mixed parts\".", valueName: "words"))
    var tags: String?

    @Option(help: ArgumentHelp("Only items that stand so, such as \"on loan\".", valueName: "words"))
    var item: String?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try Self.check(tags, "--tags", among: TagsSay.allCases.map(\.rawValue))
        try Self.check(item, "--item", among: ItemStanding.allCases.map(\.rawValue))
    }

    func run() async throws {
        var table: TruthTable =
            if standard {
                TruthTable(.standard)
            } else {
                try await daemon.connect { try await $0.get("v1", "security", "table") }
            }
        table.rows.removeAll { $0.tags != tags ?? $0.tags || $0.item != item ?? $0.item }
        let console = output.console
        if output.json { return try console.say(json: table) }
        console.say(TruthTablePage(table: table, palette: console.palette).lines)
    }

    private static func check(_ word: String?, _ option: String, among known: [String]) throws {
        guard let word, !known.contains(word) else { return }
        throw ValidationError("\(option): found '\(word)', wanted one of \(known.joined(separator: ", "))")
    }
}

extension TruthTable {
    /// The table by itself, without a site.
    init(_ table: SecurityTable) {
        self.init(
            site: nil,
            rows: table.rows.map { row in
                Row(
                    tags: row.tags.rawValue,
                    item: row.item.rawValue,
                    pad: row.pad.rawValue,
                    kiosk: row.kiosk.rawValue,
                    gate: row.gate.rawValue,
                    wand: row.wand.rawValue,
                    right: row.right?.rawValue,
                    reason: row.reason,
                    isSiteRule: false
                )
            }
        )
    }
}
