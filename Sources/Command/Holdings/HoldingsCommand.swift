import ArgumentParser

struct HoldingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holdings",
        abstract: "Bring in what the library owns, and see what is known.",
        subcommands: [
            HoldingsImportCommand.self, HoldingsShowCommand.self, HoldingsSnapshotsCommand.self,
            HoldingsDiffCommand.self, HoldingsAcceptCommand.self, HoldingsDiscardCommand.self,
            HoldingsRevertCommand.self, HoldingsLookupCommand.self, HoldingsPlacesCommand.self,
            HoldingsPullCommand.self,
        ]
    )
}
