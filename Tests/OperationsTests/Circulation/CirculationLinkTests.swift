import Library
import Operations
import SIP2
import Synchronization
import Testing
import Wire

@Test func `a loan is made, told as made, and traced without the patron`() async throws {
    let system = TestLibrarySystem()
    let link = system.link()
    let lines = try await system.running(link) {
        let outcome = try await link.checkOut("1000000136", for: Borrower(identifier: "P0001", password: "9999"))
        guard case .made(let answer) = outcome else {
            Issue.record("found \(outcome), wanted a loan")
            return [String]()
        }
        #expect(answer.desensitize == .yes)
        try await link.ping()
        try await waited { await link.recentLines.count >= 8 }
        return await link.recentLines.map(\.text)
    }
    #expect(await system.borrower(of: "1000000136") == "P0001")
    #expect(lines.contains { $0.hasPrefix("11 check-out") && $0.contains("AB1000000136") })
    #expect(!lines.contains { $0.contains("P0001") || $0.contains("9999") || $0.contains("Anna") })
}

@Test func `the report says what the system said, and why it is away`() async throws {
    let system = TestLibrarySystem()
    let link = system.link()
    guard case .unknown = await link.report.state else {
        Issue.record("wanted a system that was not asked")
        return
    }
    try await system.running(link) {
        try await link.ping()
        guard case .online(let word) = await link.report.state else {
            Issue.record("wanted a system that is there")
            return
        }
        #expect(word.allowsCheckout && !word.allowsOffline && word.timeout == 50)
        #expect(await link.report.open >= 1)
        await system.bench.schedule([.drop, .refuse])
        await #expect(throws: CirculationError.self) { _ = try await link.item("1000000136") }
        guard case .away(let error) = await link.report.state else {
            Issue.record("wanted a system that is away")
            return
        }
        #expect(error.isUnreachable && error.kind == .away && error.hint != nil)
    }
}

@Test func `a system that has only words for an unknown item is there all the same`() async throws {
    var system = TestLibrarySystem()
    system.twin = LibrarySystemTwin(manner: .folio, lateness: .zero)
    let (told, tell) = AsyncStream.makeStream(of: Bool.self)
    let link = system.link(announce: { tell.yield($0) })
    try await system.running(link) {
        try await link.ping()
        await #expect(throws: CirculationError.system(.answeredInWords(.itemInformation))) {
            _ = try await link.item("1000009999")
        }
        // The next question is answered.
        #expect(try await link.item("1000000136").status == .available)
    }
    tell.finish()
    var heard: [Bool] = []
    for await isOnline in told { heard.append(isOnline) }
    #expect(heard == [true])
}

@Test(arguments: [(999, 999), (0, 999), (nil, nil)] as [(Int?, Int?)])
func `a timeout and retries that say nothing are not told`(_ timeout: Int?, _ retries: Int?) {
    let word = word(timeout, retries)
    #expect(word.timeout == nil && word.retries == nil)
}

@Test func `a timeout and retries that are said are told as they are`() {
    let word = word(998, 0)
    #expect(word.timeout == 998 && word.retries == 0)
}

@Test func `what the system does not understand is told with what is lost, and silence is no lack`() async throws {
    #expect(word(nil, nil).lacking.isEmpty)
    #expect(word(nil, nil, supported: .all).lacking.isEmpty)
    let without = word(nil, nil, supported: SupportedMessages([.checkin, .checkout, .renew, .patronStatus]))
    #expect(
        without.lacking == [
            "the system says that it does not understand message 17: nobody can ask how an item stands, "
                + "neither at the gate nor after a lost answer"
        ]
    )
    #expect(word(nil, nil, supported: SupportedMessages("NNNNNNNNNNNNNNNN")).lacking.count == 5)
    // The emulated system understands all that we say.
    let system = TestLibrarySystem()
    let link = system.link()
    try await system.running(link) {
        try await link.ping()
        let report = await link.report
        #expect(!report.notes.isEmpty && !report.notes.contains { $0.contains("does not understand message") })
    }
}

private func word(
    _ timeout: Int?,
    _ retries: Int?,
    supported: SupportedMessages? = nil
) -> CirculationWord {
    CirculationWord(
        SystemStatus(
            isOnline: true,
            allowsCheckin: true,
            allowsCheckout: true,
            allowsRenewal: true,
            allowsStatusUpdate: true,
            allowsOffline: false,
            timeout: timeout,
            retries: retries,
            date: SIP2Date(unixSeconds: 1_767_348_000, offset: nil),
            institution: "",
            supported: supported
        )
    )
}

@Test func `an item's status comes in the words of the holdings`() async throws {
    let system = TestLibrarySystem()
    let link = system.link()
    try await system.running(link) {
        #expect(try await link.item("1000000144").status.itemStatus == .onLoan)
        #expect(try await link.item("1000000136").status.itemStatus == .available)
        #expect(try await link.item("9999").status.itemStatus == nil)
        let facts = try await link.facts(of: "1000000136")
        #expect(facts.status == "available" && facts.title == "A title" && facts.callNumber == "QA 76")
    }
}

