import API
import ArgumentParser
import Foundation

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the daemon, its store, its readers, the library system and the gate."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let status: Status = try await daemon.connect { try await $0.get("v1", "status") }
        let console = output.console
        if output.json { return try console.say(json: status) }
        console.say(StatusPage(status: status, now: Date(), palette: console.palette).lines)
    }
}
