import Field
import Library
import Store
import Tags
import Testing

@testable import Operations

private let (here, elsewhere) = ("1000000136", "1000000144")

/// A pad beside a kiosk with one item on it; another one of the patron's is at home.
private struct KioskPad {
    let store: Store
    let branch: PadBranch
    let desk: SecurityDesk
    let station: Station
    let tags: [TagUID]

    /// - Parameters:
    ///   - written: the barcode on the tag of the item that lies there, a former one of it where it is another.
    ///   - afi: what that tag says.
    init(written: String = here, afi: UInt8 = 0x07) async throws {
        let tags = try [TestBranch.tag(written, serial: 1, afi: afi), TestBranch.tag(elsewhere, serial: 2)]
        self.tags = tags.map(\.uid)
        var items = [here, elsewhere].map { TestBranch.item($0, "QA 76 .A1 2000") }
        if written != here { items[0].otherBarcodes = [written] }
        store = try TestBranch.store(items)
        branch = try await PadBranch(tags)
        let time = ManualTime()
        let desk = SecurityDesk(
            store: store,
            time: time.keeper,
            policy: TestBranch.policy,
            events: EventHub(),
            logger: TestBranch.logger
        )
        self.desk = desk
        station = TestBranch.station(branch.setup("pad-1", .pad), time: time, deliver: { desk.take($0) })
        try await branch.put([tags[0].uid])
    }

    /// What became of an answer once the pad has looked around, and what the tags say then.
    func follow(_ orders: ProxyOrder...) async throws -> (ends: [ProxyEnd], afis: [UInt8?]) {
        try await TestBranch.running(station) {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await desk.run(on: [station]) }
                defer { group.cancelAll() }
                guard await eventually({ await desk.lying["pad-1"]?.isEmpty == false }) else { return ([], []) }
                var ends: [ProxyEnd] = []
                for order in orders { ends.append(await desk.follow(order, on: station)) }
                return (ends, await branch.afis(tags))
            }
        }
    }
}

extension KioskPad {
    /// The item's last return was cut off before its tag was secured.
    func leaveReturnOpen() throws {
        let intent = SecurityIntent(
            barcode: here,
            changes: [SecurityChange(uid: tags[0], before: .afi(0xC2), wanted: .afi(0x07))],
            wanted: .armed,
            cause: .checkin,
            reader: "pad-1",
            at: Moment(milliseconds: 1_700_000_000_000)
        )
        let id = try store.record(intent)
        try store.record(SecurityResult(outcome: .uncertain, reason: "the tag left"), of: id, at: intent.at)
    }

    /// Lets the pad look around until nothing is open; what the tag of the item says then.
    func settle() async throws -> UInt8? {
        try await TestBranch.running(station) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await desk.run(on: [station]) }
                defer { group.cancelAll() }
                let isSettled = try await eventually { try store.openIntents().isEmpty }
                #expect(isSettled)
                return await branch.afis([tags[0]])[0]
            }
        }
    }
}

private let loan = ProxyOrder(item: here, verdict: .change(to: .disarmed), cause: .checkout)

@Test(arguments: [false, true])
func `a loan whose tag cannot be reached goes before the return that waits for it`(_ isAway: Bool) async throws {
    let pad = try await KioskPad(afi: 0xC2)
    try pad.leaveReturnOpen()
    if isAway {
        // The pad's loop does not run yet.
        guard case .failed = await pad.desk.follow(loan, on: pad.station) else {
            Issue.record("wanted a failure")
            return
        }
    } else {
        try await pad.branch.field.clearPad("pad-1")
        try await TestBranch.running(pad.station) { _ = await pad.desk.follow(loan, on: pad.station) }
        try await pad.branch.put([pad.tags[0]])
    }
    #expect(try pad.store.openIntents().map(\.intent.wanted) == [.armed, .disarmed])
    #expect(try await pad.settle() == 0xC2)
    #expect(try pad.store.journal().map(\.lastResult?.outcome) == [.superseded, .done])
    #expect(try pad.store.openDivergences().isEmpty)
}

