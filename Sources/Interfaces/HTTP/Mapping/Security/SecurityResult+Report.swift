import API
import Library
import Operations
import Tags

extension API.SecurityResult {
    /// What was read back, and never more.
    init(_ report: SecurityReport) {
        let notes = report.notes.isEmpty ? "" : "; " + report.notes.joined(separator: "; ")
        let (outcome, reason, hint, parts): (Outcome, String, String?, [Part]) =
            switch report.end {
            case .refused(let refusal): (.refused, refusal.description, refusal.hint, [])
            case .alreadySo(let uids):
                (
                    .unchanged, "every part said so already", nil,
                    uids.map { Part(uid: $0.description, before: nil, after: nil) }
                )
            case .flipped(let intent, let result):
                (
                    Outcome(result.outcome), result.reason, result.outcome.hint,
                    intent.changes.map { Part($0, readBack: result.readBack[$0.uid]) }
                )
            }
        self.init(
            barcode: report.request.barcode,
            want: SecurityRequest.Want(report.request.wanted),
            outcome: outcome,
            reason: reason + notes,
            hint: hint,
            parts: parts
        )
    }
}

extension API.SecurityResult.Part {
    init(_ change: SecurityChange, readBack: SecurityMark?) {
        self.init(
            uid: change.uid.description,
            before: change.before.afi,
            after: readBack?.afi,
            beforeEAS: change.before.eas,
            afterEAS: readBack?.eas
        )
    }
}

extension API.SecurityResult.Outcome {
    /// A flip that left every part as it was has failed: somebody wanted it changed.
    fileprivate init(_ outcome: SecurityOutcome) {
        switch outcome {
        case .done: self = .done
        case .unchanged, .undone, .mixed, .superseded: self = .failed
        case .declined, .kept: self = .refused
        case .uncertain, .unanswered: self = .uncertain
        }
    }
}

extension SecurityOutcome {
    fileprivate var hint: String? {
        switch self {
        case .done: nil
        case .unchanged, .undone: "lay the item flat in the middle of the pad and ask again"
        case .mixed: "lay all parts on the pad together and ask again"
        case .superseded: "ask again: another change of the item was begun before this one ended"
        case .declined: "see at the desk why the library system does not agree"
        case .kept: nil
        case .unanswered: "look the item up in the library system: whether the loan stands is not known here"
        case .uncertain: "lay the item on the pad again: what was begun is then finished and read back"
        }
    }
}

extension API.SecurityRequest.Want {
    init(_ state: SecurityState) {
        switch state {
        case .armed: self = .secured
        case .disarmed: self = .released
        }
    }
}

extension SecurityCause {
    init(_ cause: API.SecurityRequest.Cause) {
        switch cause {
        case .checkout: self = .checkout
        case .checkin: self = .checkin
        case .staff: self = .staff
        }
    }
}

extension SecurityState {
    init(_ want: API.SecurityRequest.Want) {
        switch want {
        case .secured: self = .armed
        case .released: self = .disarmed
        }
    }
}
