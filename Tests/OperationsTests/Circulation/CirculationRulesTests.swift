import Library
import Operations
import SIP2
import Testing

private let date = SIP2Date(unixSeconds: 0)

private func loan(_ ok: Bool, _ desensitize: Ternary, inhibit: Bool? = nil) -> CheckoutResponse {
    CheckoutResponse(
        ok: ok,
        renewalOK: false,
        isMagnetic: .no,
        desensitize: desensitize,
        date: date,
        institution: "",
        patron: .empty,
        item: "1",
        title: .empty,
        dueDate: "",
        securityInhibit: inhibit
    )
}

private func back(_ ok: Bool, _ resensitize: Ternary) -> CheckinResponse {
    CheckinResponse(
        ok: ok,
        resensitize: resensitize,
        isMagnetic: .no,
        alert: false,
        date: date,
        institution: "",
        item: "1",
        permanentLocation: ""
    )
}

private func isLeft(_ verdict: SecurityVerdict) -> Bool {
    if case .leave = verdict { true } else { false }
}

private func isKept(_ verdict: SecurityVerdict) -> Bool {
    if case .keep = verdict { true } else { false }
}

@Test func `an item is released only when it was lent and the system says so and does not inhibit it`() {
    let rules = CirculationRules()
    #expect(rules.verdict(loan(true, .yes)) == .change(to: .disarmed))
    #expect(rules.verdict(loan(true, .yes, inhibit: false)) == .change(to: .disarmed))
    for answer in [loan(false, .yes), loan(false, .unknown)] { #expect(isLeft(rules.verdict(answer))) }
    for answer in [loan(true, .no), loan(true, .unknown), loan(true, .yes, inhibit: true)] {
        #expect(isKept(rules.verdict(answer)))
    }
}

@Test func `a site may release what its system says nothing of`() {
    let rules = CirculationRules(releasesWhenUnsaid: true)
    #expect(rules.verdict(loan(true, .unknown)) == .change(to: .disarmed))
    #expect(isLeft(rules.verdict(loan(false, .unknown))))
    #expect(isKept(rules.verdict(loan(true, .no))))
}

@Test func `an item is secured only when it was returned, however loudly a refusal asks for it`() {
    let rules = CirculationRules()
    #expect(rules.verdict(back(true, .yes)) == .change(to: .armed))
    #expect(rules.verdict(back(true, .unknown)) == .change(to: .armed))
    #expect(isKept(rules.verdict(back(true, .no))))
    // Evergreen's second check-in: 100YNN (ils §2.3).
    #expect(isLeft(rules.verdict(back(false, .yes))))
}

@Test func `a renewal releases only where the system says so`() {
    func renewal(_ desensitize: Ternary) -> RenewResponse {
        RenewResponse(
            ok: true,
            renewalOK: true,
            isMagnetic: .no,
            desensitize: desensitize,
            date: date,
            institution: "",
            patron: .empty,
            item: "1",
            title: .empty,
            dueDate: ""
        )
    }
    #expect(isKept(CirculationRules().verdict(renewal(.no))))
    #expect(CirculationRules().verdict(renewal(.yes)) == .change(to: .disarmed))
}
