import Field
import Library
import Readers
import Store
import Tags
import Testing

@testable import Operations

/// One tag on a reader that can ask by AFI.
private struct AskingReader: ~Copyable, Reader {
    let information = ReaderInformation(model: "asking", firmware: "1", abilities: [.inventoryByAFI])
    private var tag: VirtualTag

    init(_ tag: VirtualTag) {
        self.tag = tag
        self.tag.powerOn()
    }

    mutating func exchange(
        _ request: ISO15693.Request,
        with uid: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        guard let frame = try? ISO15693.RequestFrame(request, to: uid), let content = tag.receive(frame).content,
            let response = try? ISO15693.Response(content: content, answering: frame)
        else { throw .tagLost(uid) }
        return response
    }

    mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        let answers = tag.slot(afi: afi, mask: .none, slots: .one) != nil
        return Inventory(tags: answers ? [DetectedTag(uid: tag.uid)] : [])
    }

    mutating func ping() async throws(ReaderError) {}
    mutating func resetField() async throws(ReaderError) {}
}

/// Infineon's my-d has an AFI and no command that tells it (iso15693 §10): it is asked for by the site's values.
@Suite struct SecurityUntoldAFITests {
    @Test func `a tag that does not tell its AFI is released all the same, and seen to be`() async throws {
        let barcode = "1000000136"
        let chip = try #require(ChipTable.named("my-d vicinity SRF55V02P"))
        let content = try TestBranch.tag(barcode, serial: 1).content.bytes
        let tag = VirtualTag(uid: TagUID(0xE005_4000_0000_0001), chip: chip, content: content, afi: 0x07)
        var reader: any Reader & ~Copyable = AskingReader(tag)
        let policy = TestBranch.policy
        let read = try await reader.readForSecurity(policy, by: .standard)
        #expect(read.map(\.mark) == [.afi(0x07)])
        let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
        let time = ManualTime()
        let request = SecurityRequest(barcode: barcode, wanted: .disarmed, cause: .checkout, reader: "pad-1")
        var batch = FlipBatch(requests: [request]) { intent in
            FlipRun(flip: SecurityFlip(intent), store: store, time: time.keeper, password: nil)
        }
        batch.take(policy.decide(request, onPad: read, item: nil, at: time.keeper.now()), of: 0)
        await batch.begin()
        await batch.carryOut(on: &reader)
        #expect(batch.reports.allSatisfy { $0.shortfall == nil })
        let released = try await reader.inventory(afi: 0xC2).tags.map(\.uid)
        #expect(released == [tag.uid])
        #expect(try store.journal().first?.lastResult?.readBack == [tag.uid: SecurityMark.afi(0xC2)])
    }

    /// Whether a pad disarms this armed tag of an item on loan, once its station was told of by `heard`.
    private func isPutRight(_ tag: VirtualTag, heard: HeardTag? = nil) async throws -> Bool {
        let barcode = "1000000136"
        let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000", status: .onLoan)])
        let branch = try await PadBranch([tag])
        // A reader that can ask by AFI.
        await branch.field.addReader(name: "pad-1", kind: .pad, twin: TRFTwin())
        var setup = branch.setup("pad-1", .pad)
        setup.driver = TRFDriver.self
        let time = ManualTime()
        var policy = TestBranch.policy
        // The clock of a test runs fast.
        policy.freshness = .seconds(365 * 86_400)
        let desk = SecurityDesk(
            store: store,
            time: time.keeper,
            policy: policy,
            events: EventHub(),
            logger: TestBranch.logger
        )
        let deliver: @Sendable (StationRound) async -> Void = { round in
            var round = round
            // What was lost on its way is lost once.
            if let heard { round.arrived = round.arrived.map { $0.uid == heard.uid ? heard : $0 } }
            desk.take(round)
        }
        let station = TestBranch.station(setup, time: time, deliver: deliver)
        try await branch.put([tag.uid])
        return try await TestBranch.running(station) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await desk.run(on: [station]) }
                defer { group.cancelAll() }
                return try await eventually { try await desk.ends()[.repaired] == 1 }
            }
        }
    }

    @Test func `a pad puts a tag right that does not tell its AFI`() async throws {
        let chip = try #require(ChipTable.named("my-d vicinity SRF55V02P"))
        let content = try TestBranch.tag("1000000136", serial: 1).content.bytes
        let tag = VirtualTag(uid: TagUID(0xE005_4000_0000_0001), chip: chip, content: content, afi: 0x07)
        #expect(try await isPutRight(tag))
    }

    @Test func `a pad asks again where the answer with the AFI was lost`() async throws {
        let tag = try TestBranch.tag("1000000136", serial: 1, afi: 0x07)
        let memory = TagMemory(bytes: tag.content.bytes, blockSize: 4, blockCount: 28, dsfid: tag.dsfid, afi: nil)
        let content = HeardTag.Content.read(memory, LibraryTag(reading: memory, by: .standard))
        let at = ManualTime().keeper.now()
        #expect(
            try await isPutRight(
                tag,
                heard: HeardTag(uid: tag.uid, at: at, antenna: nil, signal: nil, afi: nil, content: content)
            )
        )
    }
}
