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
}
