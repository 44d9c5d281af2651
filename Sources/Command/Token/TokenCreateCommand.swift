import API
import ArgumentParser

struct TokenCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a token and print it, this once.",
        discussion: """
            Standard output is the token alone, so that it can go into a file:
            (umask 077; pressmark token create kiosk-1 --role kiosk --reader pad-2 > kiosk-1.token)
            """
    )

    @Argument(help: "What it is called in lists and in the audit log: a desk or a machine rather than a person.")
    var name: String

    @Option(help: "What it may do.")
    var role: Role

    @Option(help: ArgumentHelp("Only at this reader; may be given several times.", valueName: "name"))
    var reader: [String] = []

    @Option(help: ArgumentHelp("Only at this gate; may be given several times.", valueName: "name"))
    var gate: [String] = []

    @Option(
        help: ArgumentHelp("Days after which it ends by itself, 1 to 3650; never when left out.", valueName: "count")
    )
    var days: Int?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let days, !(1...3650).contains(days) { throw ValidationError("--days: found \(days), wanted 1 to 3650") }
    }

    func run() async throws {
        let wanted = TokenRequest(
            name: name,
            role: role,
            readers: reader.isEmpty ? nil : reader,
            gates: gate.isEmpty ? nil : gate,
            days: days
        )
        let made: TokenCreated = try await daemon.connect { try await $0.post("v1", "tokens", body: wanted) }
        if output.json { return try output.console.say(json: made) }
        output.console.say(made.secret)
        output.console.remark("token \(made.token.name), role \(made.token.role.rawValue): kept nowhere, copy it now")
    }
}
