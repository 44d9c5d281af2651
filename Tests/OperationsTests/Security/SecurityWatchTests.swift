import Field
import Library
import Operations
import Readers
import Store
import Tags
import Testing

private let barcode = "1000000136"

/// A desk that watches one reader, and the branch in front of it.
private struct Watch {
    let store: Store
    let branch: PadBranch
    let desk: SecurityDesk
    let station: Station
    let events = EventHub()
    let tag: TagUID

    init(
        _ status: ItemStatus,
        says afi: UInt8,
        at reader: String,
        _ role: StationRole,
        repairs: Set<SecurityDevice> = [.pad],
        mechanism: SecurityMechanism = .afi,
        easArmed: Bool = true,
        set: SetInformation = SetInformation(total: 1, ordinal: 1)
    ) async throws {
        store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000", status: status)])
        var tag = try TestBranch.tag(barcode, serial: 1, afi: afi, set: set)
        tag.eas.armed = easArmed
        self.tag = tag.uid
        branch = try await PadBranch([tag])
        let time = ManualTime()
        var policy = TestBranch.policy
        policy.table.repairs = repairs
        policy.mechanism = mechanism
        // The clock of a test runs fast.
        policy.freshness = .seconds(365 * 86_400)
        let desk = SecurityDesk(
            store: store,
            time: time.keeper,
            policy: policy,
            events: events,
            logger: TestBranch.logger
        )
        self.desk = desk
        station = TestBranch.station(branch.setup(reader, role), time: time, deliver: { desk.take($0) })
        try await branch.put([tag.uid], on: reader)
    }

    /// Lets the desk watch until `condition` holds.
    func runs(until condition: @Sendable () async throws -> Bool) async throws -> Bool {
        try await TestBranch.running(station) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await desk.run(on: [station]) }
                defer { group.cancelAll() }
                return try await eventually(condition)
            }
        }
    }

    var afi: UInt8? { get async { await branch.field.tag(tag)?.afi } }
}

@Suite struct SecurityWatchTests {
    @Test(
        arguments: [
            (.onLoan, 0x07, 0xC2), (.available, 0xC2, 0x07), (.inTransit, 0xC2, 0x07), (.onHoldShelf, 0xC2, 0x07),
        ] as [(ItemStatus, UInt8, UInt8)]
    )
    func `a pad puts a wrong bit right by itself, journalled, read back and counted`(
        _ status: ItemStatus,
        _ said: UInt8,
        _ right: UInt8
    ) async throws {
        let watch = try await Watch(status, says: said, at: "pad-1", .pad)
        #expect(try await watch.runs { try await watch.desk.ends()[.repaired] == 1 })
        #expect(await watch.afi == right)
        let record = try #require(try watch.store.lastChange(of: barcode))
        #expect(record.intent.cause == .repair && record.intent.reader == "pad-1")
        #expect(record.lastResult?.outcome == .done && record.lastResult?.readBack == [watch.tag: .afi(right)])
        #expect(try await watch.desk.divergences().isEmpty)
    }

    @Test func `how many bits are wrong is told again when one was put right`() async throws {
        let watch = try await Watch(.onLoan, says: 0x07, at: "pad-1", .pad)
        let events = await watch.events.events { event in
            if case .divergences = event { true } else { false }
        }
        #expect(try await watch.runs { try await watch.desk.ends()[.repaired] == 1 })
        await watch.events.send(.divergences(open: .max))
        var told: [Int] = []
        for await event in events {
            guard case .divergences(let open) = event, open != .max else { break }
            told.append(open)
        }
        #expect(told == [1, 0])
    }

    @Test(arguments: [("wand-1", StationRole.wand), ("gate-1", .gate)])
    func `a sweep and a gate tell of a wrong bit and leave it, unless the site lets them`(
        _ reader: String,
        _ role: StationRole
    ) async throws {
        let tells = try await Watch(.available, says: 0xC2, at: reader, role)
        #expect(try await tells.runs { try await tells.desk.divergences().count == 1 })
        let found = try #require(try await tells.desk.divergences().first)
        #expect(found.reader == reader && found.tags == .disarmed && found.wanted == .armed && found.uid == tells.tag)
        #expect(await tells.afi == 0xC2)
        #expect(try tells.store.journal().isEmpty)

        let repairs = try await Watch(.available, says: 0xC2, at: reader, role, repairs: [.wand, .gate])
        #expect(try await repairs.runs { try await repairs.desk.ends()[.repaired] == 1 })
        #expect(await repairs.afi == 0x07)
        #expect(try repairs.store.lastChange(of: barcode)?.intent.reader == reader)
    }

