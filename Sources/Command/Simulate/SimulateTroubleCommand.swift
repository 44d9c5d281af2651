import API
import ArgumentParser

struct SimulateTroubleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trouble",
        abstract: "Let the simulated library system's next answers go wrong, one word for each.",
        discussion: """
            none, slow, wrong-checksum, half-line, silence, drop, drop-before, resend, stale, twice, garbage, refuse
            """
    )

    @Argument(help: "What goes wrong, in order.")
    var faults: [String]

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await daemon.simulate(.trouble(faults: faults), output)
    }
}
