package import Library
package import SIP2

/// What an answer of the library system means for an item's tags.
package struct CirculationRules: Hashable, Sendable {
    /// Releases an item although the system does not say whether it should (desensitize U).
    package var releasesWhenUnsaid: Bool
    /// Secures an item that was not returned because it was not on loan or is not known: it is the library's all the
    /// same.
    package var securesWhatWasNotLent: Bool
    /// Whether a loan to the patron who has the item already may be a renewal.
    package var renews: Bool
    /// Whether a patron who borrows without staff has to give a password beside the card's number.
    package var asksPatronPassword: Bool

    package init(
        releasesWhenUnsaid: Bool = false,
        securesWhatWasNotLent: Bool = true,
        renews: Bool = true,
        asksPatronPassword: Bool = false
    ) {
        self.releasesWhenUnsaid = releasesWhenUnsaid
        self.securesWhatWasNotLent = securesWhatWasNotLent
        self.renews = renews
        self.asksPatronPassword = asksPatronPassword
    }
}

/// What is to be done with an item's tags after an answer.
package enum SecurityVerdict: Hashable, Sendable {
    case change(to: SecurityState)
    /// It stands, the tags stay as they are, and why.
    case keep(String)
    /// It does not stand: nobody touches the tags, and why.
    case leave(String)
}

/// `ok` is looked at first: several systems fill in the rest of a refusal as if it were none (ils §2.1, §6).
extension CirculationRules {
    /// What a message 12, the answer to a loan, means for the item's tags.
    package func verdict(_ answer: CheckoutResponse) -> SecurityVerdict {
        lent(answer.ok, answer.securityInhibit, answer.desensitize)
    }

    /// A renewed item is disarmed already as a rule; where the system says so and it lies there, it is made sure of.
    package func verdict(_ answer: RenewResponse) -> SecurityVerdict {
        lent(answer.ok, answer.securityInhibit, answer.desensitize)
    }

    /// What a message 10, the answer to a return, means; that it stands and is not to be secured leaves the tags alone.
    package func verdict(_ answer: CheckinResponse) -> SecurityVerdict {
        guard answer.ok else { return .leave("not returned") }
        switch answer.resensitize {
        case .yes, .unknown: return .change(to: .armed)
        case .no: return .keep("returned, the library system wants it left as it is")
        }
    }

    private func lent(_ ok: Bool, _ isInhibited: Bool?, _ desensitize: Ternary) -> SecurityVerdict {
        guard ok else { return .leave("not lent") }
        guard isInhibited != true else { return .keep("lent, the library system wants it to stay armed (CI)") }
        switch desensitize {
        case .yes: return .change(to: .disarmed)
        case .unknown where releasesWhenUnsaid: return .change(to: .disarmed)
        case .unknown: return .keep("lent, the library system does not say whether to release it")
        case .no: return .keep("lent, the library system wants it to stay armed")
        }
    }
}
