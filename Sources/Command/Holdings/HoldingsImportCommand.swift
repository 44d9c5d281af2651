import API
import ArgumentParser
import Foundation

struct HoldingsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import an item export of the library system; it takes the place of the snapshot before it.",
        discussion: "Rows that cannot become an item are listed with line and reason; they never stop an import."
    )

    @Argument(help: "The export; - reads standard input.")
    var file: String

    @Option(help: ArgumentHelp("Which library system wrote it, such as koha.", valueName: "name"))
    var profile: String

    @Flag(help: "Read and check everything, keep nothing.")
    var dryRun = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let pieces = try FilePieces(path: file)
        let report: ImportReport = try await daemon.connect { client in
            try await client.post(
                "v1",
                "holdings",
                "imports",
                query: ["profile": profile, "name": pieces.name, "dry-run": String(dryRun)],
                file: pieces
            )
        }
        let console = output.console
        if output.json {
            try console.say(json: report)
        } else {
            console.say(ImportPage(report: report, palette: console.palette).lines)
        }
        if report.imported == 0 { throw ExitCode.failure }
    }
}
