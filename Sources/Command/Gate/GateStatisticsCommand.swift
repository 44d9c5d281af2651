import API
import ArgumentParser

struct GateStatisticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "Why the gates sounded: by reason, hour and kiosk, against visitors, with the measured error rates."
    )

    @Option(help: "How many days back, 1 to 3650.")
    var days = 7

    @Option(help: ArgumentHelp("Only this gate.", valueName: "name"))
    var gate: String?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days: found \(days), wanted 1 to 3650") }
    }

    func run() async throws {
        let query: [String: String?] = ["days": String(days), "gate": gate]
        let report: GateStatisticsReport = try await daemon.connect {
            try await $0.get("v1", "gate", "statistics", query: query)
        }
        let console = output.console
        if output.json { return try console.say(json: report) }
        console.say(GateStatisticsPage(report: report, palette: console.palette).lines)
    }
}
