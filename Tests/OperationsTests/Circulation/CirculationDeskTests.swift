import Field
import Library
import Operations
import SIP2
import Store
import Tags
import Testing

private let (free, lent, inhibited) = ("1000000136", "1000000144", "1000000152")
private let borrower = Borrower(identifier: "P0001")

/// The desk of a branch whose pad carries these tags, and everything about it that a test looks at.
private struct TestDesk {
    let system: TestLibrarySystem
    let store: Store
    let desk: ServiceDesk

    init(
        _ tags: [(barcode: String, afi: UInt8)],
        _ system: TestLibrarySystem = TestLibrarySystem(),
        items: [Item]? = nil
    ) throws {
        self.system = system
        store = try TestBranch.store(
            items ?? [
                TestBranch.item(free, "QA 76 .A1"), TestBranch.item(lent, "QA 76 .A2", status: .onLoan),
                TestBranch.item(inhibited, "QA 76 .A3"),
            ]
        )
        let virtual = try tags.enumerated().map { number, tag in
            try TestBranch.tag(tag.barcode, serial: UInt64(number + 1), afi: tag.afi)
        }
        // A repair reads those tags alone that are known as the item's.
        try store.remember(
            zip(virtual, tags).map { tag, wanted in
                TagRecord(
                    uid: tag.uid,
                    barcode: wanted.barcode,
                    model: "28560-3",
                    owner: TestBranch.owner,
                    readAt: Moment(milliseconds: 1)
                )
            }
        )
        // Polls and retries pass at once, whoever waits for minutes waits.
        let time = ManualTime().keeper
        desk = try ServiceDesk(
            store: store,
            time: Timekeeper(now: time.now) { duration in
                try await duration < .seconds(3) ? time.sleep(duration) : Task.sleep(for: .seconds(3600))
            },
            settings: ServiceDesk.Settings(
                rules: SweepRules(security: TestBranch.policy),
                shelfOrder: .standard,
                scheme: .lcc,
                snapshots: 1
            ),
            readers: [TestBranch.setup("pad-1", .pad, virtual)],
            circulation: system.setup,
            logger: TestBranch.logger
        )
    }

