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
        settings.settings = try Self.chosen(settings.settings, name: name, changed: changed)
        if output.json { return try output.console.say(json: settings) }
        output.console.say(SettingsPage(settings: settings, palette: output.console.palette).lines)
    }

    /// A name with which none begins is a mistake; that none of those has changed is an answer.
    static func chosen(_ settings: [Setting], name: String?, changed: Bool) throws(Complaint) -> [Setting] {
        let named = settings.filter { setting in name.map { setting.key.hasPrefix($0) } ?? true }
        if let name, named.isEmpty {
            throw Complaint("\(name): found no setting that begins so", hint: "pressmark settings show lists them")
        }
        return changed ? named.filter { $0.origin != .standard } : named
    }
}