@Test func `a loan and a return that were told while the pad was away are carried out when it is back`() async throws {
    for (afi, wanted) in [(UInt8(0x07), SecurityState.disarmed), (0xC2, .armed)] {
        let pad = try await KioskPad(afi: afi)
        try pad.store.remember([
            TagRecord(
                uid: pad.tags[0],
                barcode: here,
                model: "iso28560-3",
                owner: TestBranch.owner,
                readAt: Moment(milliseconds: 1_700_000_000_000)
            )
        ])
        let cause = wanted == .armed ? SecurityCause.checkin : .checkout
        let order = ProxyOrder(item: here, verdict: .change(to: wanted), cause: cause)
        guard case .failed = await pad.desk.follow(order, on: pad.station) else {
            Issue.record("wanted a failure")
            return
        }
        #expect(try pad.store.openIntents().map(\.lastResult?.outcome) == [.uncertain])
        let right: UInt8 = wanted == .armed ? 0x07 : 0xC2
        #expect(try await pad.settle() == right)
    }
}

@Test func `a loan that was told late does not go before a return that came after it`() async throws {
    let pad = try await KioskPad(afi: 0xC2)
    try pad.leaveReturnOpen()
    var order = loan
    // By a clock that ran an hour ahead then: the journal had nothing yet.
    order.standing = LoanStanding(since: Moment(milliseconds: 1_700_003_600_000), changesBefore: 0, number: 1)
    _ = await pad.desk.follow(order, on: pad.station)
    #expect(try pad.store.openIntents().map(\.intent.wanted) == [.armed])
    #expect(try await pad.settle() == 0x07)
}

@Test func `a loan goes before the return before it although the clock was set back in between`() async throws {
    let pad = try await KioskPad(afi: 0xC2)
    try pad.leaveReturnOpen()
    var order = loan
    order.standing = LoanStanding(
        since: Moment(milliseconds: 1_699_996_400_000),
        changesBefore: try pad.store.lastSecurityChange(),
        number: 1
    )
    _ = await pad.desk.follow(order, on: pad.station)
    #expect(try pad.store.openIntents().map(\.intent.wanted) == [.armed, .disarmed])
    #expect(try await pad.settle() == 0xC2)
}

@Test func `a loan goes before the return before it although a question about another item is out`() async throws {
    let pad = try await KioskPad(afi: 0xC2)
    let question = SecurityIntent(
        barcode: elsewhere,
        changes: [],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: Moment(milliseconds: 1_700_000_000_000)
    )
    _ = try pad.store.record(question, isAgreed: false)
    try pad.leaveReturnOpen()
    _ = await pad.desk.follow(loan, on: pad.station)
    let open = try pad.store.openIntents().map(\.intent).filter { $0.barcode == here }
    #expect(open.map(\.wanted) == [.armed, .disarmed])
}

extension KioskPad {
    /// The order whose answer passes now.
    func told(_ order: ProxyOrder) throws -> ProxyOrder {
        var order = order
        order.standing = try desk.loanNow()
        return order
    }

    /// Writes down what somebody has done with the item at another pad.
    func change(_ cause: SecurityCause, to wanted: SecurityState) throws {
        let intent = SecurityIntent(
            barcode: here,
            changes: [],
            wanted: wanted,
            cause: cause,
            reader: "pad-2",
            at: Moment(milliseconds: 1_700_000_000_000)
        )
        let id = try store.record(intent)
        try store.record(SecurityResult(outcome: .done, reason: "test"), of: id, at: intent.at)
    }

