import Readers
import Tags
import Testing
import Wire

/// The driver over its twin; the twin itself is pinned to captured bytes in ``FEIGTwinTests``.
struct FEIGReaderTests {
    private let first = TagUID(0xE004_0150_3309_CE74)

    private func link(_ device: FEIGTwin.Device, _ tags: [TestAir.Tag]) -> LoopbackLink {
        LoopbackLink(FEIGTwin(device), over: TestAir(tags))
    }

    @Test func `opening finds the style and tells model and firmware`() async throws {
        let reader = try await FEIGDriver.open(link(.pad, []))
        #expect(reader.information.model == "ID CPR40")
        #expect(reader.information.firmware == "3.03")
        let old = try await FEIGDriver.open(link(.oldPad, []))
        #expect(old.information.model == "ID CPR.M02")
    }

    @Test func `nothing on the line is told as no reply`() async {
        await #expect(throws: ReaderError.noReply(command: "softwareVersion")) {
            _ = try await FEIGDriver.open(FaultyLink(link(.pad, []), faults: [0: .silence, 1: .silence, 2: .silence]))
        }
    }

    @Test(arguments: [FEIGTwin.Device.pad, .deskPad, .wand, .gate])
    func `sixty tags are all found, again and again`(_ device: FEIGTwin.Device) async throws {
        let tags = (0..<60).map { TestAir.Tag(0xE004_0150_0000_0000 + UInt64($0) * 977) }
        var reader = try await FEIGDriver.open(link(device, tags))
        for _ in 0..<3 {
            let inventory = try await reader.inventory(afi: nil)
            #expect(Set(inventory.tags.map(\.uid)) == Set(tags.map(\.uid)))
            #expect(!inventory.incomplete)
        }
    }

    @Test func `a reader with room for four tags says that there are more`() async throws {
        let tags = (0..<6).map { TestAir.Tag(0xE004_0150_0000_0000 + UInt64($0)) }
        var reader = try await FEIGDriver.open(link(.oldPad, tags))
        let inventory = try await reader.inventory(afi: nil)
        #expect(inventory.tags.count == 4)
        #expect(inventory.incomplete)
        #expect(inventory.warnings == ["more tags than the reader's buffer holds"])
    }

    @Test func `memory comes in tag order, whatever the portions`() async throws {
        var tag = TestAir.Tag(first.rawValue)
        tag.memory = (0..<200).map { UInt8($0) }
        tag.locked = [3]
        var reader = try await FEIGDriver.open(link(.oldPad, [tag]))
        let response = try await reader.exchange(
            .readMultipleBlocks(first: 0, count: 60, withSecurity: true),
            with: first
        )
        guard case .blocks(let blocks) = response else {
            Issue.record("found \(response)")
            return
        }
        #expect(blocks.flatMap(\.data) == tag.memory)
        #expect(blocks.map(\.security) == (0..<50).map { $0 == 3 ? 1 : 0 })
    }

    @Test func `system information means the same in both codings`() async throws {
        for device in [FEIGTwin.Device.pad, .deskPad] {
            var reader = try await FEIGDriver.open(link(device, [TestAir.Tag(first.rawValue)]))
            let response = try await reader.exchange(.systemInformation, with: first)
            #expect(
                response
                    == .systemInformation(
                        ISO15693.SystemInformation(
                            uid: first,
                            dsfid: 0,
                            afi: 0x07,
                            geometry: MemoryGeometry(blockSize: 4, blockCount: 28),
                            icReference: 1
                        )
                    )
            )
        }
    }

    @Test(arguments: [FEIGTwin.Device.pad, .oldPad])
    func `EAS is set and reset with or without B1`(_ device: FEIGTwin.Device) async throws {
        var reader = try await FEIGDriver.open(link(device, [TestAir.Tag(first.rawValue)]))
        let alarm = ISO15693.Request.custom(ISO15693.CustomRequest(manufacturer: 4, code: 0xA5))
        let reset = ISO15693.Request.custom(ISO15693.CustomRequest(manufacturer: 4, code: 0xA3))
        _ = try await reader.exchange(alarm, with: first)
        #expect(try await reader.exchange(reset, with: first) == .done)
        await #expect(throws: ReaderError.tagLost(first)) { _ = try await reader.exchange(alarm, with: first) }
    }
}
