import API
import Library
import Operations

extension LoanResult {
    init(_ report: LoanReport) {
        let (outcome, reason, hint): (Outcome, String, String?) =
            switch report.end {
            case .refusedAtPad(let refusal): (.refused, "not asked: \(refusal)", refusal.hint)
            case .notAsked(let why): (.refused, "not asked: \(why)", "try again; when it stays so, ask the staff")
            case .refused: (.refused, "the library system did not agree", nil)
            case .away(let error): (.away, error.description, error.hint)
            case .uncertain(let error):
                (
                    .uncertain, error.description,
                    "it is looked up in the library system as soon as that answers; leave the item on the pad"
                )
            case .kept: (.kept, "kept for the library system, which is away", nil)
            case .stands: (.done, "stands", nil)
            }
        self.init(
            barcode: report.barcode,
            outcome: outcome,
            reason: reason,
            hint: hint,
            messages: report.messages,
            due: report.due,
            destination: report.destination,
            sortBin: report.sortBin
        )
        switch report.tags {
        case .left(let why): if outcome == .done { self.reason += ", \(why)" }
        case .changed, .failed:
            if let shortfall = report.shortfall {
                if outcome == .done || outcome == .kept { self.outcome = .tagsDoNotFollow }
                self.reason += ", tags not changed: \(shortfall)"
                self.hint = "lay the item on the pad again: what was begun is finished there, or ask the staff"
            } else {
                self.reason += ", tags read back"
            }
            if case .changed(let change) = report.tags { self.reason += change.notes.map { "; \($0)" }.joined() }
        }
    }
}
