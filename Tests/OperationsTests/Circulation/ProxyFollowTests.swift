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

    /// - Parameter written: the barcode on the tag of the item that lies there, a former one of it where it is another.
    init(written: String = here) async throws {
        let tags = try [TestBranch.tag(written, serial: 1), TestBranch.tag(elsewhere, serial: 2)]
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
