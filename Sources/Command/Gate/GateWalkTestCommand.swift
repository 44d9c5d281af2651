import API
import ArgumentParser

struct GateWalkTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk-test",
        abstract: "Carry a known armed item through a gate again and again, and learn how many walks it misses.",
        discussion: """
            The item makes no alarm during the test. Walk as readers do: at their pace, the item in a bag, under an arm.
            Fifty walks without a miss still leave up to 7 % possible: the range says so.
            """
    )

    @Argument(help: ArgumentHelp("The gate.", valueName: "gate"))
    var gate: String

    @Option(help: ArgumentHelp("The item that is carried.", valueName: "barcode"))
    var item: String?

    @Option(help: ArgumentHelp("Or its tag's number, sixteen hexadecimal digits.", valueName: "uid"))
    var uid: String?

    @Option(help: "How many walks, 1 to 500.")
    var walks = 20

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (item == nil) != (uid == nil) else {
            throw ValidationError("found \(item == nil ? "neither" : "both") of --item and --uid, wanted one of them")
        }
        guard (1...500).contains(walks) else { throw ValidationError("--walks: found \(walks), wanted 1 to 500") }
    }

    func run() async throws {
        let request = WalkTestRequest(gate: gate, barcode: item, uid: uid, walks: walks)
        let console = output.console
        let step = WalkTestStep(gate: gate)
        let end: WalkTestState = try await daemon.connect { client in
            var walk: WalkTestState = try await client.post("v1", "gate", "walk-test", body: request)
            while walk.walks < walk.planned {
                console.remark("walk \(walk.walks + 1) of \(walk.planned): carry it through, then press Enter (q ends)")
                guard let line = readLine(), line != "q" else {
                    return try await client.post("v1", "gate", "walk-test", "end", body: step)
                }
                let before = walk.heard
                walk = try await client.post("v1", "gate", "walk-test", "next", body: step)
                console.remark(walk.heard > before ? "  heard" : console.palette.paint("  missed", .bad))
            }
            return walk
        }
        if output.json { return try console.say(json: end) }
        console.say("\(end.walks) walks, \(end.heard) heard; missed: \(end.missRate.words)")
    }
}
