import Readers
import Tags
import Testing
import Wire

/// A line on which noise comes in place of the reply to the first read, and the replies to the first two of them only
/// with the next request.
private struct LateLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private var readsLeft = 2
    private var ready: [UInt8] = []
    private var held: [UInt8] = []

    init(_ link: consuming any Link & ~Copyable) {
        self.link = link
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await link.send(bytes)
        let reply = (try? await link.receive(within: .zero)) ?? []
        ready += held
        held = []
        guard readsLeft > 0, let frame = try? FEIGFrame(bytes), frame.payload.first == 0x23 else {
            ready += reply
            return
        }
        if readsLeft == 2 {
            let noise = FEIGFrame(style: .standard, address: 0, command: 0xB0, payload: [0x00]).bytes
            ready += noise.dropLast() + noise.suffix(1).map { $0 ^ 0x10 }
        }
        readsLeft -= 1
        held = reply
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !ready.isEmpty else { throw .timedOut }
        defer { ready = [] }
        return ready
    }
}

/// A USB transfer that ran out of time with its last byte, at the first read: the link calls it not sent, and the reply
/// comes with the next request.
private struct SentInVainLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private var hasFailed = false
    private var ready: [UInt8] = []
    private var held: [UInt8] = []

    init(_ link: consuming any Link & ~Copyable) {
        self.link = link
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await link.send(bytes)
        let reply = (try? await link.receive(within: .zero)) ?? []
        ready += held
        held = []
        guard !hasFailed, let frame = try? FEIGFrame(bytes), frame.payload.first == 0x23 else {
            ready += reply
            return
        }
        hasFailed = true
        held = reply
        throw .timedOut
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !ready.isEmpty else { throw .timedOut }
        defer { ready = [] }
        return ready
    }
}

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

    @Test func `a reader that is slow at first is spoken to in the style it answers in`() async throws {
        // An MR102 knows advanced frames alone: 02 00 0F 00 65 … comes when 05 FF 65 E5 CB has gone out.
        var reader = try await FEIGDriver.open(
            FaultyLink(link(.deskPad, [TestAir.Tag(first.rawValue)]), faults: [0: .late])
        )
        #expect(reader.information.model == "ID ISC.MR102")
        #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [first])
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

    @Test func `a reply that noise came before is never the answer about another tag`() async throws {
        var tags = [TestAir.Tag(first.rawValue), TestAir.Tag(0xE004_0100_4670_7A28)]
        tags[0].memory = Array(repeating: 0xAA, count: 112)
        tags[1].memory = Array(repeating: 0xBB, count: 112)
        var reader = try await FEIGDriver.open(LateLink(link(.pad, tags)))
        let request = ISO15693.Request.readSingleBlock(0, withSecurity: false)
        if let told = try? await reader.exchange(request, with: tags[0].uid) {
            #expect(told == .blocks([ISO15693.Block(data: [0xAA, 0xAA, 0xAA, 0xAA])]))
        }
        #expect(
            try await reader.exchange(request, with: tags[1].uid)
                == .blocks([ISO15693.Block(data: [0xBB, 0xBB, 0xBB, 0xBB])])
        )
    }

    @Test func `a request that seemed not to be sent brings no answer about another tag`() async throws {
        var tags = [TestAir.Tag(first.rawValue), TestAir.Tag(0xE004_0100_4670_7A28)]
        tags[0].memory = Array(repeating: 0xAA, count: 112)
        tags[1].memory = Array(repeating: 0xBB, count: 112)
        var reader = try await FEIGDriver.open(SentInVainLink(link(.pad, tags)))
        let request = ISO15693.Request.readSingleBlock(0, withSecurity: false)
        await #expect(throws: ReaderError.link(.timedOut)) {
            _ = try await reader.exchange(request, with: tags[0].uid)
        }
        #expect(
            try await reader.exchange(request, with: tags[1].uid)
                == .blocks([ISO15693.Block(data: [0xBB, 0xBB, 0xBB, 0xBB])])
        )
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

    @Test func `a poll by the AFI goes to the air as an inventory`() async throws {
        // readers §1.8: an inventory has MODE 4; 36 01 07 00 asks in one slot for the AFI 07.
        let recorder = Recorder()
        let line = RecordingLink(link(.gate, [TestAir.Tag(first.rawValue)]), to: { recorder.take($0) })
        var reader = try await FEIGDriver.open(line)
        #expect(try await reader.senses(afi: 0x07))
        let transparent = recorder.transcript.lines.compactMap { said -> [UInt8]? in
            guard case .sent(let bytes) = said, let frame = try? FEIGFrame(bytes), frame.command == 0xBF else {
                return nil
            }
            return frame.payload
        }
        #expect(transparent == [bytes("04 00 60 02 1F 84 6A 36 01 07 00")])
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