    /// What becomes of orders that have their turn one after the other, and what the tag of the item says then.
    func turn(of orders: [ProxyOrder]) async throws -> (ends: [ProxyEnd], afi: UInt8?) {
        try await TestBranch.running(station) {
            var ends: [ProxyEnd] = []
            for order in orders { ends.append(await desk.follow(order, on: station)) }
            return (ends, await branch.afis([tags[0]])[0])
        }
    }
}

private let back = ProxyOrder(item: here, verdict: .change(to: .armed), cause: .checkin)

private func overtaken(by change: SecurityRecord.ID? = nil) -> ProxyEnd {
    let place = change.map { ", change \($0) of the security journal" } ?? ""
    return .failed("refused: item \(here): overtaken by a younger check-in\(place)")
}

@Test(arguments: [false, true])
func `a loan that waited for its turn is refused when the item has come back meanwhile`(_ byHand: Bool) async throws {
    let pad = try await KioskPad()
    let waiting = try pad.told(loan)
    try pad.change(.checkin, to: .armed)
    // What somebody does by hand does not hide the return.
    if byHand { try pad.change(.staff, to: .armed) }
    let (ends, afi) = try await pad.turn(of: [waiting])
    #expect(ends == [overtaken(by: 1)])
    #expect(afi == 0x07)
    #expect(try pad.store.journal().count == (byHand ? 2 : 1))
}

@Test func `a renewal that waited does not release what has come back meanwhile`() async throws {
    let pad = try await KioskPad()
    let waiting = try pad.told(renewal(here))
    try pad.change(.checkin, to: .armed)
    let (ends, afis) = try await pad.follow(waiting)
    #expect(ends == [overtaken(by: 1)])
    #expect(afis == [0x07, 0x07])
}

@Test func `a loan that was to stay armed leaves no word when the item has come back meanwhile`() async throws {
    let pad = try await KioskPad()
    let waiting = try pad.told(ProxyOrder(item: here, verdict: .keep("stays armed"), cause: .checkout))
    try pad.change(.checkin, to: .armed)
    let (ends, _) = try await pad.turn(of: [waiting])
    #expect(ends == [.nothing])
    #expect(try pad.store.journal().map(\.intent.cause) == [.checkin])
}

@Test func `a loan that a younger one has overtaken is no failure, and leaves no word`() async throws {
    let pad = try await KioskPad(afi: 0xC2)
    let waiting = try pad.told(loan)
    try pad.change(.checkout, to: .disarmed)
    let (ends, afi) = try await pad.turn(of: [waiting])
    #expect(ends == [.nothing])
    #expect(afi == 0xC2)
    #expect(try pad.store.journal().count == 1)
}

@Test(arguments: [false, true])
func `of a loan and a return that both waited the later one holds, whichever has its turn first`(
    _ isReversed: Bool
) async throws {
    let pad = try await KioskPad()
    var orders = [try pad.told(loan), try pad.told(back)]
    if isReversed { orders.reverse() }
    let (ends, afi) = try await pad.turn(of: orders)
    let second: ProxyEnd = isReversed ? overtaken() : .followed
    #expect(ends == [.followed, second])
    #expect(afi == 0x07)
}

@Test func `a return that found no tag goes before the loan that was told before it`() async throws {
    let pad = try await KioskPad()
    let waiting = try pad.told(loan)
    try await pad.branch.field.clearPad("pad-1")
    _ = try await pad.turn(of: [try pad.told(back)])
    #expect(try pad.store.journal().isEmpty)
    try await pad.branch.put([pad.tags[0]])
    let (ends, afi) = try await pad.turn(of: [waiting])
    #expect(ends == [overtaken()])
    #expect(afi == 0x07)
}

@Test(arguments: [true, false])
func `a loan that was told late releases nothing of which a return was kept`(_ isKept: Bool) async throws {
    let pad = try await KioskPad()
    if isKept { try pad.store.storeReturn(of: here, at: Moment(milliseconds: 1_700_000_000_000)) }
    var late = loan
    late.isLate = true
    let (ends, afi) = try await pad.turn(of: [try pad.told(late)])
    let failed = ProxyEnd.failed("a return of the item was kept, and the loan that was told late may be older")
    #expect(ends == [isKept ? failed : ProxyEnd.followed])
    #expect(afi == (isKept ? 0x07 : 0xC2))
    #expect(try pad.store.journal().isEmpty == isKept)
}

