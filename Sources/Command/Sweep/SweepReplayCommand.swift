import API
import ArgumentParser
import Foundation

struct SweepReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "What a sweep would have come to with other rules; the sweep itself stays as it is.",
        discussion: """
            --with takes a JSON file with any of reach, passes, certainty, visitGap, checksOrder and severities, such as
            {"certainty": 0.95, "severities": {"not for loan": "note"}}
            """
    )

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @Option(
        name: .customLong("with"),
        help: ArgumentHelp("Rules in a JSON file; - is standard input.", valueName: "file")
    )
    var rules: String?

    @Option(
        help: ArgumentHelp(
            "How sure to be before an item is called missing, 0 to 1; what the configuration calls 80 is 0.8.",
            valueName: "share"
        )
    )
    var certainty: Double?

    @Option(help: ArgumentHelp("Good passes over the neighbours that are wanted, 1 to 12.", valueName: "number"))
    var passes: Int?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var request = SweepReplayRequest()
        if let rules { request = try await SweepRulesFile.request(path: rules) }
        if let certainty { request.certainty = certainty }
        if let passes { request.passes = passes }
        let (before, after): (SweepReport, SweepReport) = try await daemon.connect { client in
            let number = String(try await client.sweep(sweep).id)
            return (
                try await client.get("v1", "sweeps", number, "report"),
                try await client.post("v1", "sweeps", number, "replay", body: request)
            )
        }
        let console = output.console
        if output.json { return try console.say(json: after) }
        let kinds = Set(before.sweep.findings.keys).union(after.sweep.findings.keys).sorted()
        let rows = kinds.map { kind in
            [kind, "\(before.sweep.findings[kind] ?? 0)", "\(after.sweep.findings[kind] ?? 0)"]
        }
        console.say(Table(headings: ["FINDING", "BEFORE", "WITH THESE RULES"], rows: rows).lines(limit: 40))
        console.say("moves: \(before.moves.count) before, \(after.moves.count) with these rules")
    }
}