@Test func `many questions at once each get their own answer`() async throws {
    let system = TestLibrarySystem(connections: 4)
    let link = system.link()
    try await system.running(link) {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let barcode = number.isMultiple(of: 2) ? "1000000136" : "1000000144"
                    return try await link.item(barcode).item == barcode
                }
            }
            for try await isOwn in group { #expect(isOwn) }
        }
    }
}

@Test func `whoever asks after the end is told, and nobody waits for ever`() async throws {
    let system = TestLibrarySystem()
    let link = system.link()
    try await system.running(link) { try await link.ping() }
    await #expect(throws: CirculationError.stopping) { try await link.ping() }
}

@Test(arguments: CirculationStatus.allCases)
func `every status has its word in the holdings or none`(_ status: CirculationStatus) {
    #expect((status.itemStatus == nil) == (status == .other))
    #expect([.charged, .chargedNotRecallable, .recalled].contains(status) == (status.itemStatus == .onLoan))
}

@Test func `whoever watches is told when the system comes, goes and comes back, and not in between`() async throws {
    let system = TestLibrarySystem()
    let (told, tell) = AsyncStream.makeStream(of: Bool.self)
    let link = system.link(announce: { tell.yield($0) })
    try await system.running(link) {
        try await link.ping()
        try await link.ping()
        await system.bench.schedule([.drop, .refuse])
        await #expect(throws: CirculationError.self) { _ = try await link.item("1000000136") }
        try await link.ping()
    }
    tell.finish()
    var heard: [Bool] = []
    for await isOnline in told { heard.append(isOnline) }
    #expect(heard == [true, false, true])
}

/// Counts the calls to a library system.
private final class Calls: Sendable {
    private let count = Mutex(0)

    var number: Int { count.withLock { $0 } }

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

@Test func `a login that was refused is not tried again before somebody asks for it`() async throws {
    let system = TestLibrarySystem()
    let calls = Calls()
    let link = system.link(open: { () async throws(LinkError) -> any Link & ~Copyable in
        // At the third call the account is as we know it.
        let user = calls.next() < 3 ? "other" : "gate"
        let account = SIP2Account.Login(user: Confidential(user), password: .empty)
        let twin = LibrarySystemTwin(manner: .koha, account: account, lateness: .zero)
        return LibrarySystemLink(twin, on: system.bench)
    })
    try await system.running(link) {
        for _ in 0..<5 {
            await #expect(throws: CirculationError.system(.loginRefused)) { _ = try await link.item("1000000136") }
        }
        #expect(calls.number == 1)
        guard case .away(let error) = await link.report.state else {
            Issue.record("wanted a system that is away")
            return
        }
        #expect(error.kind == .loginRefused && error.hint?.contains("password-file") == true)
        await #expect(throws: CirculationError.system(.loginRefused)) { try await link.ping() }
        await #expect(throws: CirculationError.system(.loginRefused)) { _ = try await link.item("1000000136") }
        #expect(calls.number == 2)
        try await link.ping()
        #expect(try await link.item("1000000136").item == "1000000136")
        #expect(calls.number == 3)
    }
}

@Test func `whoever needs no login, or does not come to it, brings no refused login back`() async throws {
    let system = TestLibrarySystem()
    let calls = Calls()
    let link = system.link(open: { () async throws(LinkError) -> any Link & ~Copyable in
        let call = calls.next()
        guard call != 2 else { throw .closed }
        let account = SIP2Account.Login(user: Confidential(call < 2 ? "other" : "gate"), password: .empty)
        let twin = LibrarySystemTwin(manner: .koha, account: account, lateness: .zero)
        return LibrarySystemLink(twin, on: system.bench)
    })
    try await system.running(link) {
        await #expect(throws: CirculationError.system(.loginRefused)) { _ = try await link.item("1000000136") }
        #expect(calls.number == 1)
        // Asked by hand and answered without any login.
        let isOpen = try await link.ask(tryingLogin: true) {
            (connection: inout SIP2Connection) async throws(SIP2Error) -> Bool in
            connection.isOpen
        }
        #expect(!isOpen)
        await #expect(throws: CirculationError.system(.loginRefused)) { _ = try await link.item("1000000136") }
        #expect(calls.number == 1)
        // Nobody listens.
        await #expect(throws: CirculationError.system(.link(.closed))) { try await link.ping() }
        await #expect(throws: CirculationError.system(.loginRefused)) { _ = try await link.item("1000000136") }
        #expect(calls.number == 2)
        try await link.ping()
        #expect(try await link.item("1000000136").item == "1000000136")
        #expect(calls.number == 3)
    }
}
