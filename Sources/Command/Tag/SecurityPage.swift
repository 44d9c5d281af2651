import API

/// What became of a security change, part by part.
struct SecurityPage {
    var result: SecurityResult
    var palette: Palette

    var lines: [String] {
        let head = "\(result.barcode): \(verdict): \(result.reason)".visible
        return [palette.paint(head, tone)]
            + result.parts.map { "  \(words(of: $0))".visible }
            + (result.hint.map { ["hint: \($0.visible)"] } ?? [])
    }

    /// A tag that was asked whether it says so, and did, was not read: the first line says what it said.
    private func words(of part: SecurityResult.Part) -> String {
        let isRead = part.before != nil || part.after != nil || part.beforeEAS != nil || part.afterEAS != nil
        return isRead ? part.words : part.uid
    }

    private var verdict: String {
        switch result.outcome {
        case .done: result.want.rawValue
        case .unchanged: "already \(result.want.rawValue)"
        case .refused: "refused, nothing was written"
        case .uncertain: "uncertain, counts as armed"
        case .failed: "not \(result.want.rawValue)"
        }
    }

    private var tone: Palette.Tone {
        switch result.outcome {
        case .done, .unchanged: .good
        case .refused: .notice
        case .uncertain, .failed: .bad
        }
    }
}
