import API
import ArgumentParser

struct SimulateUnplugCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unplug",
        abstract: "Pull the cable of a simulated reader."
    )

    @Argument(help: "Name of the reader.")
    var reader: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await daemon.simulate(.unplug(reader: reader), output)
    }
}
