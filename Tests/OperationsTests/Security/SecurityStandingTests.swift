import Library
import Store
import Tags
import Testing

@testable import Operations

private let barcode = "1000000136"

/// How an item stands by holdings and journal alone: the library system cannot be asked.
private struct Journal {
    static let start = Moment(milliseconds: 1_700_000_000_000)
    let store: Store

    init(_ status: ItemStatus) throws {
        store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000", status: status)])
    }

    /// Writes down a change that has ended so, some seconds after the holdings.
    func tell(_ cause: SecurityCause, _ wanted: SecurityState, _ outcome: SecurityOutcome, at second: Int64) throws {
        let intent = SecurityIntent(
            barcode: barcode,
            changes: [SecurityChange(uid: TagUID(0xE004_0150_0000_0001), before: .afi(0x07), wanted: .afi(0xC2))],
            wanted: wanted,
            cause: cause,
            reader: "pad-1",
            at: Self.start + .seconds(second)
        )
        let id = try store.record(intent)
        try store.record(SecurityResult(outcome: outcome, reason: "test"), of: id, at: intent.at)
    }

    /// How the item stands a minute after the holdings.
    var standing: ItemStanding {
        get async throws {
            let time = ManualTime()
            time.advance(by: 60_000)
            return try await desk(time.keeper).standing(asking: item)
        }
    }

    func desk(_ time: Timekeeper, status: StatusQuestion? = nil) -> SecurityDesk {
        SecurityDesk(
            store: store,
            time: time,
            policy: TestBranch.policy,
            status: status,
            events: EventHub(),
            logger: TestBranch.logger
        )
    }

    var item: Item {
        get throws { try #require(try store.item(barcode: barcode)?.item) }
    }
}

/// Both clocks of a machine, of which somebody may set one.
private struct Clocks {
    private let wall = ManualTime()
    private let uptime = ManualTime()

    var keeper: Timekeeper {
        let uptime = uptime
        var keeper = wall.keeper
        keeper.uptime = { .milliseconds(uptime.advance(by: 0)) }
        return keeper
    }

    /// Lets time pass on both.
    func pass(seconds: Int64) {
        set(by: seconds)
        uptime.advance(by: seconds * 1000)
    }

    /// Sets the one on the wall.
    func set(by seconds: Int64) { wall.advance(by: seconds * 1000) }
}

extension SecurityDesk {
    /// How an item stands, worth a question whatever it is.
    fileprivate func standing(asking item: Item) async throws -> ItemStanding {
        try await standing(of: item) { _ in true }
    }
}

@Suite struct SecurityStandingTests {
    @Test func `a loan that was declined does not make the return before it forgotten`() async throws {
        let journal = try Journal(.onLoan)
        #expect(try await journal.standing == .onLoan)
        try journal.tell(.checkin, .armed, .done, at: 10)
        try journal.tell(.checkout, .disarmed, .declined, at: 20)
        #expect(try await journal.standing == .inLibrary)
    }

    @Test func `a repair does not make the return forgotten that it followed`() async throws {
        let journal = try Journal(.onLoan)
        try journal.tell(.checkin, .armed, .done, at: 10)
        try journal.tell(.repair, .armed, .done, at: 20)
        #expect(try await journal.standing == .inLibrary)
    }

    @Test func `a repair that went against holdings or journal leaves it open how the item stands`() async throws {
        let journal = try Journal(.onLoan)
        try journal.tell(.repair, .armed, .done, at: 10)
        #expect(try await journal.standing == .onLoanByOldHoldings, "only the library system can have said so")
        try journal.tell(.checkout, .disarmed, .done, at: 20)
        #expect(try await journal.standing == .onLoan)
        try journal.tell(.repair, .armed, .done, at: 30)
        #expect(try await journal.standing == .onLoanByOldHoldings)
    }

    @Test func `what was lent while holdings were pulled is on loan, whenever the pull came to its end`() async throws {
        let journal = try Journal(.available)
        let pull = try journal.store.beginImport(
            profile: "test",
            source: "test",
            at: Journal.start + .seconds(10),
            asOf: Journal.start + .seconds(10)
        )
        try pull.add(TestBranch.item(barcode, "QA 76 .A1 2000"), line: 1)
        try journal.tell(.checkout, .disarmed, .done, at: 20)
        _ = try pull.commit(at: Journal.start + .seconds(30))
        #expect(try await journal.standing == .onLoan)
    }

    @Test func `a return is younger than the holdings before it, though the clock was set back`() async throws {
        let journal = try Journal(.onLoan)
        try journal.tell(.checkin, .armed, .done, at: -20)
        #expect(try await journal.standing == .inLibrary)
    }

    @Test func `holdings are younger than the loan before them, though the clock was set back`() async throws {
        let journal = try Journal(.onLoan)
        try journal.tell(.checkout, .disarmed, .done, at: 50)
        let file = try journal.store.beginImport(profile: "test", source: "test", at: Journal.start + .seconds(40))
        try file.add(TestBranch.item(barcode, "QA 76 .A1 2000"), line: 1)
        _ = try file.commit(at: Journal.start + .seconds(45))
        #expect(try await journal.standing == .inLibrary)
    }

    @Test func `holdings that are too old to be certain stay so though the clock is set back`() async throws {
        let (journal, clocks) = (try Journal(.onLoan), Clocks())
        let (desk, item) = (journal.desk(clocks.keeper), try journal.item)
        #expect(try await desk.standing(asking: item) == .onLoan)
        clocks.pass(seconds: 1200)
        #expect(try await desk.standing(asking: item) == .onLoanByOldHoldings)
        clocks.set(by: -600)
        #expect(try await desk.standing(asking: item) == .onLoanByOldHoldings)
    }

    @Test func `a loan is certain for a quarter of an hour by the clock that nobody can set`() async throws {
        let (journal, clocks) = (try Journal(.available), Clocks())
        let (desk, item) = (journal.desk(clocks.keeper), try journal.item)
        try journal.tell(.checkout, .disarmed, .done, at: 0)
        clocks.pass(seconds: 300)
        clocks.set(by: -86_400)
        #expect(try await desk.standing(asking: item) == .onLoan, "it is five minutes old")
        clocks.pass(seconds: 900)
        #expect(try await desk.standing(asking: item) == .onLoanByOldHoldings)
        clocks.pass(seconds: 86_400 - 900)
        #expect(try await desk.standing(asking: item) == .onLoanByOldHoldings, "the clock shows the same time again")
        try journal.tell(.checkin, .armed, .done, at: 300)
        #expect(try await desk.standing(asking: item) == .inLibrary, "said by the clock as it goes now")
    }

    @Test func `a loan that an earlier run has dated ahead is not certain once the clock has got there`() async throws {
        let (journal, clocks) = (try Journal(.available), Clocks())
        try journal.tell(.checkout, .disarmed, .done, at: 600)
        let (desk, item) = (journal.desk(clocks.keeper), try journal.item)
        #expect(try await desk.standing(asking: item) == .onLoanByOldHoldings)
        clocks.pass(seconds: 700)
        #expect(try await desk.standing(asking: item) == .onLoanByOldHoldings)
    }

    @Test func `the library system is asked about a loan of which nobody can tell the age`() async throws {
        let journal = try Journal(.available)
        try journal.tell(.checkout, .disarmed, .done, at: 600)
        let (desk, item) = (journal.desk(Clocks().keeper) { _ in .available }, try journal.item)
        let standing = try await desk.standing(of: item) { $0 == .onLoan }
        #expect(standing == .inLibrary)
    }
}
