import Library
import SIP2
import Store
import Testing
import Wire

@testable import Operations

private func makeDesk(_ system: TestLibrarySystem, _ store: Store) throws -> ServiceDesk {
    try ServiceDesk(
        store: store,
        time: TestLibrarySystem.still,
        settings: ServiceDesk.Settings(rules: SweepRules(), shelfOrder: .standard, scheme: .lcc, snapshots: 1),
        readers: [],
        circulation: system.setup,
        logger: TestBranch.logger
    )
}

private func offline() -> TestLibrarySystem {
    var system = TestLibrarySystem()
    system.twin.allowsOffline = true
    return system
}

@Test func `a return taken while the system is away is told when it is back`() async throws {
    let system = offline()
    let store = try Store.inMemory()
    let desk = try makeDesk(system, store)
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    try await system.running(link) {
        try await link.ping()
        #expect(try await returns.store("1000000144") == nil)
        #expect(try await returns.store("1000000144") == nil)
        #expect(try returns.waiting().map(\.barcode) == ["1000000144"])
        await returns.forward()
    }
    #expect(try returns.waiting().isEmpty)
    #expect(await system.borrower(of: "1000000144") == nil)
}

@Test(arguments: [(true, true), (true, false), (false, true)])
func `a return that was kept does not end a loan that was made since`(_ isAgreed: Bool, _ cameBack: Bool) async throws {
    let system = offline()
    let store = try Store.inMemory()
    let desk = try makeDesk(system, store)
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    let now = TestLibrarySystem.still.now()
    func change(_ cause: SecurityCause, _ wanted: SecurityState, after seconds: Int) -> SecurityIntent {
        SecurityIntent(
            barcode: "1000000144",
            changes: [],
            wanted: wanted,
            cause: cause,
            reader: "pad-1",
            at: now + .seconds(seconds)
        )
    }
    // The loan before the return does not count.
    _ = try store.record(change(.checkout, .disarmed, after: -60))
    _ = try store.record(change(.checkin, .armed, after: 0))
    try await system.running(link) {
        try await link.ping()
        #expect(try await returns.store("1000000144") == nil)
        _ = try store.record(change(.checkout, .disarmed, after: 60), isAgreed: isAgreed)
        if cameBack { _ = try store.record(change(.checkin, .armed, after: 120)) }
        await returns.forward()
    }
    #expect(await system.borrower(of: "1000000144") == (cameBack ? nil : "P0009"))
    #expect(try returns.waiting().isEmpty)
}

/// By a clock that was set back in between, and by one that was put ahead.
@Test(arguments: [(-3600, true), (-3600, false), (3600, true), (3600, false)])
func `whether a loan came before or behind a return that was kept its place in the journal tells`(
    _ jump: Int,
    _ isBehind: Bool
) async throws {
    let system = offline()
    let store = try Store.inMemory()
    let desk = try makeDesk(system, store)
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    let now = TestLibrarySystem.still.now()
    func change(_ cause: SecurityCause, after seconds: Int) throws -> SecurityRecord.ID {
        let intent = SecurityIntent(
            barcode: "1000000144",
            changes: [],
            wanted: cause == .checkout ? .disarmed : .armed,
            cause: cause,
            reader: "pad-1",
            at: now + .seconds(seconds)
        )
        return try store.record(intent)
    }
    try await system.running(link) {
        try await link.ping()
        if !isBehind { _ = try change(.checkout, after: jump) }
        let back = try change(.checkin, after: 0)
        #expect(try await returns.store("1000000144") == nil)
        // The change was cut off, and the library system did not know of it when it was asked.
        try store.record(SecurityResult(outcome: .declined, reason: "does not stand"), of: back, at: now)
        if isBehind { _ = try change(.checkout, after: jump) }
        await returns.forward()
    }
    #expect(await system.borrower(of: "1000000144") == (isBehind ? "P0009" : nil))
    #expect(try returns.waiting().isEmpty)
}

@Test func `no return is told to lie in the time to come`() async throws {
    let system = offline()
    let store = try Store.inMemory()
    let desk = try makeDesk(system, store)
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    // By a clock that has been set back by an hour since.
    try store.storeReturn(of: "1000000144", at: TestLibrarySystem.still.now() + .seconds(3600))
    let told = try await system.running(link) {
        try await link.ping()
        await returns.forward()
        try await waited { await link.recentLines.contains { $0.text.hasPrefix("09 ") } }
        return await link.recentLines.map(\.text).first { $0.hasPrefix("09 ") } ?? ""
    }
    // Behind ": " and the sign for no block stand the moments of the message and of the return.
    let dates = told.drop { $0 != ":" }.dropFirst(3)
    #expect(dates.hasPrefix("2026") && dates.prefix(18) == dates.dropFirst(18).prefix(18), "\(told)")
}

@Test func `a return waits while it is not known whether a loan since then stands`() async throws {
    let system = offline()
    let store = try Store.inMemory()
    let desk = try makeDesk(system, store)
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    let loan = SecurityIntent(
        barcode: "1000000144",
        changes: [],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: TestLibrarySystem.still.now() + .seconds(60)
    )
    try await system.running(link) {
        try await link.ping()
        _ = try await returns.store("1000000144")
        let asked = try store.record(loan, isAgreed: false)
        await returns.forward()
        #expect(try returns.waiting().count == 1)
        let no = SecurityResult(outcome: .declined, reason: "not lent")
        try store.record(no, of: asked, at: loan.at)
        await returns.forward()
    }
    #expect(await system.borrower(of: "1000000144") == nil)
    #expect(try returns.waiting().isEmpty)
}

