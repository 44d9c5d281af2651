import API
import ArgumentParser

/// How a change of settings is tried or carried out, whichever it is.
struct SettingsChangeOptions: ParsableArguments {
    @Flag(help: "Say what it would mean, and change nothing.")
    var dryRun = false

    @Flag(help: "Change it even where no gate would sound any more.")
    var confirmSilence = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    /// Reads the settings, makes a request of them, and sends it as long as nobody else has changed them.
    func send(_ make: @Sendable (Settings) throws -> SettingsRequest) async throws {
        let (dryRun, confirmed) = (dryRun, confirmSilence)
        let outcome = try await daemon.connect { client -> SettingsOutcome in
            let (settings, tag): (Settings, String) = try await client.getTagged("v1", "settings")
            var request = try make(settings)
            if dryRun { return try await client.post("v1", "settings", "preview", body: request) }
            if confirmed { request.confirmed = true }
            return try await client.patch("v1", "settings", body: request, ifMatch: tag)
        }
        if output.json { return try output.console.say(json: outcome) }
        output.console.say(
            SettingsOutcomePage(outcome: outcome, isDryRun: dryRun, palette: output.console.palette).lines
        )
    }
}

struct SettingsSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change settings.",
        discussion: """
            pressmark settings set "library.name=Town Library" security.released=0xC2 --dry-run
            pressmark settings set library.isil=DE-1,DE-1a
            pressmark settings set reader.pad-1.name=desk
            """
    )

    @Argument(help: ArgumentHelp("Setting and value; a list has commas between.", valueName: "name=value"))
    var changes: [String]

    @OptionGroup var options: SettingsChangeOptions

    func run() async throws {
        let changes = changes
        try await options.send { settings in
            SettingsRequest(changes: try changes.map { try SettingsText.change($0, among: settings.settings) })
        }
    }
}

struct SettingsResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Go back to what the configuration file says; a reader that was added is taken away: reader.NAME."
    )

    @Argument(help: ArgumentHelp("Settings, such as security.armed.", valueName: "name"))
    var names: [String]

    @OptionGroup var options: SettingsChangeOptions

    func run() async throws {
        let names = names
        try await options.send { _ in
            SettingsRequest(changes: names.map { SettingsRequest.Change(key: $0, value: nil) })
        }
    }
}

struct SettingsAddReaderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-reader",
        abstract: "Keep a reader that was found: a pad or a wand runs at once, a gate from the next start on.",
        discussion:
            "Its place is one of those under [discovery] in the configuration file: see pressmark readers probe."
    )

    @Argument(help: "What it is called from now on.")
    var name: String

    @Option(help: ArgumentHelp("pad, wand or gate.", valueName: "role"))
    var role: String

    @Option(help: ArgumentHelp("Driver, as readers probe tells it.", valueName: "name"))
    var driver: String

    @Option(help: ArgumentHelp("Path of its serial line.", valueName: "path"))
    var serial: String?

    @Option(help: ArgumentHelp("Its address on the network.", valueName: "host:port"))
    var tcp: String?

    @Option(help: ArgumentHelp("On USB: auto, or its numbers.", valueName: "device"))
    var usb: String?

    @OptionGroup var options: SettingsChangeOptions

    func validate() throws {
        guard [serial, tcp, usb].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("wanted one of --serial, --tcp, --usb")
        }
    }

    func run() async throws {
        let places: [(SettingsRequest.Reader.Line, String?)] = [(.serial, serial), (.tcp, tcp), (.usb, usb)]
        let readers = places.compactMap { line, address in
            address.map {
                SettingsRequest.Reader(name: name, role: role, driver: driver, line: line, address: $0)
            }
        }
        try await options.send { _ in SettingsRequest(changes: [], readers: readers) }
    }
}
