import API
import ArgumentParser
import Foundation

struct GatePassesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passes",
        abstract: "Items that may go out without a loan: interlibrary loans, exhibitions, repairs.",
        discussion: """
            pressmark gate passes                                 list them
            pressmark gate passes 30100000000010 --days 14        let this item go out for two weeks
            pressmark gate passes 30100000000010 --take-back      end its leave
            """
    )

    @Argument(help: ArgumentHelp("The item.", valueName: "barcode"))
    var barcode: String?

    @Option(help: "For how many days, 1 to 400.")
    var days: Int?

    @Option(help: "interlibrary loan, exhibition, repair or staff use.")
    var kind = "interlibrary loan"

    @Flag(help: "End the item's leave.")
    var takeBack = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if barcode != nil, (days == nil) == !takeBack {
            throw ValidationError(
                "found \(takeBack ? "both" : "neither") of --days and --take-back, wanted one of them"
            )
        }
        if let days, !(1...400).contains(days) { throw ValidationError("--days: found \(days), wanted 1 to 400") }
        if barcode == nil, days != nil || takeBack { throw ValidationError("found no barcode, wanted the item's") }
    }

    func run() async throws {
        let request = barcode.map { PassRequest(barcode: $0, kind: kind, days: takeBack ? 0 : days ?? 0) }
        let passes: [GatePassView] = try await daemon.connect { client in
            guard let request else { return try await client.get("v1", "gate", "passes") }
            return try await client.post("v1", "gate", "passes", body: request)
        }
        let console = output.console
        if let words = doubt(passes) { console.remark("note: \(words)") }
        if output.json { return try console.say(json: passes) }
        if passes.isEmpty { return console.say("no item has a pass") }
        let now = Date()
        let rows = passes.map { pass in
            let rest = pass.until.timeIntervalSince(now)
            return [
                pass.barcode, pass.kind, rest > 0 ? "until \(Wording.day(pass.until))" : "over", pass.title ?? "",
            ]
        }
        console.say(Table(headings: ["barcode", "kind", "valid", "title"], rows: rows).lines())
    }

    /// A barcode of which nobody knows a title may be mistyped: its pass lets nothing out, and the item rings.
    func doubt(_ passes: [GatePassView]) -> String? {
        guard let barcode, !takeBack, let pass = passes.first(where: { $0.barcode == barcode }), pass.title == nil
        else { return nil }
        return "\(barcode.visible): the holdings say no title of it; is the barcode right?"
    }
}