private func renewal(_ item: String) -> ProxyOrder {
    ProxyOrder(item: item, verdict: .change(to: .disarmed), cause: .checkout, mayBeElsewhere: true)
}

@Test func `a renewed item is released where it lies on the pad, and one at home is no failure`() async throws {
    let pad = try await KioskPad()
    let (ends, afis) = try await pad.follow(renewal(elsewhere), renewal(here))
    #expect(ends == [.nothing, .followed])
    #expect(afis == [0xC2, 0x07])
    #expect(try pad.store.journal().map(\.intent.barcode) == [here])
}

@Test func `an item whose tag bears a former barcode is shown, renewed and journalled under its own`() async throws {
    let pad = try await KioskPad(written: "0000000017")
    let (ends, afis) = try await pad.follow(renewal(here))
    #expect(ends == [.followed])
    #expect(afis == [0xC2, 0x07])
    #expect(try pad.store.journal().map(\.intent.barcode) == [here])
    let lying = try await pad.desk.items(on: pad.station)
    #expect(lying.map(\.barcode) == [here] && lying.map(\.title) == ["Title of \(here)"])
}

@Test func `a renewal while the pad is away is no failure, and nothing is left open for it`() async throws {
    let pad = try await KioskPad()
    #expect(await pad.desk.follow(renewal(here), on: pad.station) == .nothing)
    #expect(try pad.store.journal().isEmpty)
}

@Test func `a renewal that found nothing keeps no older loan from its tags`() async throws {
    let pad = try await KioskPad()
    let (waiting, renewed) = (try pad.told(loan), try pad.told(renewal(here)))
    #expect(await pad.desk.follow(renewed, on: pad.station) == .nothing)
    let (ends, afi) = try await pad.turn(of: [waiting])
    #expect(ends == [.followed])
    #expect(afi == 0xC2)
}

@Test func `a loan of an item that does not lie there is a failure`() async throws {
    let pad = try await KioskPad()
    let (ends, _) = try await pad.follow(
        ProxyOrder(item: elsewhere, verdict: .change(to: .disarmed), cause: .checkout)
    )
    guard case .failed(let why)? = ends.first else {
        Issue.record("found \(ends), wanted a failure")
        return
    }
    #expect(why.contains("not on the pad"))
}

@Test func `an item that was lent to stay armed stays so when it is renewed`() async throws {
    let pad = try await KioskPad()
    let (ends, afis) = try await pad.follow(
        ProxyOrder(item: here, verdict: .keep("lent, the library system wants it to stay armed"), cause: .checkout),
        renewal(here)
    )
    #expect(ends == [.nothing, .nothing])
    #expect(afis == [0x07, 0x07])
}

@Test func `an item that was lent to stay armed stays so although a later loan of it was declined`() async throws {
    let pad = try await KioskPad()
    for outcome in [SecurityOutcome.kept, .declined] {
        let intent = SecurityIntent(
            barcode: here,
            changes: [SecurityChange(uid: pad.tags[0], before: .afi(0x07), wanted: .afi(0xC2))],
            wanted: .disarmed,
            cause: .checkout,
            reader: "pad-1",
            at: Moment(milliseconds: 1_700_000_000_000)
        )
        let id = try pad.store.record(intent, isAgreed: false)
        try pad.store.record(SecurityResult(outcome: outcome, reason: "test"), of: id, at: intent.at)
    }
    let (ends, afis) = try await pad.follow(renewal(here))
    #expect(ends == [.nothing])
    #expect(afis == [0x07, 0x07])
}
