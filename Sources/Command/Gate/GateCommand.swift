import ArgumentParser

struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "See why the gate sounded, say what it was, and try how well it hears.",
        subcommands: [
            GateStatusCommand.self, GateAlarmsCommand.self, GateOutcomeCommand.self, GateMuteCommand.self,
            GateUnmuteCommand.self, GateTestCommand.self, GateWalkTestCommand.self, GateReplayCommand.self,
            GateStatisticsCommand.self, GatePassesCommand.self, GateRulesCommand.self, GateForgottenCommand.self,
        ]
    )
}
