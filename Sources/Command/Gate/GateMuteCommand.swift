import API
import ArgumentParser

struct GateMuteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mute",
        abstract: "Silence a gate, or all, for some minutes; lamps and the list go on, and the mute ends by itself."
    )

    @Option(help: ArgumentHelp("Only this gate.", valueName: "name"))
    var gate: String?

    @Option(help: "How long, 1 to 120 minutes.")
    var minutes = 10

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...120).contains(minutes) else {
            throw ValidationError("--minutes: found \(minutes), wanted 1 to 120")
        }
    }

    func run() async throws {
        let request = MuteRequest(gate: gate, minutes: minutes)
        let report: GateReport = try await daemon.connect { try await $0.post("v1", "gate", "mute", body: request) }
        if output.json { return try output.console.say(json: report) }
        output.console.say("\(gate ?? "all gates") muted for \(Wording.count(minutes, "minute", "minutes"))")
    }
}

struct GateUnmuteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unmute", abstract: "End a mute at once.")

    @Option(help: ArgumentHelp("Only this gate.", valueName: "name"))
    var gate: String?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = MuteRequest(gate: gate, minutes: 0)
        let report: GateReport = try await daemon.connect { try await $0.post("v1", "gate", "mute", body: request) }
        if output.json { return try output.console.say(json: report) }
        output.console.say("\(gate ?? "all gates") no longer muted")
    }
}
