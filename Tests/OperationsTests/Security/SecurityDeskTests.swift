import Field
import Library
import Operations
import Readers
import Store
import Tags
import Testing
import Wire

private let item = TestBranch.item("1000000136", "QA 76 .A1 2000")

private func desk(_ store: Store, _ time: ManualTime) -> SecurityDesk {
    SecurityDesk(
        store: store,
        time: time.keeper,
        policy: TestBranch.policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
}

/// Asks for `wanted` with these tags on the pad, and returns the answer and the AFI on each tag afterwards.
private func change(
    _ barcode: String,
    to wanted: SecurityState,
    _ tags: [VirtualTag],
    _ store: Store
) async throws -> (report: SecurityReport, afis: [UInt8?]) {
    let time = ManualTime()
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, tags), time: time)
    let desk = desk(store, time)
    return try await TestBranch.running(station) {
        let report = try await desk.change(barcode, to: wanted, cause: .staff, on: station)
        let after = try await station.perform { reader in (try? await reader.readAllTags()) ?? [] }
        return (report, after.map { $0.memory?.afi })
    }
}

@Test func `an item is released, read back, and the journal is closed`() async throws {
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let (report, afis) = try await change("1000000136", to: .disarmed, [tag], store)
    guard case .flipped(_, let result) = report.end else {
        Issue.record("found \(report.end), wanted a flip")
        return
    }
    #expect(result.outcome == .done)
    #expect(result.readBack == [tag.uid: .afi(0xC2)])
    #expect(afis == [0xC2])
    #expect(try store.openIntents().isEmpty)
    #expect(try store.journal().count == 1)
    let number = try #require(report.change)
    #expect(try store.journal().first?.id == number)
}

@Test(arguments: ["1000000136", "0000000017"])
func `an item whose tag bears a former barcode is released under either name and journalled under its own`(
    _ asked: String
) async throws {
    var renamed = item
    renamed.otherBarcodes = ["0000000017"]
    let store = try TestBranch.store([renamed])
    let (report, afis) = try await change(
        asked,
        to: .disarmed,
        [TestBranch.tag("0000000017", serial: 1), TestBranch.tag("1000000144", serial: 2)],
        store
    )
    guard case .flipped(let intent, let result) = report.end else {
        Issue.record("found \(report.end), wanted a flip")
        return
    }
    #expect(result.outcome == .done && intent.barcode == "1000000136" && afis == [0xC2, 0x07])
    for name in ["1000000136", "0000000017"] {
        #expect(try await desk(store, ManualTime()).journal(of: name, limit: 9).map(\.intent) == [intent])
    }
}

@Test func `a former barcode that another item has for its own releases nothing of the other`() async throws {
    var renamed = item
    renamed.otherBarcodes = ["1000000144"]
    let store = try TestBranch.store([renamed, TestBranch.item("1000000144", "QA 76 .A2 2000")])
    let other = try TestBranch.tag("1000000144", serial: 1)
    let (report, afis) = try await change("1000000136", to: .disarmed, [other], store)
    guard case .refused(.notOnPad(barcode: "1000000136", tags: 1)) = report.end else {
        Issue.record("found \(report.end), wanted a refusal")
        return
    }
    #expect(afis == [0x07])
}

@Test func `an item that is released already is left alone`() async throws {
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("1000000136", serial: 1, afi: 0xC2)
    let (report, _) = try await change("1000000136", to: .disarmed, [tag], store)
    guard case .alreadySo(let uids) = report.end else {
        Issue.record("found \(report.end), wanted nothing to do")
        return
    }
    #expect(uids == [tag.uid])
    #expect(try store.journal().isEmpty)
}

@Test func `another library's item is refused and its tag untouched`() async throws {
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("1000000136", serial: 1, owner: "FI-Mamk-M")
    let (report, afis) = try await change("1000000136", to: .disarmed, [tag], store)
    guard case .refused(.foreignOwner("FI-Mamk-M")) = report.end else {
        Issue.record("found \(report.end), wanted a refusal")
        return
    }
    #expect(afis == [0x07])
    #expect(try store.journal().isEmpty)
}

@Test func `a set is changed whole or not at all`() async throws {
    let store = try TestBranch.store([item])
    let parts = try (1...2).map {
        try TestBranch.tag("1000000136", serial: UInt64($0), set: SetInformation(total: 3, ordinal: $0))
    }
    let (missing, untouched) = try await change("1000000136", to: .disarmed, parts, store)
    guard case .refused(.missingParts([3], total: 3)) = missing.end else {
        Issue.record("found \(missing.end), wanted part 3 to be missing")
        return
    }
    #expect(untouched == [0x07, 0x07])
    let third = try TestBranch.tag("1000000136", serial: 3, set: SetInformation(total: 3, ordinal: 3))
    let (whole, changed) = try await change("1000000136", to: .disarmed, parts + [third], store)
    guard case .flipped(_, let result) = whole.end else {
        Issue.record("found \(whole.end), wanted a flip")
        return
    }
    #expect(result.outcome == .done)
    #expect(changed == [0xC2, 0xC2, 0xC2])
}

