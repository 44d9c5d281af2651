import ArgumentParser

struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "See why the gate sounded and what to do.",
        subcommands: [GateAlarmsCommand.self]
    )
}
