import API
import ArgumentParser

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look at every page of the daemon's database."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report: CheckReport = try await daemon.connect { try await $0.wait("v1", "check", query: [:]) }
        if output.json { return try output.console.say(json: report) }
        output.console.say("\(report.database): whole")
    }
}
