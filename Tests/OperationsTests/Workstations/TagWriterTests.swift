import Field
import Library
import Operations
import Readers
import Store
import Tags
import Testing

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
    private func write(on pad: TestPad) async throws -> WorkstationRefusal? {
        let time = ManualTime()
        let station = TestBranch.station(pad.setup, time: time)
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
        guard case .failed? = try await write(on: TestPad([blank], goneFrom: 1)) else {
            Issue.record("wanted a failure")
            return
        }
        let writes = try store.life(of: blank.uid).memory
        #expect(writes.tried == 1 && writes.uncertain == 1 && writes.failed == 0 && writes.lastTrouble != nil)
    }

    @Test func `a tag that keeps what it held has failed to be written`() async throws {
        guard case .failed? = try await write(on: TestPad([blank], deafFrom: 1)) else {
            Issue.record("wanted a failure")
            return
        }
        let writes = try store.life(of: blank.uid).memory
        #expect(writes.tried == 1 && writes.failed == 1 && writes.uncertain == 0)
    }
}
