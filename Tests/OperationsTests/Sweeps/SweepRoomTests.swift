import Field
import Library
import Operations
import Store
import Tags
import Testing
import Wire

private let items = [
    TestBranch.item("b1", "QA 76 .A1 2000"), TestBranch.item("b2", "QA 76 .B1 2000"),
    TestBranch.item("b3", "QA 76 .C1 2000"), TestBranch.item("lent", "QA 76 .D1 2000", status: .onLoan),
]

private let scope = SweepScope(branch: "MAIN", location: "REF")

private func room(_ store: Store, _ time: ManualTime) throws -> SweepRoom {
    try SweepRoom(
        store: store,
        time: time.keeper,
        rules: SweepRules(security: TestBranch.policy),
        events: EventHub(),
        logger: TestBranch.logger
    )
}

/// A wand's look at tags with these barcodes.
private func round(_ barcodes: [String], at moment: Int64) throws -> StationRound {
    let heard = try barcodes.map { barcode in
        let tag = try TestBranch.tag(barcode, serial: UInt64(CRC16.air.value(barcode.utf8)))
        return HeardTag(
            uid: tag.uid,
            at: Moment(milliseconds: moment),
            antenna: nil,
            signal: nil,
            afi: tag.afi,
            content: .read(tag.content, LibraryTag(reading: tag.content))
        )
    }
    return StationRound(
        reader: "wand-1",
        role: .wand,
        at: Moment(milliseconds: moment),
        arrived: heard,
        left: [],
        heard: heard.map(\.uid),
        present: heard.map(\.uid)
    )
}

@Test func `a sweep counts what it hears and reports what stayed silent between its neighbours`() async throws {
    let room = try room(try TestBranch.store(items), ManualTime())
    let begun = try await room.start(scope)
    #expect(begun.summary.expected == 3)
    await room.take(try round(["b1", "b3", "lent"], at: 1_700_000_001_000))
    let current = try #require(try await room.current())
    #expect(current.summary.seen == 2)
    #expect(current.sightings == 3)
    let done = try await room.finish()
    #expect(done.summary.seen == 2)
    #expect(done.summary.missing == 1)
    let findings = try await room.findings(done.sweep.id)
    #expect(findings.contains { $0.kind == .missing && $0.item?.barcode == "b2" })
    #expect(findings.contains { $0.kind == .onLoan && $0.item?.barcode == "lent" })
}

@Test func `a sweep goes on after a restart with every sighting it had`() async throws {
    let store = try TestBranch.store(items)
    let first = try room(store, ManualTime())
    let begun = try await first.start(scope)
    await first.take(try round(["b1", "b2"], at: 1_700_000_001_000))
    let second = try room(store, ManualTime())
    let taken = try #require(try await second.current())
    #expect(taken.sweep.id == begun.sweep.id)
    #expect(taken.sightings == 2)
    #expect(taken.summary.seen == 2)
    await second.take(try round(["b3"], at: 1_700_000_002_000))
    #expect(try await second.finish().summary.seen == 3)
}

@Test func `a second sweep, an empty scope and an empty store are refused with a hint`() async throws {
    let room = try room(try TestBranch.store(items), ManualTime())
    await #expect(throws: SweepRefusal.nothingExpected) { _ = try await room.start(SweepScope(location: "XYZ")) }
    let begun = try await room.start(scope)
    await #expect(throws: SweepRefusal.alike(begun.sweep.id)) { _ = try await room.start(scope) }
    let bare = try SweepRoom(
        store: try Store.inMemory(),
        time: ManualTime().keeper,
        rules: SweepRules(),
        events: EventHub(),
        logger: TestBranch.logger
    )
    await #expect(throws: SweepRefusal.noHoldings) { _ = try await bare.start(scope) }
    await #expect(throws: SweepRefusal.notRunning) { _ = try await bare.finish() }
    #expect(try await bare.current() == nil)
}

@Test func `sightings outside a sweep are not kept`() async throws {
    let room = try room(try TestBranch.store(items), ManualTime())
    await room.take(try round(["b1"], at: 1_700_000_001_000))
    #expect(try await room.start(scope).sightings == 0)
}

@Test func `what lies on a pad when a sweep of it begins is heard`() async throws {
    let store = try TestBranch.store(items)
    let room = try room(store, ManualTime())
    var look = try round(["b1", "b2"], at: 1_700_000_001_000)
    (look.reader, look.role) = ("pad-1", .pad)
    let book = TagBook(store: store)
    try store.remember(try look.arrived.compactMap { try book.record(of: $0) })
    await room.take(look)
    (look.arrived, look.left) = ([], [look.present[1]])
    (look.heard, look.present) = ([look.present[0]], [look.present[0]])
    await room.take(look)
    let begun = try await room.start(scope, plan: SweepPlan(readers: ["pad-1"]))
    #expect(begun.sightings == 1 && begun.summary.seen == 1)
    #expect(try await room.start(scope).sightings == 0, "nobody said that this pad is to be listened to")
}

@Test func `holdings replaced in the middle give a new picture from the same sightings`() async throws {
    let store = try TestBranch.store(items)
    let room = try room(store, ManualTime())
    _ = try await room.start(scope)
    await room.take(try round(["b1"], at: 1_700_000_001_000))
    let work = try store.beginImport(profile: "test", source: "new", at: Moment(milliseconds: 2))
    for (number, item) in (items + [TestBranch.item("b4", "QA 76 .E1 2000")]).enumerated() {
        try work.add(item, line: number + 1)
    }
    _ = try work.commit(at: Moment(milliseconds: 1_700_000_001_500))
    // Whoever counts the sweeps in progress is the first that looks.
    #expect(await room.views.map(\.summary.expected) == [4])
    await room.take(try round(["b4"], at: 1_700_000_002_000))
    let view = try #require(try await room.current())
    #expect(view.summary.expected == 4)
    #expect(view.summary.seen == 2)
    #expect(view.sightings == 2)
}

@Test func `a patron card leaves no trace in a sweep`() async throws {
    let store = try TestBranch.store(items)
    let room = try room(store, ManualTime())
    let begun = try await room.start(scope)
    let chip = try #require(ChipTable.named("ICODE SLIX"))
    let content = TagContent(
        primaryItemIdentifier: "P4711",
        ownerInstitution: TestBranch.owner,
        typeOfUsage: TypeOfUsage(rawValue: 0x80)
    )
    let card = VirtualTag(
        uid: TagUID(0xE004_0150_0000_4711),
        chip: chip,
        content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
    )
    let heard = HeardTag(
        uid: card.uid,
        at: Moment(milliseconds: 1_700_000_001_000),
        antenna: nil,
        signal: nil,
        afi: card.afi,
        content: .read(card.content, LibraryTag(reading: card.content))
    )
    await room.take(
        StationRound(
            reader: "wand-1",
            role: .wand,
            at: heard.at,
            arrived: [heard],
            left: [],
            heard: [card.uid],
            present: [card.uid]
        )
    )
    #expect(try store.sightings(of: begun.sweep.id).isEmpty)
    #expect(try store.tag(uid: card.uid) == nil)
}
