import SIP2
import Testing
import Wire

@Test func `a connection logs in, asks for the status and then does its work`() async throws {
    let book = TraceBook()
    var connection = EmulatedSystem(.koha).connection(trace: book.trace)
    let answer = try await connection.perform(EmulatedSystem.inquiry("B0001"))
    #expect(answer.content.status == .available && answer.content.title.revealed == "Æbler og pærer")
    let status = connection.status
    #expect(status?.timeout == 50)
    let codes = await book.close().map { $0.prefix(4) }
    #expect(codes == ["> 93", "< 94", "> 99", "< 98", "> 17", "< 18"])
}

@Test func `a wrong password is told as such`() async {
    var system = EmulatedSystem(.koha)
    system.account.login?.password = Confidential("wrong")
    var connection = system.connection()
    await #expect(throws: SIP2Error.loginRefused) { try await connection.ping() }
    let isOpen = connection.isOpen
    #expect(!isOpen)
}

@Test(arguments: [LibrarySystemFault.slow, .wrongChecksum, .halfLine, .silence, .resend, .stale, .twice, .garbage])
func `a question survives every single fault on the line`(_ fault: LibrarySystemFault) async throws {
    let system = EmulatedSystem(.koha)
    var connection = system.connection()
    try await connection.ping()
    await system.bench.schedule([fault])
    let answer = try await connection.perform(EmulatedSystem.inquiry("B0002"))
    #expect(answer.content.item == "B0002" && answer.content.status == .charged)
    // What is left over from the fault does not become the answer to the next question.
    #expect(try await connection.perform(EmulatedSystem.inquiry("B0001")).content.item == "B0001")
}

@Test(arguments: [(SIP2Dialect.koha, true), (SIP2Dialect.evergreen, false)])
func `after a repetition a connection stands where numbers tell the two answers apart, and nowhere else`(
    _ dialect: SIP2Dialect,
    _ stands: Bool
) async throws {
    let system = EmulatedSystem(dialect)
    var connection = system.connection()
    try await connection.ping()
    await system.bench.schedule([.slow])
    // The second answer is still on its way.
    #expect(try await connection.perform(EmulatedSystem.inquiry("B0001")).timesSent == 2)
    let isOpen = connection.isOpen
    #expect(isOpen == stands)
    #expect(try await connection.perform(EmulatedSystem.inquiry("B0001")).timesSent == 1)
}

@Test func `words in place of an answer leave the connection as it is`() async throws {
    var connection = EmulatedSystem(.folio).connection()
    for unknown in ["B9998", "B9999"] {
        await #expect(throws: SIP2Error.answeredInWords(.itemInformation)) {
            try await connection.perform(EmulatedSystem.inquiry(unknown))
        }
        #expect(try await connection.perform(EmulatedSystem.inquiry("B0001")).content.item == "B0001")
    }
    let openings = connection.openings
    #expect(openings == 1)
}

@Test func `words that may be those to an earlier copy of a question end the connection`() async throws {
    let system = EmulatedSystem(.folio, errorDetection: true)
    var connection = system.connection()
    try await connection.ping()
    await system.bench.schedule([.slow])
    #expect(try await connection.perform(EmulatedSystem.inquiry("B0001")).timesSent == 2)
    await #expect(throws: SIP2Error.answeredInWords(.itemInformation)) {
        try await connection.perform(EmulatedSystem.inquiry("B9999"))
    }
    let isOpen = connection.isOpen
    #expect(!isOpen)
    #expect(try await connection.perform(EmulatedSystem.inquiry("B0001")).content.item == "B0001")
}

@Test(arguments: [("Problems handling the request: {\n}", false), ("Item does not exists.\r", true)])
func `words of several lines end the connection, an empty line behind them does not`(
    _ words: String,
    _ stands: Bool
) async throws {
    var manner = LibrarySystemManner.folio
    manner.wordsOnUnknownItem = words
    var system = EmulatedSystem(.folio)
    system.twin = LibrarySystemTwin(manner: manner, encoding: .codePage850, account: system.account.login)
    var connection = system.connection()
    await #expect(throws: SIP2Error.answeredInWords(.itemInformation)) {
        try await connection.perform(EmulatedSystem.inquiry("B9999"))
    }
    let isOpen = connection.isOpen
    #expect(isOpen == stands)
    #expect(try await connection.perform(EmulatedSystem.inquiry("B0001")).content.item == "B0001")
}

@Test(arguments: [LibrarySystemFault.drop, .dropBefore])
func `a question is asked once more over a new connection`(_ fault: LibrarySystemFault) async throws {
    let system = EmulatedSystem(.koha)
    var connection = system.connection()
    try await connection.ping()
    await system.bench.schedule([fault])
    #expect(try await connection.perform(EmulatedSystem.inquiry("B0001")).content.status == .available)
    await system.bench.schedule([fault, nil, nil, fault])
    await #expect(throws: SIP2Error.answerLost(.itemInformation, .closed)) {
        try await connection.perform(EmulatedSystem.inquiry("B0001"))
    }
}

@Test func `why no conversation came about is told without naming the library system twice`() {
    let error = SIP2Error.notOpened(reason: SIP2Error.answerLost(.login, .closed).cause)
    let reason = "\(LinkError.closed) before it answered the login"
    #expect(error.description == "library system: no conversation could be begun: \(reason)")
    #expect(SIP2Error.notCarried(field: "AB").cause == SIP2Error.notCarried(field: "AB").description)
}

@Test func `a system that cannot be reached is told at once and tried again at the next request`() async throws {
    let system = EmulatedSystem(.koha)
    var connection = system.connection()
    await system.bench.schedule([.refuse])
    await #expect(throws: SIP2Error.link(.absent(device: "ils", hint: "nobody listens"))) {
        try await connection.ping()
    }
    try await connection.ping()
    let isOpen = connection.isOpen
    #expect(isOpen)
}

