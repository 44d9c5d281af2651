import API
import ArgumentParser
import Foundation

struct SweepWriteBackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write-back",
        abstract: "Tell the library system what was seen; without --to or --send nothing is written, sent or kept.",
        discussion: """
            Routes into a file: koha-fields (Interactive Inventory plugin, item/fields), koha-barcodes (inventory tool), \
            evergreen (update_copy_inventory), folio (check-in-by-barcode), barcodes (plain).

            Routes that are sent, with --send: koha-fields, folio, and sip2 for the items named with --item. Systems stand \
            under [[write-back]] in the configuration, SIP2 under [ils]. What is done is never sent twice: stop it with \
            Ctrl-C, and the same command goes on.
            """
    )

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @Option(help: ArgumentHelp("koha-fields, koha-barcodes, evergreen, folio, barcodes or sip2.", valueName: "name"))
    var route: String?

    @Option(
        name: .customLong("to"),
        help: ArgumentHelp("Write the file here and keep each item's result.", valueName: "file")
    )
    var path: String?

    @Flag(help: "Send it to the library system and keep each item's result.")
    var send = false

    @Option(help: ArgumentHelp("Which of several systems, by its name in the configuration.", valueName: "name"))
    var system: String?

    @Option(
        name: .customLong("item"),
        help: ArgumentHelp("Only this item; may be given again. sip2 wants them named.", valueName: "barcode")
    )
    var items: [String] = []

    @Flag(help: "Show what was told of the sweep before, item by item.")
    var results = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard results || route != nil else { throw ValidationError("--route is wanted, or --results") }
        guard path == nil || !send else { throw ValidationError("--to and --send exclude each other") }
        guard path == nil || items.isEmpty else { throw ValidationError("--item goes with --send") }
    }

    func run() async throws {
        if let path { try OutputFile.check(path, mayReplace: true) }
        try await daemon.connect { client in
            let number = String(try await client.sweep(sweep).id)
            guard let route, !results else { return try await show(client, number) }
            if send || route == "sip2" || !items.isEmpty || system != nil {
                try await tell(client, number, route)
            } else {
                try await write(client, number, route)
            }
        }
    }

    private func show(_ client: DaemonClient, _ number: String) async throws {
        let lines: [WriteBackLine] = try await client.get("v1", "sweeps", number, "write-backs")
        let console = output.console
        if output.json { return try console.say(json: lines) }
        guard !lines.isEmpty else { return console.say("nothing was told of sweep \(number)") }
        let rows = lines.map { line in
            [
                line.at?.formatted(.iso8601) ?? "", line.route ?? "", line.barcode.visible, line.state,
                line.result.visible,
            ]
        }
        console.say(Table(headings: ["AT", "ROUTE", "ITEM", "STATE", "RESULT"], rows: rows).lines(limit: 60))
    }

    /// A portion at a time, until nothing remains or the system is in trouble.
    private func tell(_ client: DaemonClient, _ number: String, _ route: String) async throws {
        let console = output.console
        let request = LiveWriteBackRequest(
            route: route,
            system: system,
            items: items.isEmpty ? nil : items,
            dryRun: !send
        )
        var isFirst = true
        while true {
            let report: LiveWriteBackReport =
                try await client.post("v1", "sweeps", number, "write-backs", "live", body: request, within: 600)
            if output.json {
                try console.say(json: report, onOneLine: true)
            } else {
                if isFirst {
                    for line in report.leftOut { console.say("\(line.barcode.visible): \(line.result.visible)") }
                    if let notice = report.notice { console.say("note: \(notice)") }
                }
                for line in report.results where line.state != "done" {
                    console.say("\(line.barcode.visible): \(line.state): \(line.result.visible)")
                }
                console.say(SweepWriteBackWords(report).line)
            }
            isFirst = false
            if let trouble = report.trouble {
                throw Complaint(
                    "\(report.system.visible): \(trouble.visible)",
                    hint: "the same command goes on where it stopped"
                )
            }
            guard send, report.remaining > 0, !report.results.isEmpty else { return }
        }
    }

    private func write(_ client: DaemonClient, _ number: String, _ route: String) async throws {
        let request = WriteBackRequest(route: route, dryRun: path == nil)
        let ask = { () async throws -> WriteBackReport in
            try await client.post("v1", "sweeps", number, "write-backs", body: request)
        }
        let console = output.console
        let report: WriteBackReport
        if let path {
            // The file first: what the daemon keeps as written must not have nowhere to stand.
            report = try await OutputFile.fill(path) { put in
                let report = try await ask()
                try put(Data(report.file.utf8))
                return report
            }
        } else {
            report = try await ask()
        }
        if output.json { return try console.say(json: report) }
        for line in report.leftOut { console.say("\(line.barcode.visible): \(line.result.visible)") }
        let items = Wording.count(report.written, "item", "items")
        if let notice = report.notice { console.say("note: \(notice)") }
        console.say(
            path.map { "\(items) written to \($0)" } ?? "\(items) would be written (dry run); --to FILE writes them"
        )
    }
}

/// How far a telling is, in one line.
struct SweepWriteBackWords {
    let report: LiveWriteBackReport

    init(_ report: LiveWriteBackReport) {
        self.report = report
    }

    var line: String {
        let system = report.system.visible
        guard !report.dryRun else {
            let items = Wording.count(report.remaining, "item", "items")
            let before = report.done > 0 ? "; \(report.done) done before" : ""
            return "\(items) would be sent to \(system) (dry run)\(before); --send sends them"
        }
        var parts = ["\(report.done) done"]
        if report.refused > 0 { parts.append("\(report.refused) refused") }
        if report.uncertain > 0 { parts.append("\(report.uncertain) uncertain: look them up, they are not sent again") }
        parts.append("\(report.remaining) to go")
        return "\(system): " + parts.joined(separator: ", ")
    }
}
