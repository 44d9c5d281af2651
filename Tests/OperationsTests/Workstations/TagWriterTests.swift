import Field
import Library
import Operations
import Readers
import Store
import Synchronization
import Tags
import Testing
import Wire

/// A blank tag, heard in no look, that is taken away when it is asked for its memory a second time: between the reading
/// and the first write.
private struct FadingReader: ~Copyable, Reader {
    let information = ReaderInformation(model: "fading", firmware: "1", abilities: [])
    private var tag: VirtualTag
    private var asked = 0

    init(_ tag: VirtualTag) {
        self.tag = tag
        self.tag.powerOn()
    }

    mutating func exchange(
        _ request: ISO15693.Request,
        with uid: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        if case .systemInformation = request { asked += 1 }
        guard asked < 2, let frame = try? ISO15693.RequestFrame(request, to: uid),
            let content = tag.receive(frame).content,
            let response = try? ISO15693.Response(content: content, answering: frame)
        else { throw .tagLost(uid) }
        return response
    }

    mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory { Inventory(tags: []) }
    mutating func ping() async throws(ReaderError) {}
    mutating func resetField() async throws(ReaderError) {}
}

private enum FadingDriver: ReaderDriver {
    static let identity = FEIGDriver.identity

    static func open(_ link: consuming any Link & ~Copyable) async throws(ReaderError) -> any Reader & ~Copyable {
        guard let chip = ChipTable.named("ICODE SLIX") else { throw .unsupported("a chip of no table") }
        return FadingReader(VirtualTag(uid: TagUID(0xE004_0150_0000_0001), chip: chip))
    }

    static func twin() -> any ReaderTwin { FEIGDriver.twin() }
}

/// What is counted of a tag that a workstation program has written to.
@Suite struct TagWriterTests {
    private let store: Store
    private let blank: VirtualTag

    init() throws {
        store = try TestBranch.store([TestBranch.item("1000000136", "QA 76 .A1 2000")])
        blank = VirtualTag(
            uid: TagUID(0xE004_0150_0000_0001),
            chip: try #require(ChipTable.named("ICODE SLIX"))
        )
    }

    /// Writes the item on the tag that lies on the pad; why not, or `nil` when it was written.
    private func write(on pad: StationSetup) async throws -> WorkstationRefusal? {
        let time = ManualTime()
        let station = TestBranch.station(pad, time: time)
        let writer = TagWriter(
            store: store,
            time: time.keeper,
            policy: TestBranch.policy,
            habits: SiteProfile(),
            logger: TestBranch.logger
        )
        let order = TagWritingOrder(uid: blank.uid, barcode: "1000000136")
        return try await TestBranch.running(station) {
            do throws(WorkstationRefusal) {
                _ = try await writer.write(order, on: station)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test func `a tag that is taken away in the middle of a write is one of which nobody knows what it holds`()
        async throws
    {
        guard case .failed? = try await write(on: TestPad([blank], goneFrom: 1).setup) else {
            Issue.record("wanted a failure")
            return
        }
        let writes = try store.life(of: blank.uid).memory
        #expect(writes.tried == 1 && writes.uncertain == 1 && writes.failed == 0 && writes.lastTrouble != nil)
    }

    @Test func `a tag that keeps what it held has failed to be written`() async throws {
        guard case .failed? = try await write(on: TestPad([blank], deafFrom: 1).setup) else {
            Issue.record("wanted a failure")
            return
        }
        let writes = try store.life(of: blank.uid).memory
        #expect(writes.tried == 1 && writes.failed == 1 && writes.uncertain == 0)
    }

    @Test func `a tag whose writing went wrong is told as it is while it lies there`() async throws {
        let time = ManualTime()
        let told = Mutex(0)
        let station = TestBranch.station(
            TestPad([blank], deafFrom: 2).setup,
            time: time,
            deliver: { round in
                for heard in round.arrived where heard.isRead { told.withLock { $0 += 1 } }
            }
        )
        let writer = TagWriter(
            store: store,
            time: time.keeper,
            policy: TestBranch.policy,
            habits: SiteProfile(),
            logger: TestBranch.logger
        )
        let order = TagWritingOrder(uid: blank.uid, barcode: "1000000136")
        try await TestBranch.running(station) {
            try await waited { told.withLock { $0 } == 1 }
            await #expect(throws: WorkstationRefusal.self) { _ = try await writer.write(order, on: station) }
            try await waited { told.withLock { $0 } == 2 }
        }
    }

    @Test func `a tag that is taken away before the first write was not written, and no write is counted`()
        async throws
    {
        let pad = StationSetup(
            name: "pad-1",
            role: .pad,
            driver: FadingDriver.self,
            place: "loopback",
            interval: .milliseconds(1)
        ) { () async throws(LinkError) -> any Link & ~Copyable in
            LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([]))
        }
        guard case .failed(let why, _)? = try await write(on: pad) else {
            Issue.record("wanted a failure")
            return
        }
        #expect(why.hasSuffix(", nothing was written"), "\(why)")
        #expect(try store.life(of: blank.uid).memory.tried == 0)
    }
}