    /// Runs pad and link while `body` works with the desk for loans.
    func running<Value: Sendable>(
        _ body: @Sendable (CirculationDesk, Station) async throws -> Value
    ) async throws -> Value {
        let (link, loans) = (try #require(desk.circulation), try #require(desk.loans))
        let station = try desk.station("pad-1")
        return try await system.running(link) {
            try await link.ping()
            return try await TestBranch.running(station) { try await body(loans, station) }
        }
    }

    /// The library system hangs up and takes no more calls.
    func goAway() async {
        await system.bench.schedule([.dropBefore] + Array(repeating: LibrarySystemFault.refuse, count: 64))
        await #expect(throws: CirculationError.self) { try await desk.circulation?.ping() }
    }

    /// The AFI on each tag, by its barcode.
    func afis(_ station: Station) async throws -> [String: UInt8] {
        let tags = try await desk.tags(on: station.setup.name)
        return Dictionary(
            tags.compactMap { tag in
                guard let barcode = tag.content?.primaryItemIdentifier, let afi = tag.memory?.afi else { return nil }
                return (barcode, afi)
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

@Test func `a loan that stands releases the item, and the journal knows of it`() async throws {
    let test = try TestDesk([(free, 0x07)])
    let report = try await test.running { loans, station in
        let report = try await loans.checkOut(free, for: borrower, on: station)
        #expect(try await test.afis(station) == [free: 0xC2])
        return report
    }
    guard case .stands = report.end, report.shortfall == nil, report.due != nil else {
        Issue.record("found \(report), wanted a loan with its tags read back")
        return
    }
    #expect(await test.system.borrower(of: free) == "P0001")
    let record = try #require(try test.store.lastChange(of: free))
    #expect(record.isAgreed && record.intent.cause == .checkout && record.lastResult?.outcome == .done)
}

@Test func `a loan the system does not make leaves tag and loan, and the journal has none of its words`() async throws {
    let test = try TestDesk([(free, 0x07)])
    let report = try await test.running { loans, station in
        let report = try await loans.checkOut(free, for: Borrower(identifier: "P0002"), on: station)
        #expect(try await test.afis(station) == [free: 0x07])
        return report
    }
    guard case .refused = report.end else {
        Issue.record("found \(report.end), wanted a refusal")
        return
    }
    #expect(report.messages == ["Patron is blocked"])
    let result = try #require(try test.store.lastChange(of: free)?.lastResult)
    #expect(result.outcome == .declined && result.reason == "the library system did not agree")
    #expect(try test.store.openIntents().isEmpty)
}

@Test func `nobody is asked for an item that is not on the pad`() async throws {
    let test = try TestDesk([(free, 0x07)])
    let report = try await test.running { loans, station in
        try await loans.checkOut(inhibited, for: borrower, on: station)
    }
    guard case .refusedAtPad(.notOnPad) = report.end else {
        Issue.record("found \(report.end), wanted it refused at the pad")
        return
    }
    #expect(await test.system.borrower(of: inhibited) == nil)
    #expect(try test.store.journal().isEmpty)
}

@Test func `a kiosk does not ask for what the table refuses, unless the library system knows better`() async throws {
    let test = try TestDesk([(free, 0x07)], items: [TestBranch.item(free, "QA 76 .A1", status: .lost)])
    let reports = try await test.running { loans, station in
        var records = await test.system.bench.records
        records.items[free]?.status = .lost
        await test.system.bench.setRecords(records)
        let lost = try await loans.checkOut(free, for: borrower, on: station, atKiosk: true)
        // Found again this morning, after the holdings were taken.
        records.items[free]?.status = .available
        await test.system.bench.setRecords(records)
        return [lost, try await loans.checkOut(free, for: borrower, on: station, atKiosk: true)]
    }
    try #require(reports.count == 2)
    guard case .refusedAtPad(.notAtKiosk(let reason)) = reports[0].end else {
        Issue.record("found \(reports[0].end), wanted it refused at the kiosk")
        return
    }
    #expect(reason.contains("lost"))
    guard case .stands = reports[1].end, reports[1].shortfall == nil else {
        Issue.record("found \(reports[1]), wanted a loan")
        return
    }
    #expect(await test.system.borrower(of: free) == "P0001")
}

@Test func `an item that may not leave the house stays armed on loan, and nobody repairs that`() async throws {
    let test = try TestDesk([(inhibited, 0x07), (lent, 0x07)])
    try await test.running { loans, station in
        let report = try await loans.checkOut(inhibited, for: borrower, on: station)
        guard case .stands = report.end, case .left(let why) = report.tags else {
            Issue.record("found \(report), wanted a loan that leaves the tag")
            return
        }
        #expect(why.contains("stay armed"))
        // The other item is on loan and armed by mistake: once that is mended, both were looked at.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await test.desk.security.run(on: [station]) }
            try await waited { try await test.afis(station)[lent] == 0xC2 }
            try await waited { try await test.desk.security.ends()[.repaired] == 1 }
            group.cancelAll()
        }
        #expect(try await test.afis(station) == [inhibited: 0x07, lent: 0xC2])
    }
    #expect(try test.store.lastChange(of: inhibited)?.lastResult?.outcome == .kept)
    #expect(try await test.desk.security.divergences().isEmpty)
}

@Test func `a loan whose answer never came is looked up, and the tag follows it`() async throws {
    let test = try TestDesk([(free, 0x07)])
    try await test.running { loans, station in
        await test.system.bench.schedule(Array(repeating: LibrarySystemFault.silence, count: 8))
        let report = try await loans.checkOut(free, for: borrower, on: station)
        guard case .uncertain = report.end, case .left = report.tags else {
            Issue.record("found \(report), wanted an uncertain loan and the tag left alone")
            return
        }
        #expect(try await test.afis(station) == [free: 0x07])
        #expect(try test.store.openIntents().map(\.isAgreed) == [false])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await test.desk.security.run(on: [station]) }
            // Whatever trouble is left is used up: then the system says that the loan stands.
            try await waited {
                if try await test.afis(station)[free] == 0xC2 { return true }
                _ = try? await test.desk.circulation?.ping()
                return false
            }
            try await waited { try test.store.openIntents().isEmpty }
            group.cancelAll()
        }
    }
    let record = try #require(try test.store.lastChange(of: free))
    #expect(record.isAgreed && record.lastResult?.outcome == .done)
    #expect(await test.system.borrower(of: free) == "P0001")
}

@Test func `a return arms the item, also when the system says that it was not on loan at all`() async throws {
    let test = try TestDesk([(lent, 0xC2), (free, 0xC2)])
    try await test.running { loans, station in
        let back = try await loans.checkIn(lent, on: station)
        guard case .stands = back.end, back.shortfall == nil else {
            Issue.record("found \(back), wanted a return with its tags read back")
            return
        }
        let found = try await loans.checkIn(free, on: station)
        guard case .refused = found.end, case .changed = found.tags, found.shortfall == nil else {
            Issue.record("found \(found), wanted an item secured that was not on loan")
            return
        }
        #expect(try await test.afis(station) == [lent: 0x07, free: 0x07])
    }
    #expect(await test.system.borrower(of: lent) == nil)
}

@Test func `a return while the system is away is kept for it, and its tag armed`() async throws {
    var system = TestLibrarySystem()
    system.twin.allowsOffline = true
    let test = try TestDesk([(lent, 0xC2)], system)
    try await test.running { loans, station in
        await test.goAway()
        let report = try await loans.checkIn(lent, on: station)
        guard case .kept = report.end, report.shortfall == nil else {
            Issue.record("found \(report), wanted a kept return with its tags read back")
            return
        }
        #expect(try await test.afis(station) == [lent: 0x07])
    }
    #expect(try test.store.storedReturns().map(\.barcode) == [lent])
    #expect(await test.system.borrower(of: lent) == "P0009")
}

@Test func `a loan while the system is away is not made, and nothing stays open`() async throws {
    let test = try TestDesk([(free, 0x07)])
    try await test.running { loans, station in
        await test.goAway()
        let report = try await loans.checkOut(free, for: borrower, on: station)
        guard case .away = report.end else {
            Issue.record("found \(report.end), wanted the system to be away")
            return
        }
        #expect(try await test.afis(station) == [free: 0x07])
    }
    #expect(try test.store.openIntents().isEmpty)
}

@Test func `an item whose return is still to be told is not lent before, for that would end the loan`() async throws {
    var system = TestLibrarySystem()
    system.twin.allowsOffline = true
    let test = try TestDesk([(lent, 0x07)], system)
    try await test.running { loans, station in
        try test.store.storeReturn(of: lent, at: Moment(milliseconds: 1))
        let early = try await loans.checkOut(lent, for: borrower, on: station)
        guard case .notAsked(let why) = early.end, why.contains("last return") else {
            Issue.record("found \(early.end), wanted nobody to be asked")
            return
        }
        #expect(try await test.afis(station) == [lent: 0x07])
        await test.desk.returns?.forward()
        let later = try await loans.checkOut(lent, for: borrower, on: station)
        guard case .stands = later.end, later.shortfall == nil else {
            Issue.record("found \(later), wanted a loan with its tags read back")
            return
        }
        await test.desk.returns?.forward()
        #expect(try await test.afis(station) == [lent: 0xC2])
    }
    #expect(await test.system.borrower(of: lent) == "P0001")
}
