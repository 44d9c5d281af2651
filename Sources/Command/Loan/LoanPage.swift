import API
import ArgumentParser

/// What became of a loan or a return, for the person at the pad.
struct LoanPage {
    var result: LoanResult
    var palette: Palette

    var lines: [String] {
        let facts = [
            result.due.map { "due \($0)" }, result.destination.map { "goes to \($0)" },
            result.sortBin.map { "bin \($0)" },
        ].compactMap(\.self)
        return [palette.paint("\(result.barcode): \(verdict): \(result.reason)".visible, tone)]
            + facts.map { "  \($0)".visible }
            + result.messages.map { "  \($0)".visible }
            + (result.hint.map { ["hint: \($0.visible)"] } ?? [])
    }

    private var verdict: String {
        switch result.outcome {
        case .done: "done"
        case .tagsDoNotFollow: "stands, but the tags do not follow"
        case .kept: "kept"
        case .refused: "refused, nothing was changed"
        case .uncertain: "uncertain"
        case .away: "not asked"
        }
    }

    private var tone: Palette.Tone {
        switch result.outcome {
        case .done: .good
        case .kept, .refused: .notice
        case .tagsDoNotFollow, .uncertain, .away: .bad
        }
    }

    /// Asks for one item after the other and shows what became of each.
    static func show(
        _ items: [String],
        _ daemon: DaemonOptions,
        _ output: OutputOptions,
        _ ask: (DaemonClient, String) async throws -> LoanResult
    ) async throws {
        let console = output.console
        let isDone = try await daemon.connect { client in
            var isDone = true
            for barcode in items {
                let result = try await ask(client, barcode)
                if output.json {
                    try console.say(json: result, onOneLine: true)
                } else {
                    console.say(LoanPage(result: result, palette: console.palette).lines)
                }
                if ![.done, .kept].contains(result.outcome) { isDone = false }
            }
            return isDone
        }
        guard isDone else { throw ExitCode.failure }
    }
}
