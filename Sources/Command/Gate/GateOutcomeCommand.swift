import API
import ArgumentParser

struct GateOutcomeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcome",
        abstract: "Say what an alarm was; the measured rate of false alarms comes from this.",
        discussion: """
            false    nothing was wrong: the item was lent, or is not ours
            cleared  it was not lent yet; now it is, or it went back
            left     it went out
            other    something else
            """
    )

    @Argument(help: ArgumentHelp("The alarm's number, as pressmark gate alarms shows it.", valueName: "alarm"))
    var alarm: Int

    @Argument(help: "false, cleared, left or other.")
    var outcome: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = OutcomeRequest(outcome: outcome)
        let told: Alarm = try await daemon.connect {
            try await $0.post("v1", "gate", "alarms", String(alarm), "outcome", body: request)
        }
        if output.json { return try output.console.say(json: told) }
        output.console.say("alarm \(told.id): \(told.outcome ?? "-")")
    }
}