@Test func `a tag pulled off in the middle of the write is never called done`() async throws {
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let time = ManualTime()
    let setup = StationSetup(name: "pad-1", role: .pad, driver: FEIGDriver.self, place: "loopback", interval: .zero) {
        () async throws(LinkError) -> any Link & ~Copyable in
        var field = TestBranch.field([tag])
        field.torn = [tag.uid]
        return LoopbackLink(FEIGTwin(.pad), over: field)
    }
    let station = TestBranch.station(setup, time: time)
    let desk = desk(store, time)
    let report = try await TestBranch.running(station) {
        try await desk.change("1000000136", to: .disarmed, cause: .staff, on: station)
    }
    guard case .flipped(_, let result) = report.end else {
        Issue.record("found \(report.end), wanted a flip")
        return
    }
    #expect(result.outcome == .uncertain)
    #expect(try store.openIntents().map(\.intent.barcode) == ["1000000136"])
}

@Test func `a change that was cut off is finished when its tag is heard again`() async throws {
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let intent = SecurityIntent(
        barcode: "1000000136",
        changes: [SecurityChange(uid: tag.uid, before: .afi(0x07), wanted: .afi(0xC2))],
        wanted: .disarmed,
        cause: .checkout,
        reader: "pad-1",
        at: Moment(milliseconds: 1_700_000_000_001)
    )
    _ = try store.record(intent)
    let time = ManualTime()
    let desk = desk(store, time)
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, [tag]), time: time, deliver: { desk.take($0) })
    let afis = try await TestBranch.running(station) {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await desk.run(on: [station]) }
            defer { group.cancelAll() }
            try await waited { try store.openIntents().isEmpty }
            return try await station.perform { reader in (try? await reader.readAFI(of: tag.uid)) ?? nil }
        }
    }
    #expect(afis == 0xC2)
    #expect(try store.journal().first?.lastResult?.outcome == .done)
}

@Test func `several items are changed together, each with a report of its own`() async throws {
    let store = try TestBranch.store([item, TestBranch.item("1000000137", "QA 76 .A2 2000")])
    let tags = try [TestBranch.tag("1000000136", serial: 1), TestBranch.tag("1000000137", serial: 2)]
    let time = ManualTime()
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, tags), time: time)
    let desk = desk(store, time)
    let barcodes = ["1000000136", "1000000199", "1000000137"]
    let reports = try await TestBranch.running(station) {
        try await desk.flip(barcodes, to: .disarmed, cause: .staff, on: station)
    }
    #expect(reports.map(\.request.barcode) == barcodes)
    #expect(reports.map { $0.shortfall == nil } == [true, false, true])
}

@Test(
    arguments: [
        (.agreed, 0xC2, .done, true), (.agreedWithoutChange("desensitize N"), 0x07, .kept, true),
        (.declined("blocked"), 0x07, .declined, true), (.unknown("no answer"), 0x07, .unanswered, false),
    ] as [(LoanAnswer, UInt8, SecurityOutcome, Bool)]
)
func `the library system is asked with the intent on the disk, and nothing is written before it agrees`(
    _ answer: LoanAnswer,
    _ afi: UInt8,
    _ outcome: SecurityOutcome,
    _ settles: Bool
) async throws {
    let store = try TestBranch.store([item])
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let time = ManualTime()
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, [tag]), time: time)
    let desk = desk(store, time)
    let (reports, after) = try await TestBranch.running(station) {
        let reports = try await desk.flip(["1000000136"], to: .disarmed, cause: .checkout, on: station) { intent in
            #expect((try? store.openIntents().map(\.intent)) == [intent])
            // The reader is free while the library system thinks.
            let now = try? await station.perform { reader in (try? await reader.readAFI(of: tag.uid)) ?? nil }
            #expect(now == 0x07)
            return answer
        }
        let after = try await station.perform { reader in (try? await reader.readAFI(of: tag.uid)) ?? nil }
        return (reports, after)
    }
    #expect(after == afi)
    try #require(reports.count == 1)
    guard case .flipped(_, let result) = reports[0].end else {
        Issue.record("found \(reports[0].end), wanted an answer")
        return
    }
    #expect(result.outcome == outcome)
    #expect(try store.openIntents().isEmpty == settles)
}

@Test func `an item that cannot be released is not asked for`() async throws {
    let store = try TestBranch.store([item])
    let part = try TestBranch.tag("1000000136", serial: 1, set: SetInformation(total: 2, ordinal: 1))
    let time = ManualTime()
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, [part]), time: time)
    let desk = desk(store, time)
    let reports = try await TestBranch.running(station) {
        try await desk.flip(["1000000136"], to: .disarmed, cause: .checkout, on: station) { _ in
            Issue.record("the library system was asked")
            return .agreed
        }
    }
    try #require(reports.count == 1)
    guard case .refused(.missingParts([2], total: 2)) = reports[0].end else {
        Issue.record("found \(reports[0].end), wanted part 2 to be missing")
        return
    }
    #expect(try store.journal().isEmpty)
}
