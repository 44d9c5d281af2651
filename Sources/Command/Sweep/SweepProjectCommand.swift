import API
import ArgumentParser

struct SweepProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project",
        abstract: "List the sweeps, or those of a project: who does which range, and how far it is.",
        discussion: """
            A project begins with its first sweep: pressmark sweep start --project 2026 --for Ada --from "QA 76" --to "QA 77"
            """
    )

    @Argument(help: "Name of the project; all sweeps when left out.")
    var project: String?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let sweeps: [SweepSummary] = try await daemon.connect { client in
            try await client.get("v1", "sweeps", query: ["project": project, "limit": "1000"])
        }
        let console = output.console
        if output.json { return try console.say(json: sweeps) }
        guard !sweeps.isEmpty else { throw Self.none(of: project) }
        let rows = sweeps.reversed().map { sweep in
            [
                "\(sweep.id)", sweep.project ?? "", sweep.assignee ?? "", sweep.scope, sweep.state.rawValue,
                "\(Wording.number(sweep.seen)) of \(Wording.number(sweep.expected))",
                sweep.missing.map { Wording.number($0) } ?? "",
            ]
        }
        let headings = ["SWEEP", "PROJECT", "FOR", "SCOPE", "STATE", "SEEN", "MISSING"]
        console.say(Table(headings: headings, rows: Array(rows)).lines(limit: 40))
        let seen = sweeps.reduce(0) { $0 + $1.seen }, expected = sweeps.reduce(0) { $0 + $1.expected }
        console.say("together \(Wording.number(seen)) of \(Wording.number(expected)) seen")
    }

    /// There is nothing to list; `nil` stands for all sweeps.
    static func none(of project: String?) -> Complaint {
        guard let project else {
            return Complaint("no sweep has been started yet", hint: "pressmark sweep start --location REF")
        }
        return Complaint(
            "project \(project): no sweep belongs to it",
            hint: "pressmark sweep project lists all; begin one with pressmark sweep start --project NAME"
        )
    }
}
