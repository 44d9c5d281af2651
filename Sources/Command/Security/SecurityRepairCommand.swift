import API
import ArgumentParser

struct SecurityRepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Put items right that lie on a reader: journalled, written, read back.",
        discussion: """
            Without items everything that is open is tried: changes that were cut off, and tags that were heard saying \
            the wrong thing. What lies on no reader waits. Nothing is written where nobody knows for certain what is \
            right, and at a gate only where the site says so.
            Exit status 0 only when every item is right.
            """
    )

    @Argument(help: "Barcodes of the items; everything that is open when left out.")
    var items: [String] = []

    @Option(help: ArgumentHelp("Only what lies on this reader.", valueName: "name"))
    var reader: String?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = SecurityRepairRequest(items: items.isEmpty ? nil : items, reader: reader)
        let repairs: [SecurityRepair] = try await daemon.connect { client in
            // Each item may take a reader some seconds.
            try await client.post("v1", "security", "repair", body: request, within: 600)
        }
        let console = output.console
        if output.json {
            try console.say(json: repairs)
        } else {
            console.say(SecurityRepairPage(repairs: repairs, palette: console.palette).lines)
        }
        guard repairs.allSatisfy({ [.repaired, .right].contains($0.outcome) }) else { throw ExitCode.failure }
    }
}

/// What became of each item that was to be put right.
struct SecurityRepairPage {
    var repairs: [SecurityRepair]
    var palette: Palette

    var lines: [String] {
        guard !repairs.isEmpty else { return ["nothing is open"] }
        return repairs.flatMap { repair in
            let place = repair.device.map { " on \($0)" } ?? ""
            let head = "\(repair.barcode)\(place): \(repair.outcome.words): \(repair.reason)".visible
            return [palette.paint(head, repair.outcome.tone)] + (repair.hint.map { ["hint: \($0)".visible] } ?? [])
        } + [counts]
    }

    private var counts: String {
        let outcomes = SecurityRepair.Outcome.allCases.compactMap { outcome -> String? in
            let count = repairs.count { $0.outcome == outcome }
            return count == 0 ? nil : "\(count) \(outcome.words)"
        }
        return outcomes.joined(separator: ", ")
    }
}

extension SecurityRepair.Outcome {
    fileprivate var words: String {
        switch self {
        case .repaired: "put right"
        case .right: "right already"
        case .waits: "waits"
        case .refused: "refused, nothing was written"
        case .failed: "not put right, counts as armed"
        }
    }

    fileprivate var tone: Palette.Tone {
        switch self {
        case .repaired, .right: .good
        case .waits, .refused: .notice
        case .failed: .bad
        }
    }
}
