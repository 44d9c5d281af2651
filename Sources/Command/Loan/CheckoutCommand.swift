import API
import ArgumentParser
import Foundation

struct CheckoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkout",
        abstract: "Lend items on a pad: the library system is asked, the tags are released and read back.",
        discussion: """
            The patron's card is asked for on the terminal, or read from standard input: the number on the first line, \
            a password on the second where the library system wants one. It never stands on the command line, where \
            everybody on this machine could read it, and is never stored.
            With --json each item is a line of JSON by itself, as it is done.
            Exit status 0 only when every item was lent and its tags follow.
            """
    )

    @Argument(help: "Barcodes of the items.")
    var items: [String]

    @Option(help: ArgumentHelp("The pad they lie on.", valueName: "name"))
    var reader: String

    @Flag(help: "Read the patron's number, and a password, from standard input.")
    var patronFromStdin = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        let (patron, password) = try PatronCard.read(fromStandardInput: patronFromStdin, console)
        try await LoanPage.show(items, daemon, output) { client, barcode in
            let request = CheckoutRequest(barcode: barcode, patron: patron, password: password)
            return try await client.post("v1", "readers", reader, "checkout", body: request)
        }
    }
}

struct CheckinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkin",
        abstract: "Take items on a pad back: the library system is asked, the tags are secured and read back.",
        discussion: """
            With --json each item is a line of JSON by itself, as it is done.
            Exit status 0 only when every item was returned, or kept as returned, and its tags follow.
            """
    )

    @Argument(help: "Barcodes of the items.")
    var items: [String]

    @Option(help: ArgumentHelp("The pad they lie on.", valueName: "name"))
    var reader: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await LoanPage.show(items, daemon, output) { client, barcode in
            try await client.post("v1", "readers", reader, "checkin", body: CheckinRequest(barcode: barcode))
        }
    }
}

/// Where a patron's number comes from.
enum PatronCard {
    static func read(
        fromStandardInput isPiped: Bool,
        _ console: Console
    ) throws -> (patron: String, password: String?) {
        if !isPiped {
            guard isatty(STDIN_FILENO) == 1 else {
                throw Complaint("patron: found no terminal to ask on, wanted --patron-from-stdin", isUsage: true)
            }
            console.remark("patron's card:")
        }
        guard let patron = readLine(), !patron.isEmpty else {
            throw Complaint("patron: found nothing, wanted a card's number", isUsage: true)
        }
        let password = isPiped ? readLine() : nil
        return (patron, password.flatMap { $0.isEmpty ? nil : $0 })
    }
}
