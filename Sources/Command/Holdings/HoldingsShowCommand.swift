import API
import ArgumentParser
import Foundation

struct HoldingsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the holdings snapshot in use and its age."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let status: Status = try await daemon.connect { try await $0.get("v1", "status") }
        guard let snapshot = status.store.snapshot else {
            throw Complaint("no holdings have been imported yet", hint: "pressmark holdings import FILE --profile koha")
        }
        if output.json { return try output.console.say(json: snapshot) }
        output.console.say(snapshot.summary(now: Date()))
    }
}