@Test func `a loan is made once, and refused where it must be`() async throws {
    let system = EmulatedSystem(.koha)
    var connection = system.connection()
    guard case .made(let loan) = try await connection.checkOut(EmulatedSystem.checkout("B0001")) else {
        Issue.record("wanted a loan")
        return
    }
    #expect(loan.desensitize == .yes)
    #expect(await system.borrower(of: "B0001") == "P0001")
    guard case .refused(let refusal) = try await connection.checkOut(EmulatedSystem.checkout("B0002")) else {
        Issue.record("wanted a refusal")
        return
    }
    #expect(refusal.screenMessages.map(\.revealed) == ["Item is on loan to another patron"])
    guard case .refused = try await connection.checkOut(EmulatedSystem.checkout("B0001", patron: "P0002")) else {
        Issue.record("wanted a refusal")
        return
    }
    #expect(await system.borrower(of: "B0001") == "P0001")
}

/// Every fault, and every pair of faults, on the way of a check-out: what we believe is never better for the patron
/// than what the library system has written down.
@Test(arguments: LibrarySystemFault.allCases)
func `no fault makes us believe in a loan that was not made`(_ first: LibrarySystemFault) async throws {
    for second in LibrarySystemFault.allCases.map(Optional.init) + [nil] {
        for errorDetection in [true, false] {
            for (item, mayHave) in [("B0001", true), ("B0002", false)] {
                let system = EmulatedSystem(.koha, errorDetection: errorDetection)
                var connection = system.connection()
                try await connection.ping()
                await system.bench.schedule([first, second])
                let outcome: CheckoutOutcome?
                do throws(SIP2Error) {
                    outcome = try await connection.checkOut(EmulatedSystem.checkout(item))
                } catch {
                    outcome = nil
                    #expect(!error.mayHaveHappened)
                }
                let hasLoan = await system.borrower(of: item) == "P0001"
                switch outcome {
                case .made?: #expect(hasLoan && mayHave, "\(first), \(String(describing: second)), \(item)")
                case .refused?, nil:
                    #expect(!hasLoan, "\(first), \(String(describing: second)), \(item), \(errorDetection)")
                case .uncertain?: break
                }
            }
        }
    }
}

@Test(arguments: LibrarySystemFault.allCases)
func `no fault makes us believe in a return that was not made`(_ fault: LibrarySystemFault) async throws {
    for errorDetection in [true, false] {
        let system = EmulatedSystem(.koha, errorDetection: errorDetection)
        var connection = system.connection()
        try await connection.ping()
        await system.bench.schedule([fault])
        let outcome: CheckinOutcome?
        do throws(SIP2Error) {
            outcome = try await connection.checkIn(EmulatedSystem.checkin("B0002"))
        } catch {
            outcome = nil
        }
        let isBack = await system.borrower(of: "B0002") == nil
        switch outcome {
        case .made?, .madeBefore?: #expect(isBack, "\(fault)")
        case .refused?, nil: #expect(!isBack, "\(fault)")
        case .uncertain?: break
        }
    }
}

@Test(arguments: [LibrarySystemFault.silence, .drop])
func `a loan whose answer was lost is found out by renewing it`(_ fault: LibrarySystemFault) async throws {
    let system = EmulatedSystem(.koha, retries: 0)
    let book = TraceBook()
    var connection = system.connection(trace: book.trace)
    try await connection.ping()
    await system.bench.schedule(fault == .drop ? [.drop] : [.silence, .silence, .silence])
    guard case .made = try await connection.checkOut(EmulatedSystem.checkout("B0001")) else {
        Issue.record("wanted a loan")
        return
    }
    #expect(await system.borrower(of: "B0001") == "P0001")
    #expect(await book.close().contains { $0.hasPrefix("> 11") && $0.contains(": YN") })
}

@Test func `a title in a foreign code page does not fail the loan`() async throws {
    // The account says UTF-8, the system writes code page 850.
    var system = EmulatedSystem(.koha, encoding: .codePage850)
    system.account.encoding = .utf8
    var connection = system.connection()
    guard case .made(let loan) = try await connection.checkOut(EmulatedSystem.checkout("B0001")) else {
        Issue.record("wanted a loan")
        return
    }
    #expect(loan.title.revealed.contains("\u{FFFD}"))
}

@Test(arguments: ["B|ABB0002", "B\r11YN", "B\u{1B}"])
func `an item number that no message can carry is not sent`(_ item: String) async throws {
    let book = TraceBook()
    var connection = EmulatedSystem(.koha).connection(trace: book.trace)
    await #expect(throws: SIP2Error.notCarried(field: "item")) {
        try await connection.checkOut(EmulatedSystem.checkout(item))
    }
    #expect(await book.close().isEmpty)
}

@Test func `a system that says it is offline is not asked for loans`() async {
    var system = EmulatedSystem(.koha)
    system.twin.isOnline = false
    var connection = system.connection()
    await #expect(throws: SIP2Error.offline) { try await connection.checkOut(EmulatedSystem.checkout("B0001")) }
}

@Test func `a system that takes the call and says nothing was not asked for a loan`() async throws {
    let system = EmulatedSystem(.koha)
    var connection = system.connection()
    await system.bench.schedule([.dropBefore])
    let error = await #expect(throws: SIP2Error.self) {
        try await connection.checkOut(EmulatedSystem.checkout("B0001"))
    }
    #expect(error?.mayHaveHappened == false)
    #expect(await system.borrower(of: "B0001") == nil)
}