@Test func `a return does not wait for ever behind a loan whose item was to stay armed`() async throws {
    let system = offline()
    let store = try Store.inMemory()
    let desk = try makeDesk(system, store)
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    let loan = SecurityIntent(
        barcode: "1000000144",
        changes: [],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: TestLibrarySystem.still.now() + .seconds(60)
    )
    try await system.running(link) {
        try await link.ping()
        _ = try await returns.store("1000000144")
        // Nobody confirms a loan that changes no tag.
        let asked = try store.record(loan, isAgreed: false)
        try store.record(SecurityResult(outcome: .kept, reason: "stays armed"), of: asked, at: loan.at)
        await returns.forward()
    }
    #expect(await system.borrower(of: "1000000144") == "P0009")
    #expect(try returns.waiting().isEmpty)
}

@Test func `what was returned by hand meanwhile is no conflict, what the system does not know is one`() async throws {
    let system = offline()
    let desk = try makeDesk(system, try Store.inMemory())
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    try await system.running(link) {
        try await link.ping()
        _ = try await returns.store("1000000136")
        _ = try await returns.store("9999")
        await returns.forward()
    }
    let left = try returns.waiting()
    #expect(left.map(\.barcode) == ["9999"])
    #expect(left.first?.conflict == "the library system does not know the item")
    #expect(try returns.settle(try #require(left.first).id))
    #expect(try !returns.settle(77))
    #expect(try returns.waiting().isEmpty)
}

@Test func `a system that goes away again finds the rest waiting`() async throws {
    let system = offline()
    let desk = try makeDesk(system, try Store.inMemory())
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    try await system.running(link) {
        try await link.ping()
        _ = try await returns.store("1000000144")
        await system.bench.schedule([.dropBefore, .refuse])
        await returns.forward()
        #expect(try returns.waiting().count == 1)
        #expect(await system.borrower(of: "1000000144") == "P0009")
        await returns.forward()
        #expect(try returns.waiting().isEmpty)
    }
}

@Test func `the system's own word about going on without it is obeyed, and so is the site's`() async throws {
    let asked = TestLibrarySystem()
    let desk = try makeDesk(asked, try Store.inMemory())
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    #expect(try await returns.store("1000000144")?.contains("not asked yet") == true)
    try await asked.running(link) { try await link.ping() }
    #expect(try await returns.store("1000000144")?.contains("does not allow") == true)
    var strict = offline()
    strict.offline = .refuse
    let other = try #require(try makeDesk(strict, try Store.inMemory()).returns)
    #expect(try await other.store("1000000144")?.contains("refuse") == true)
    #expect(try returns.waiting().isEmpty)
}

@Test func `a return that was kept is left to somebody who looks when a kiosk tells late of a loan`() async throws {
    let system = offline()
    let store = try Store.inMemory()
    let desk = try makeDesk(system, store)
    let (link, returns) = (try #require(desk.circulation), try #require(desk.returns))
    try await system.running(link) {
        try await link.ping()
        for barcode in ["1000000144", "1000000136"] { #expect(try await returns.store(barcode) == nil) }
        returns.take(ProxyOrder(item: "1000000144", verdict: loan, cause: .checkout, isLate: true))
        await returns.forward()
    }
    let left = try returns.waiting()
    #expect(left.map(\.barcode) == ["1000000144"])
    #expect(left.first?.conflict == "a kiosk told late of a loan of it, which may be older or younger")
    #expect(await system.borrower(of: "1000000144") == "P0009")
}

@Test func `a return that is just being told is not settled when a kiosk tells late of a loan`() async throws {
    let system = offline()
    let store = try Store.inMemory()
    let link = system.link()
    let still = TestLibrarySystem.still
    let ear = ReturnsDesk(link: link, store: store, time: still, logger: TestBranch.logger)
    // The moment is asked for when the return has been looked at for the last time, and is told then.
    let time = Timekeeper(
        now: {
            ear.take(ProxyOrder(item: "1000000144", verdict: loan, cause: .checkout, isLate: true))
            return still.now()
        },
        sleep: still.sleep
    )
    let returns = ReturnsDesk(link: link, store: store, time: time, logger: TestBranch.logger)
    try store.storeReturn(of: "1000000144", at: still.now())
    try await system.running(link) {
        try await link.ping()
        await returns.forward()
    }
    #expect(await system.borrower(of: "1000000144") == nil)
    #expect(try returns.waiting().map { $0.conflict == nil } == [false])
}

private let loan = SecurityVerdict.change(to: .disarmed)
private let early = LoanStanding(since: Moment(milliseconds: 1), changesBefore: 0, number: 1)

@Test(
    arguments: [
        (ProxyOrder(item: "1000000144", verdict: loan, cause: .checkout), false),
        (ProxyOrder(item: "1000000144", verdict: .keep("stays armed"), cause: .checkout), false),
        (ProxyOrder(item: "1000000144", verdict: .leave("not lent"), cause: .checkout), true),
        (ProxyOrder(item: "1000000144", verdict: loan, cause: .checkout, mayBeElsewhere: true), true),
        (ProxyOrder(item: "1000000144", verdict: .change(to: .armed), cause: .checkin), true),
        // By a clock that was set back behind the return.
        (ProxyOrder(item: "1000000144", verdict: loan, cause: .checkout, standing: early), false),
        (ProxyOrder(item: "1000000136", verdict: loan, cause: .checkout), true),
    ] as [(ProxyOrder, Bool)]
)
func `a return that waits is not told any more when a kiosk was answered that the item is lent`(
    _ order: ProxyOrder,
    _ waits: Bool
) throws {
    let store = try Store.inMemory()
    let returns = try #require(try makeDesk(offline(), store).returns)
    try store.storeReturn(of: "1000000144", at: TestLibrarySystem.still.now())
    returns.take(order)
    #expect(try returns.waiting().isEmpty == !waits)
}
