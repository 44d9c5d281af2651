import ArgumentParser

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "How the site is set up: show it, change it beside the configuration file.",
        discussion: """
            The configuration file belongs to whoever administers the machine and stays as it is. Changes are kept in the state \
            folder, in settings.toml, and go before it. What they would mean is shown with --dry-run.
            """,
        subcommands: [
            SettingsShowCommand.self, SettingsSetCommand.self, SettingsResetCommand.self, SettingsAddReaderCommand.self,
        ]
    )
}
