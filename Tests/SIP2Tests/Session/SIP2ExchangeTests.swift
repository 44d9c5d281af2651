import SIP2
import Testing
import Wire

private typealias Exchange = SIP2Exchange<ItemInformationRequest>

private let pace = SIP2Pace(timeout: .seconds(5), retries: 2, patience: .seconds(30))

private func exchange(sequence: UInt8? = 3) -> Exchange {
    Exchange(EmulatedSystem.inquiry("B0001"), sequence: sequence, in: .utf8, pace: pace)
}

private func answer(_ item: String, sequence: UInt8? = 3) -> SIP2Frame {
    let content = ItemInformationResponse(
        status: .available,
        marker: .other,
        feeType: "01",
        date: EmulatedSystem.date,
        item: item,
        title: Confidential("A title")
    )
    return SIP2Frame(body: content.message(in: .utf8).bytes, check: sequence.map { .sequence($0) } ?? .none)
}

private func sent(_ actions: [Exchange.Action]) -> [SIP2Frame] {
    actions.compactMap { if case .send(let frame) = $0 { frame } else { nil } }
}

private func finished(_ actions: [Exchange.Action]) -> SIP2Answer<ItemInformationResponse>? {
    actions.lazy.compactMap { if case .finish(let answer) = $0 { answer } else { nil } }.first
}

@Test func `a request is answered`() throws {
    var exchange = exchange()
    let start = exchange.start()
    #expect(sent(start).map(\.check) == [.sequence(3)])
    #expect(start.last == .listen(.seconds(5)))
    let end = exchange.handle(.frame(answer("B0001")), at: .seconds(1))
    #expect(try #require(finished(end)).content.item == "B0001")
    #expect(finished(end)?.timesSent == 1)
    #expect(exchange.handle(.silence, at: .seconds(2)).isEmpty)
}

@Test func `silence is met with the same text and the same number, then given up`() {
    var exchange = exchange()
    let first = sent(exchange.start())
    #expect(sent(exchange.handle(.silence, at: .seconds(5))) == first)
    #expect(sent(exchange.handle(.silence, at: .seconds(10))) == first)
    #expect(exchange.handle(.silence, at: .seconds(15)) == [.fail(.noAnswer(.itemInformation, times: 3))])
}

@Test func `a damaged answer is asked for again with 97, then given up`() {
    var exchange = exchange()
    _ = exchange.start()
    #expect(sent(exchange.handle(.damaged, at: .seconds(1))) == [ResendToSystem.frame])
    #expect(finished(exchange.handle(.frame(answer("B0001")), at: .seconds(2)))?.timesSent == 1)
    var other = twiceDamaged()
    #expect(
        other.handle(.damaged, at: .seconds(3))
            == [.fail(.garbled(.itemInformation, reason: "wrong checksum"))]
    )
}

@Test func `a system that does not know a 97 is asked the same again, where that does no harm`() {
    let pace = SIP2Pace(timeout: .seconds(5), retries: 2, patience: .seconds(30), knowsResending: false)
    var question = Exchange(EmulatedSystem.inquiry("B0001"), sequence: 3, in: .utf8, pace: pace)
    let first = sent(question.start())
    #expect(sent(question.handle(.damaged, at: .seconds(1))) == first)
    var loan = SIP2Exchange(EmulatedSystem.checkout("B0001"), sequence: 3, in: .utf8, pace: pace)
    _ = loan.start()
    #expect(loan.handle(.damaged, at: .seconds(1)) == [.fail(.garbled(.checkout, reason: "wrong checksum"))])
}

@Test func `what is sent again after a 97 may have number 0, and nothing else may`() {
    var exchange = exchange()
    _ = exchange.start()
    #expect(exchange.handle(.frame(answer("B0001", sequence: 0)), at: .seconds(1)) == [.listen(.seconds(4))])
    _ = exchange.handle(.damaged, at: .seconds(1))
    #expect(exchange.handle(.frame(answer("B0002", sequence: 0)), at: .seconds(1)) == [.listen(.seconds(5))])
    #expect(exchange.handle(.frame(answer("B0001", sequence: 2)), at: .seconds(1)) == [.listen(.seconds(5))])
    #expect(finished(exchange.handle(.frame(answer("B0001", sequence: 0)), at: .seconds(2)))?.timesSent == 1)
}

private func twiceDamaged() -> Exchange {
    var exchange = exchange()
    _ = exchange.start()
    _ = exchange.handle(.damaged, at: .seconds(1))
    _ = exchange.handle(.damaged, at: .seconds(2))
    return exchange
}

@Test func `a 96 is met with the same text, and not for ever`() {
    var exchange = exchange()
    let first = sent(exchange.start())
    #expect(sent(exchange.handle(.frame(ResendToTerminal.frame), at: .seconds(1))) == first)
    #expect(sent(exchange.handle(.frame(ResendToTerminal.frame), at: .seconds(2))) == first)
    #expect(
        exchange.handle(.frame(ResendToTerminal.frame), at: .seconds(3)) == [.fail(.notUnderstood(.itemInformation))]
    )
}

@Test func `an answer with another number, of another kind or about another item is waited past`() {
    var exchange = exchange()
    _ = exchange.start()
    #expect(exchange.handle(.frame(answer("B0001", sequence: 2)), at: .seconds(1)) == [.listen(.seconds(4))])
    #expect(exchange.handle(.frame(answer("B0002")), at: .seconds(2)) == [.listen(.seconds(3))])
    let login = SIP2Frame(body: LoginResponse(ok: true).message(in: .utf8).bytes, check: .sequence(3))
    #expect(exchange.handle(.frame(login), at: .seconds(3)) == [.listen(.seconds(2))])
    #expect(finished(exchange.handle(.frame(answer("b0001 ", sequence: nil)), at: .seconds(4))) != nil)
}

