import API
import ArgumentParser

struct TagReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let an item leave: alarm off, read back. Exit status 0 only when every part is released."
    )

    @Flag(help: "The library system has lent it already: what fails now stays open and is finished later.")
    var lent = false

    @OptionGroup var item: SecurityOptions

    func run() async throws { try await item.change(to: .released, cause: lent ? .checkout : .staff) }
}

struct TagSecureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secure",
        abstract: "Make an item stay: alarm on, read back. Exit status 0 only when every part is secured."
    )

    @Flag(help: "The library system has taken it back already.")
    var returned = false

    @OptionGroup var item: SecurityOptions

    func run() async throws { try await item.change(to: .secured, cause: returned ? .checkin : .staff) }
}

/// An item on a pad whose security is to be changed.
struct SecurityOptions: ParsableArguments {
    @Argument(help: "Barcode of the item.")
    var barcode: String

    @Option(help: ArgumentHelp("The pad it lies on.", valueName: "name"))
    var reader: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func change(to want: SecurityRequest.Want, cause: SecurityRequest.Cause) async throws {
        let result: SecurityResult = try await daemon.connect { client in
            let request = SecurityRequest(barcode: barcode, want: want, cause: cause)
            return try await client.post("v1", "readers", reader, "security", body: request)
        }
        let console = output.console
        if output.json {
            try console.say(json: result)
        } else {
            console.say(SecurityPage(result: result, palette: console.palette).lines)
        }
        guard [.done, .unchanged].contains(result.outcome) else { throw ExitCode.failure }
    }
}
