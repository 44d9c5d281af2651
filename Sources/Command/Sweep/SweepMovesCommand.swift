import API
import ArgumentParser

struct SweepMovesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moves",
        abstract: "The fewest moves that put the shelf in order, in the order of walking."
    )

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @Option(help: ArgumentHelp("Tick this item off; may be given again.", valueName: "barcode"))
    var done: [String] = []

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (summary, moves): (SweepSummary, [Move]) = try await daemon.connect { client in
            let summary = try await client.sweep(sweep)
            for barcode in done {
                let _: MoveMark = try await client.post(
                    "v1",
                    "sweeps",
                    String(summary.id),
                    "moves",
                    barcode,
                    body: MoveMark(done: true)
                )
            }
            return (summary, try await client.get("v1", "sweeps", String(summary.id), "moves"))
        }
        let console = output.console
        for barcode in Self.strange(done, among: moves) {
            console.remark("note: \(barcode.visible): no move of sweep \(summary.id); is the barcode right?")
        }
        if output.json { return try console.say(json: moves) }
        console.say(SweepPage(sweep: summary, palette: console.palette, width: console.width).lines(of: moves))
    }

    /// What was ticked off and is no item to be moved, most likely by a slip of the keyboard.
    static func strange(_ done: [String], among moves: [Move]) -> [String] {
        done.filter { barcode in !moves.contains { $0.item.barcode == barcode } }
    }
}
