import Field
import Library
import Operations
import Readers
import Store
import Synchronization
import Tags
import Testing

private let barcode = "1000000136"
private let other = "1000000144"

/// A desk with pads, and items that a patron moves about while the library system thinks.
private struct Counter {
    let store: Store
    let branch: PadBranch
    let desk: SecurityDesk
    let time = ManualTime()
    let stations: [Station]

    init(_ tags: [VirtualTag]) async throws {
        store = try TestBranch.store(
            [barcode, other].map { TestBranch.item($0, "QA 76 .A1 2000") }
        )
        let branch = try await PadBranch(tags)
        self.branch = branch
        let desk = SecurityDesk(
            store: store,
            time: time.keeper,
            policy: TestBranch.policy,
            status: { branch.status(of: $0) },
            events: EventHub(),
            logger: TestBranch.logger
        )
        self.desk = desk
        let time = time
        stations = ["pad-1", "pad-2"].map { name in
            TestBranch.station(branch.setup(name, .pad), time: time, deliver: { desk.take($0) })
        }
    }

    /// Runs both pads while `body` works with them.
    func running<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await TestBranch.running(stations[0]) { try await TestBranch.running(stations[1], body) }
    }

    /// Lends items on a pad; `meanwhile` happens while the library system thinks.
    func lend(
        _ barcodes: [String] = [barcode],
        on pad: Int = 0,
        meanwhile: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> [SecurityReport] {
        try await desk.flip(barcodes, to: .disarmed, cause: .checkout, on: stations[pad]) { [branch] intent in
            do { try await meanwhile() } catch { Issue.record(error) }
            return branch.ask(intent)
        }
    }
}

private func outcome(_ report: SecurityReport) -> SecurityOutcome? {
    guard case .flipped(_, let result) = report.end else { return nil }
    return result.outcome
}

@Suite struct SecurityPatronTests {
    private func set(_ count: Int, serial: UInt64 = 1) throws -> [VirtualTag] {
        try (1...count).map {
            let part = SetInformation(total: count, ordinal: $0)
            return try TestBranch.tag(barcode, serial: serial + UInt64($0) - 1, set: part)
        }
    }

    @Test func `a part taken away while the library system thinks leaves the loan open, not done`() async throws {
        let parts = try set(3)
        let counter = try await Counter(parts)
        try await counter.branch.put(parts.map(\.uid))
        let reports = try await counter.running {
            try await counter.lend { try await counter.branch.field.takeAway(parts[1].uid) }
        }
        #expect(reports.map(outcome) == [.uncertain])
        #expect(await counter.branch.afis(parts.map(\.uid)) == [0xC2, 0x07, 0xC2])
        #expect(try counter.store.openIntents().map(\.intent.barcode) == [barcode])
        #expect(counter.branch.loans.withLock { $0 } == [barcode], "no loan is cancelled by us")
    }

    @Test func `an item put in the place of another is not released in its stead`() async throws {
        let tags = try [TestBranch.tag(barcode, serial: 1), TestBranch.tag(other, serial: 2)]
        let counter = try await Counter(tags)
        try await counter.branch.put([tags[0].uid])
        let reports = try await counter.running {
            try await counter.lend {
                try await counter.branch.field.takeAway(tags[0].uid)
                try await counter.branch.put([tags[1].uid])
            }
        }
        #expect(reports.map(outcome) == [.uncertain])
        #expect(await counter.branch.afis(tags.map(\.uid)) == [0x07, 0x07])
    }

    @Test func `another copy with the same barcode put in its place is not released either`() async throws {
        let tags = try [TestBranch.tag(barcode, serial: 1), TestBranch.tag(barcode, serial: 2)]
        let counter = try await Counter(tags)
        try await counter.branch.put([tags[0].uid])
        let reports = try await counter.running {
            try await counter.lend {
                try await counter.branch.field.takeAway(tags[0].uid)
                try await counter.branch.put([tags[1].uid])
            }
        }
        #expect(reports.map(outcome) == [.uncertain])
        #expect(await counter.branch.afis(tags.map(\.uid)) == [0x07, 0x07])
    }

    @Test func `what is added while the library system thinks is not touched`() async throws {
        let tags = try [TestBranch.tag(barcode, serial: 1), TestBranch.tag(other, serial: 2)]
        let counter = try await Counter(tags)
        try await counter.branch.put([tags[0].uid])
        let reports = try await counter.running {
            try await counter.lend { try await counter.branch.put([tags[1].uid]) }
        }
        #expect(reports.map(outcome) == [.done])
        #expect(await counter.branch.afis(tags.map(\.uid)) == [0xC2, 0x07])
    }

