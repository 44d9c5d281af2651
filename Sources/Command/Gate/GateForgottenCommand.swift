import API
import ArgumentParser
import Foundation

struct GateForgottenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forgotten",
        abstract: "The proof of forgetting: what the gates' log deleted, when, and the oldest event that is left."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report: ForgettingReport = try await daemon.connect { try await $0.get("v1", "gate", "forgotten") }
        let console = output.console
        if output.json { return try console.say(json: report) }
        console.say("events are kept for \(Wording.count(report.keepDays, "day", "days"))")
        console.say("oldest that is left: \(report.oldest?.ISO8601Format() ?? "none")")
        let rows = report.deletions.map { deletion in
            [
                deletion.at.ISO8601Format(), deletion.before.ISO8601Format(), "\(deletion.alarms)",
                "\(deletion.passages)", "\(deletion.reads)",
            ]
        }
        guard !rows.isEmpty else { return }
        console.say(
            Table(headings: ["deleted at", "all before", "alarms", "passages", "reads"], rows: rows).lines()
        )
    }
}
