import API
import ArgumentParser

struct SimulateWalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk",
        abstract: "Walk the simulated wand along the shelf, from one item to another or all of it."
    )

    @Option(help: ArgumentHelp("Which wand.", valueName: "name"))
    var reader = "wand-1"

    @Option(help: ArgumentHelp("Barcode of the item to start at.", valueName: "barcode"))
    var from: String?

    @Option(help: ArgumentHelp("Barcode of the item to end at.", valueName: "barcode"))
    var to: String?

    @Option(help: ArgumentHelp("Millimetres in a second.", valueName: "mm/s"))
    var speed = 250.0

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(speed) else {
            throw ValidationError("--speed: found \(speed), wanted 1 to 10000 mm/s")
        }
    }

    func run() async throws {
        let walk = SimulationRequest.walk(reader: reader, from: from, to: to, millimetresPerSecond: speed)
        try await daemon.simulate(walk, output)
    }
}