    @Test func `a wrong bit is told of though the clock was set back behind the item's last change`() async throws {
        let watch = try await Watch(.available, says: 0xC2, at: "wand-1", .wand)
        let ahead = Moment(milliseconds: 2_000_000_000_000)
        let intent = SecurityIntent(
            barcode: barcode,
            changes: [],
            wanted: .disarmed,
            cause: .checkout,
            reader: "pad-1",
            at: ahead
        )
        let id = try watch.store.record(intent, isAgreed: false)
        try watch.store.record(SecurityResult(outcome: .declined, reason: "not lent"), of: id, at: ahead)
        #expect(try await watch.runs { try await watch.desk.divergences().count == 1 })
    }

    @Test func `what says the right thing, is not certain, or is no item of ours is left alone`() async throws {
        for (status, afi) in [(ItemStatus.available, 0x07), (.onLoan, 0xC2), (.withdrawn, 0xC2), (.available, 0x3C)] {
            let watch = try await Watch(status, says: UInt8(afi), at: "pad-1", .pad)
            // The tag is remembered when the desk has looked at it.
            #expect(try await watch.runs { try watch.store.tag(uid: watch.tag) != nil })
            #expect(try await watch.desk.divergences().isEmpty, "\(status) \(afi)")
            #expect(await watch.afi == UInt8(afi))
        }
    }

    @Test func `a wrong bit that is heard right later is closed as such`() async throws {
        let watch = try await Watch(.available, says: 0xC2, at: "wand-1", .wand)
        let isClosed = try await watch.runs {
            guard try await eventually({ try await watch.desk.divergences().count == 1 }) else { return false }
            // Secured elsewhere, and heard again.
            var tag = try #require(await watch.branch.field.tag(watch.tag))
            tag.afi = 0x07
            await watch.branch.field.add(tag)
            guard await eventually({ await watch.station.report.tagsPresent == 0 }) else { return false }
            try await watch.branch.put([watch.tag], on: "wand-1")
            return try await eventually { try await watch.desk.ends()[.heardRight] == 1 }
        }
        #expect(isClosed)
        #expect(try await watch.desk.divergences().isEmpty)
    }

    @Test func `a wrong bit that is put right where it lies is found to be right`() async throws {
        let watch = try await Watch(.available, says: 0xC2, at: "pad-1", .pad, repairs: [])
        let isClosed = try await watch.runs {
            guard try await eventually({ try await watch.desk.divergences().count == 1 }) else { return false }
            let tag = watch.tag
            let isWritten = try await watch.station.perform { reader in
                (try? await reader.sendAFI(0x07, to: tag)) == .some(nil)
            }
            #expect(isWritten)
            return try await eventually { try await watch.desk.ends()[.heardRight] == 1 }
        }
        #expect(isClosed)
        #expect(try watch.store.lastChange(of: barcode) == nil, "nothing was to be written")
    }

    @Test func `a pad asks for the EAS bit where the site uses it`() async throws {
        let watch = try await Watch(.onLoan, says: 0x00, at: "pad-1", .pad, mechanism: .eas)
        #expect(try await watch.runs { try await watch.desk.ends()[.repaired] == 1 })
        #expect(await watch.branch.field.tag(watch.tag)?.eas.armed == false)
        #expect(await watch.afi == 0x00, "the AFI of a site with EAS is not its security")
    }

    @Test func `one part of a set is not put right alone: it stays open and says so`() async throws {
        let set = SetInformation(total: 2, ordinal: 1)
        let watch = try await Watch(.onLoan, says: 0x07, at: "pad-1", .pad, set: set)
        #expect(try await watch.runs { try await watch.desk.divergences().count == 1 })
        let reports = try await TestBranch.running(watch.station) {
            try await watch.desk.repair([barcode], on: [watch.station])
        }
        try #require(reports.count == 1)
        guard case .changed(let report) = reports[0].end, case .refused(.missingParts([2], total: 2)) = report.end
        else {
            Issue.record("found \(reports[0].end), wanted part 2 to be missing")
            return
        }
        #expect(await watch.afi == 0x07)
    }

    @Test
    func `a repair that is asked for writes at a gate only where the site says so, and nowhere unless it is certain`()
        async throws
    {
        let gate = try await Watch(.available, says: 0xC2, at: "gate-1", .gate)
        #expect(try await gate.runs { try await gate.desk.divergences().count == 1 })
        let absent = try await gate.desk.repair(nil, on: [gate.station])
        try #require(absent.count == 1)
        guard case .absent = absent[0].end else {
            Issue.record("found \(absent[0].end), wanted no reader that may write")
            return
        }
        let doubtful = try await Watch(.withdrawn, says: 0x07, at: "pad-1", .pad)
        #expect(try await doubtful.runs { try doubtful.store.tag(uid: doubtful.tag) != nil })
        let unsure = try await doubtful.desk.repair([barcode, "9999"], on: [doubtful.station])
        try #require(unsure.count == 2)
        guard case .unsure(.withdrawn) = unsure[0].end, case .absent = unsure[1].end else {
            Issue.record("found \(unsure.map(\.end)), wanted nothing to be certain")
            return
        }
        #expect(await doubtful.afi == 0x07)
    }
}