    @Test func `two copies with one barcode on the pad stop it before anybody is asked`() async throws {
        let tags = try [TestBranch.tag(barcode, serial: 1), TestBranch.tag(barcode, serial: 2)]
        let counter = try await Counter(tags)
        try await counter.branch.put(tags.map(\.uid))
        let reports = try await counter.running { try await counter.lend() }
        try #require(reports.count == 1)
        guard case .refused(.twoItems) = reports[0].end else {
            Issue.record("found \(reports[0].end), wanted two items")
            return
        }
        #expect(counter.branch.loans.withLock { $0.isEmpty })
    }

    @Test func `two stacks on two pads are lent at once, each by its own pad`() async throws {
        let tags = try [TestBranch.tag(barcode, serial: 1), TestBranch.tag(other, serial: 2)]
        let counter = try await Counter(tags)
        try await counter.branch.put([tags[0].uid], on: "pad-1")
        try await counter.branch.put([tags[1].uid], on: "pad-2")
        let reports = try await counter.running {
            async let first = counter.lend([barcode], on: 0)
            async let second = counter.lend([other], on: 1)
            return try await first + second
        }
        #expect(reports.map(outcome) == [.done, .done])
        #expect(await counter.branch.afis(tags.map(\.uid)) == [0xC2, 0xC2])
        let wrong = try await counter.running { try await counter.lend([other], on: 0) }
        try #require(wrong.count == 1)
        guard case .refused(.notOnPad) = wrong[0].end else {
            Issue.record("found \(wrong[0].end), wanted it not to lie there")
            return
        }
    }

    @Test func `a set on two pads is lent on neither`() async throws {
        let parts = try set(3)
        let counter = try await Counter(parts)
        try await counter.branch.put([parts[0].uid, parts[1].uid], on: "pad-1")
        try await counter.branch.put([parts[2].uid], on: "pad-2")
        let reports = try await counter.running {
            async let first = counter.lend(on: 0)
            async let second = counter.lend(on: 1)
            return try await first + second
        }
        for report in reports {
            guard case .refused(.missingParts) = report.end else {
                Issue.record("found \(report.end), wanted parts to be missing")
                continue
            }
        }
        #expect(counter.branch.loans.withLock { $0.isEmpty })
        #expect(await counter.branch.afis(parts.map(\.uid)) == [0x07, 0x07, 0x07])
    }

    @Test func `a set moved to the other pad in the middle is finished there`() async throws {
        let parts = try set(2)
        let counter = try await Counter(parts)
        try await counter.branch.put(parts.map(\.uid), on: "pad-1")
        let isSettled = try await counter.running {
            let reports = try await counter.lend { try await counter.branch.put(parts.map(\.uid), on: "pad-2") }
            #expect(reports.map(outcome) == [.uncertain])
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await counter.desk.run(on: counter.stations) }
                defer { group.cancelAll() }
                return try await eventually { try counter.store.openIntents().isEmpty }
            }
        }
        #expect(isSettled)
        #expect(await counter.branch.afis(parts.map(\.uid)) == [0xC2, 0xC2])
    }

    @Test func `a tag that refuses is tried again while it lies there, ever more rarely, until it obeys`() async throws
    {
        var tag = try TestBranch.tag(barcode, serial: 1)
        tag.afiLocked = true
        let (uid, locked) = (tag.uid, tag)
        let counter = try await Counter([locked])
        try await counter.branch.put([uid])
        let start = counter.time.keeper.now()
        let isSettled = try await counter.running {
            let reports = try await counter.lend()
            #expect(reports.map(outcome) == [.unchanged])
            #expect(try counter.store.openIntents().count == 1, "the loan stands, so its change stays open")
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await counter.desk.run(on: counter.stations) }
                defer { group.cancelAll() }
                // Longer than the first pauses: 1, 2, 4, 8, 16 seconds.
                guard await eventually({ counter.time.keeper.now().since(start) > .seconds(60) }) else { return false }
                #expect(try counter.store.openIntents().count == 1)
                var obeying = locked
                obeying.afiLocked = false
                await counter.branch.field.add(obeying)
                try await counter.branch.put([uid])
                return try await eventually { try counter.store.openIntents().isEmpty }
            }
        }
        #expect(isSettled)
        #expect(await counter.branch.afis([uid]) == [0xC2])
        let record = try #require(try counter.store.journal().first)
        #expect(record.intent.cause == .checkout && record.lastResult?.outcome == .done)
    }
}
