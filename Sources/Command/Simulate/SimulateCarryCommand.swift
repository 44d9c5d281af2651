import API
import ArgumentParser

struct SimulateCarryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carry",
        abstract: "Carry items through the simulated gate and back to where they were afterwards."
    )

    @Argument(help: "Barcodes of the items.")
    var barcodes: [String]

    @Option(help: ArgumentHelp("Which gate.", valueName: "name"))
    var gate = "gate-1"

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await daemon.simulate(.carry(barcodes: barcodes, gate: gate), output)
    }
}
