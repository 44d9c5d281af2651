import API
import ArgumentParser

struct GateTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Play a gate's test tone: lamp, desk, buzzer and siren, each for a moment."
    )

    @Argument(help: ArgumentHelp("The gate.", valueName: "gate"))
    var gate: String

    @Flag(help: "Test how well each antenna hears its sentinel tag instead, without a sound.")
    var hearing = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let hearing = hearing
        let gate = gate
        let report: GateReport = try await daemon.connect { client in
            let request = GateTestRequest(gate: gate)
            return try await client.post("v1", "gate", hearing ? "self-test" : "test", body: request)
        }
        if output.json { return try output.console.say(json: report) }
        output.console.say(
            hearing ? "self test begun; pressmark gate status tells how it ends" : "test tone played at \(gate.visible)"
        )
    }
}
