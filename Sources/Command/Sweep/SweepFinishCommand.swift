import API
import ArgumentParser
import Foundation

struct SweepFinishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finish",
        abstract: "End the running sweep; what was not heard is then looked at as possibly missing."
    )

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let finished: SweepSummary = try await daemon.connect { client in
            let newest = try await client.sweep(sweep)
            guard newest.state == .running else {
                throw Complaint(
                    "no sweep is running: sweep \(newest.id) is finished",
                    hint: "pressmark sweep report \(newest.id)"
                )
            }
            return try await client.post("v1", "sweeps", String(newest.id), "finish")
        }
        let console = output.console
        if output.json { return try console.say(json: finished) }
        console.say(SweepPage(sweep: finished, palette: console.palette, width: console.width).summary)
    }
}
