import API
import ArgumentParser
import Foundation

struct LibrarySystemStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how the library system stands, as it was asked last, and the kiosks' ports."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let status: LibrarySystemStatus = try await daemon.connect { try await $0.get("v1", "ils") }
        let console = output.console
        if output.json { return try console.say(json: status) }
        console.say(LibrarySystemPage(status: status, now: Date(), palette: console.palette).lines)
    }
}

struct LibrarySystemPingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ping",
        abstract: "Ask the library system how it is. Exit status 0 only when it answers."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let status: LibrarySystemStatus = try await daemon.connect { try await $0.post("v1", "ils", "ping") }
        let console = output.console
        if output.json { return try console.say(json: status) }
        console.say(LibrarySystemPage(status: status, now: Date(), palette: console.palette).lines)
    }
}
