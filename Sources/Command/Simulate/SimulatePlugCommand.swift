import API
import ArgumentParser

struct SimulatePlugCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "plug", abstract: "Plug a simulated reader in again.")

    @Argument(help: "Name of the reader.")
    var reader: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await daemon.simulate(.plug(reader: reader), output)
    }
}
