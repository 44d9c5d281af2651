import API
import ArgumentParser
import Foundation

struct SecurityDivergenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "divergence",
        abstract: "Show where tags and library system disagree or may disagree, by cause and device.",
        discussion: "Exit status 0 only when nothing is open."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report: DivergenceReport = try await daemon.connect { try await $0.get("v1", "security", "divergence") }
        let console = output.console
        if output.json {
            try console.say(json: report)
        } else {
            console.say(DivergencePage(report: report, now: Date(), palette: console.palette).lines)
        }
        guard report.groups.isEmpty else { throw ExitCode.failure }
    }
}