@Test func `an answer that cannot be is asked for again and then named without its text`() throws {
    var exchange = exchange()
    _ = exchange.start()
    let nonsense = SIP2Frame(body: Array("18AAP0001|ABB0001|".utf8), check: .sequence(3))
    #expect(sent(exchange.handle(.frame(nonsense), at: .seconds(1))) == [ResendToSystem.frame])
    _ = exchange.handle(.frame(nonsense), at: .seconds(2))
    let end = exchange.handle(.frame(nonsense), at: .seconds(3))
    guard case .fail(let error) = try #require(end.first) else {
        Issue.record("found \(end), wanted a failure")
        return
    }
    #expect(error.mayHaveHappened)
    #expect(!"\(error)".contains("P0001"))
}

private func words(_ text: String) -> SIP2Frame { SIP2Frame(body: Array(text.utf8), check: .none) }

@Test(arguments: ["Item does not exists.", "null", "Problems handling the request: "])
func `words instead of a message end a request about an item at once, and it may have been carried out`(
    _ text: String
) throws {
    var exchange = exchange()
    _ = exchange.start()
    let end = exchange.handle(.frame(words(text)), at: .seconds(1))
    #expect(end == [.fail(.answeredInWords(.itemInformation))])
    #expect(SIP2Error.answeredInWords(.itemInformation).mayHaveHappened)
}

@Test func `a login that is met with words waits for its answer, and is not sent a second time`() {
    let request = LoginRequest(user: Confidential("rfid"), password: Confidential("secret"))
    var login = SIP2Exchange(request, sequence: nil, in: .codePage850, pace: pace)
    _ = login.start()
    #expect(login.handle(.frame(words("Connection refused: okapi:9130")), at: .seconds(1)) == [.listen(.seconds(4))])
    #expect(login.handle(.silence, at: .seconds(5)) == [.fail(.answeredInWords(.login))])
    var other = SIP2Exchange(request, sequence: nil, in: .codePage850, pace: pace)
    _ = other.start()
    let refusal = "Login failed. POST /authn/login-with-expiry for tenant 'diku' returned status 422: {}"
    #expect(other.handle(.frame(words(refusal)), at: .seconds(1)) == [.fail(.loginRefused)])
}

@Test func `nothing takes longer than the patience`() {
    var exchange = exchange()
    _ = exchange.start()
    #expect(exchange.handle(.silence, at: .seconds(30)) == [.fail(.noAnswer(.itemInformation, times: 1))])
}

@Test func `answers to something else, without end, are not waited past for longer than the patience`() {
    var exchange = exchange()
    _ = exchange.start()
    #expect(exchange.handle(.frame(answer("B0002")), at: .seconds(29)) == [.listen(.milliseconds(1))])
    #expect(
        exchange.handle(.frame(answer("B0001", sequence: 2)), at: .seconds(30))
            == [.fail(.noAnswer(.itemInformation, times: 1))]
    )
}

@Test func `without error detection nothing is numbered`() {
    var exchange = exchange(sequence: nil)
    #expect(sent(exchange.start()).map(\.check) == [SIP2Frame.Check.none])
}

@Test func `the system's own status sets the pace, within limits`() throws {
    let account = SIP2Account(timeout: .seconds(10), retries: 2, patience: .seconds(30))
    func status(_ timeout: Int?, _ retries: Int?, supported: SupportedMessages? = nil) -> SystemStatus {
        SystemStatus(
            isOnline: true,
            allowsCheckin: true,
            allowsCheckout: true,
            allowsRenewal: true,
            allowsStatusUpdate: true,
            allowsOffline: false,
            timeout: timeout,
            retries: retries,
            date: EmulatedSystem.date,
            institution: "",
            supported: supported
        )
    }
    func pace(_ timeout: Int?, _ retries: Int?, supported: SupportedMessages? = nil) -> SIP2Pace {
        SIP2Pace(account, status: status(timeout, retries, supported: supported))
    }
    #expect(pace(50, 3) == SIP2Pace(timeout: .seconds(5), retries: 3, patience: .seconds(30)))
    #expect(pace(600, 0) == SIP2Pace(timeout: .seconds(30), retries: 0, patience: .seconds(30)))
    #expect(pace(1, 99) == SIP2Pace(timeout: .seconds(5), retries: 9, patience: .seconds(30)))
    // Less than five seconds is taken from a system only where the account says no more itself.
    for (ours, wanted) in [(2, 2500), (8, 5000)] {
        let account = SIP2Account(timeout: .seconds(ours), retries: 2, patience: .seconds(30))
        #expect(SIP2Pace(account, status: status(25, 5)).timeout == .milliseconds(wanted))
    }
    #expect(pace(nil, nil).knowsResending && pace(nil, nil, supported: .all).knowsResending)
    #expect(!pace(nil, nil, supported: SupportedMessages([.checkout])).knowsResending)
    for (timeout, retries) in [(999, 999), (nil, nil), (0, 999)] as [(Int?, Int?)] {
        #expect(pace(timeout, retries) == SIP2Pace(timeout: .seconds(10), retries: 2, patience: .seconds(30)))
    }
}
