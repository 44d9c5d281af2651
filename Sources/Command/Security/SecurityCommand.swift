import ArgumentParser

struct SecurityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "security",
        abstract: "See whether tags and library system agree, why each device does what it does, and put items right.",
        subcommands: [
            SecurityTableCommand.self, SecurityJournalCommand.self, SecurityDivergenceCommand.self,
            SecurityRepairCommand.self,
        ]
    )
}
