import ArgumentParser

struct LibrarySystemCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ils",
        abstract: "See how the library system stands, ask it for an item, read along what is said.",
        subcommands: [
            LibrarySystemStatusCommand.self, LibrarySystemPingCommand.self, LibrarySystemItemCommand.self,
            LibrarySystemTraceCommand.self, LibrarySystemReturnsCommand.self,
        ]
    )
}
