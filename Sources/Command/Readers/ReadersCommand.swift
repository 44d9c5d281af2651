import ArgumentParser

struct ReadersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readers",
        abstract: "List the readers, look for others, record what goes over a line, and try a reader.",
        subcommands: [
            ReadersListCommand.self, ReadersProbeCommand.self, ReadersRecordCommand.self, ReadersTestCommand.self,
        ],
        defaultSubcommand: ReadersListCommand.self
    )
}
