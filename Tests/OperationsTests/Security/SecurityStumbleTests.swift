import Field
import Library
import Readers
import Store
import Tags
import Testing

@testable import Operations

/// One tag on a reader that goes wrong, and says so in a status of its own, when it is asked first.
private struct StumblingReader: ~Copyable, Reader {
    let information = ReaderInformation(model: "stumbling", firmware: "1", abilities: [])
    private var tag: VirtualTag
    private let stumblesAt: @Sendable (ISO15693.Request) -> Bool
    private var left: Int
    /// Looks at the field that do not hear the tag.
    var missed = 0

    init(_ tag: VirtualTag, _ count: Int, at stumblesAt: @escaping @Sendable (ISO15693.Request) -> Bool) {
        self.tag = tag
        self.tag.powerOn()
        self.stumblesAt = stumblesAt
        left = count
    }

    mutating func exchange(
        _ request: ISO15693.Request,
        with uid: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        if stumblesAt(request), left > 0 {
            left -= 1
            throw .refused(code: 0x04, meaning: "collision of tags")
        }
        guard let frame = try? ISO15693.RequestFrame(request, to: uid), let content = tag.receive(frame).content,
            let response = try? ISO15693.Response(content: content, answering: frame)
        else { throw .tagLost(uid) }
        return response
    }

    mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        guard missed == 0 else {
            missed -= 1
            return Inventory(tags: [])
        }
        return Inventory(tags: [DetectedTag(uid: tag.uid)])
    }

    mutating func ping() async throws(ReaderError) {}
    mutating func resetField() async throws(ReaderError) {}
}

@Suite struct SecurityStumbleTests {
    /// What became of a release on such a reader, and what the tag was read to say.
    private func release(
        _ count: Int,
        at stumblesAt: @escaping @Sendable (ISO15693.Request) -> Bool
    ) async throws -> (result: SecurityResult, afi: UInt8?) {
        let barcode = "1000000136"
        let tag = try TestBranch.tag(barcode, serial: 1)
        let intent = SecurityIntent(
            barcode: barcode,
            changes: [SecurityChange(uid: tag.uid, before: .afi(0x07), wanted: .afi(0xC2))],
            wanted: .disarmed,
            cause: .checkout,
            reader: "pad-1",
            at: ManualTime().keeper.now()
        )
        let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
        var run = FlipRun(flip: SecurityFlip(intent), store: store, time: ManualTime().keeper, password: nil)
        var reader: any Reader & ~Copyable = StumblingReader(tag, count, at: stumblesAt)
        let first = run.flip.start()
        let early = await run.begin(first)
        #expect(early == nil)
        let result = await run.carryOut(on: &reader)
        return (result, result.readBack[tag.uid]?.afi)
    }

    @Test func `a reader that went wrong with a write is no tag that refused it`() async throws {
        let (result, afi) = try await release(2) { if case .writeAFI = $0 { true } else { false } }
        #expect(result.outcome == .done)
        #expect(afi == 0xC2)
    }

    @Test func `a reader that went wrong with reading back leaves nobody uncertain`() async throws {
        let (result, afi) = try await release(5) { $0 == .systemInformation }
        #expect(result.outcome == .done)
        #expect(afi == 0xC2)
    }

    @Test func `a reader that never does it is told in its own words`() async throws {
        let (result, afi) = try await release(.max) { if case .writeAFI = $0 { true } else { false } }
        #expect(result.outcome != .done)
        #expect(result.reason.contains("collision of tags"))
        #expect(afi == 0x07)
    }

    @Test(arguments: 0...2) func `a tag that lies there and was not heard at once is looked for again`(
        _ missed: Int
    ) async throws {
        let tag = try TestBranch.tag("1000000136", serial: 1)
        var stumbling = StumblingReader(tag, 0) { _ in false }
        stumbling.missed = missed
        var reader: any Reader & ~Copyable = stumbling
        let read = try await reader.readForSecurity(TestBranch.policy, by: .standard, among: [tag.uid])
        #expect(read.map(\.uid) == [tag.uid])
    }
}
