import API
import ArgumentParser
import Foundation

struct GateRulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract:
            "Put other rules in force until the service is started again; the configuration's file stays as it is."
    )

    @Argument(help: ArgumentHelp("File with the rules; - is standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Who wants them, for the log (else the login name).", valueName: "name"))
    var by: String?

    @Flag(help: "Take rules under which nothing would ever sound.")
    var confirmSilence = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = RulesRequest(
            rules: try await GateRulesFile.text(file),
            by: by ?? NSUserName(),
            confirmed: confirmSilence
        )
        let report: RulesReport = try await daemon.connect { try await $0.post("v1", "gate", "rules", body: request) }
        if output.json { return try output.console.say(json: report) }
        output.console.say("rules \(report.text)")
    }
}
