import API
import ArgumentParser
import Foundation

struct SweepReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print every finding of a sweep with its reason."
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, csv, json
    }

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @Option(help: ArgumentHelp("table, csv or json.", valueName: "format"))
    var format: Format = .table

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(name: .long, help: "No colours, even on a terminal (also NO_COLOR).")
    var noColor = false

    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let (summary, findings) = try await daemon.connect { client in
            let summary = try await client.sweep(sweep)
            return (summary, try await client.findings(of: summary.id))
        }
        var console = Console.standard
        if noColor { console.palette.isOn = false }
        switch json ? .json : format {
        case .csv: console.put(CSV.findings(findings))
        case .json: try console.say(json: SweepReport(sweep: summary, findings: findings))
        case .table:
            let page = SweepPage(sweep: summary, palette: console.palette, width: console.width)
            console.say(page.table(of: findings))
            console.say(page.summary)
        }
    }
}

/// A sweep with everything it found.
struct SweepReport: Codable, Equatable {
    var sweep: SweepSummary
    var findings: [Finding]
}
