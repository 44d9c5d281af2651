import API
import ArgumentParser

/// Finds what is wrong; ends with 1 when something does not work.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Find what is wrong with readers, ports, tags, holdings, clock, disk and library system.",
        discussion: """
            Each finding stands in one line with its cause and its remedy. Ends with 0 when nothing fails, and with 1 when \
            something does; notes and warnings alone are no failure.
            """
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report: DoctorReport = try await daemon.connect { try await $0.get("v1", "doctor") }
        let console = output.console
        if output.json {
            try console.say(json: report)
        } else {
            console.say(DoctorPage(report: report, palette: console.palette).lines)
        }
        if report.findings.contains(where: { $0.severity == .failure }) { throw ExitCode(1) }
    }
}
