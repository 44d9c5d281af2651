import API
import ArgumentParser

struct SweepStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start a sweep of a part of the collection; what is left out is not limited.",
        discussion: "Example: pressmark sweep start --location REF --from \"QA 76\" --to \"QA 77\""
    )

    @Option(help: ArgumentHelp("Only items of this branch.", valueName: "code"))
    var branch: String?

    @Option(help: ArgumentHelp("Only items of this shelving location.", valueName: "code"))
    var location: String?

    @Option(help: ArgumentHelp("Only items of this collection, wherever they stand.", valueName: "code"))
    var collection: String?

    @Option(
        help: ArgumentHelp(
            "First call number; everything filed under it belongs to the range.",
            valueName: "call number"
        )
    )
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Last call number; everything filed under it belongs to the range.",
            valueName: "call number"
        )
    )
    var to: String?

    @Option(help: ArgumentHelp("How the two are filed: lcc, ddc, nlm, sudoc, udc, local.", valueName: "name"))
    var scheme: String?

    @Option(
        help: ArgumentHelp(
            "Only the items of this list, wherever they stand (pressmark sweep lists).",
            valueName: "name"
        )
    )
    var list: String?

    @Option(help: ArgumentHelp("Sweeps of one project are looked at together.", valueName: "name"))
    var project: String?

    @Option(
        name: [.customLong("for"), .customLong("assignee")],
        help: ArgumentHelp("Who does this range, by the name the library uses.", valueName: "name")
    )
    var assignee: String?

    @Option(
        name: .customLong("reader"),
        help: ArgumentHelp("Only what this reader hears counts; may be given again.", valueName: "name")
    )
    var readers: [String] = []

    @Flag(help: "What pads hear in normal work counts as seen too.")
    var background = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = SweepRequest(
            branch: branch,
            location: location,
            from: from,
            to: to,
            scheme: scheme,
            list: list,
            project: project,
            assignee: assignee,
            readers: readers.isEmpty ? nil : readers,
            background: background ? true : nil,
            collection: collection
        )
        let sweep: SweepSummary = try await daemon.connect { try await $0.post("v1", "sweeps", body: request) }
        let console = output.console
        if output.json { return try console.say(json: sweep) }
        let expected = Wording.count(sweep.expected, "item", "items")
        console.say("sweep \(sweep.id) started: \(sweep.scope.visible), \(expected) expected")
        console.say("watch it with: pressmark sweep watch")
    }
}
