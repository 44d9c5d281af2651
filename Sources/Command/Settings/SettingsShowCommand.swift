import API
import ArgumentParser

struct SettingsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List the settings with their values, and where each comes from."
    )

    @Argument(help: ArgumentHelp("Only those whose names begin so, such as security.", valueName: "name"))
    var name: String?

    @Flag(help: "Only those that differ from what they are where nobody says anything.")
    var changed = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var settings: Settings = try await daemon.connect { try await $0.get("v1", "settings") }
        settings.settings = settings.settings.filter { setting in
            (name.map { setting.key.hasPrefix($0) } ?? true) && (!changed || setting.origin != .standard)
        }
        if output.json { return try output.console.say(json: settings) }
        output.console.say(SettingsPage(settings: settings, palette: output.console.palette).lines)
    }
}
