import API
import ArgumentParser
import Foundation

struct GateStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "How every gate stands: hearing, muted, what lies there, how often it is wrong."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report: GateReport = try await daemon.connect { try await $0.get("v1", "gate") }
        let console = output.console
        if output.json { return try console.say(json: report) }
        console.say(GateStatusPage(report: report, now: Date(), palette: console.palette).lines)
    }
}
