import Readers
import Tags
import Testing
import Wire

/// A reader that hears a collision in place of the first answer to the writing of an AFI.
private struct CollidingLink: ~Copyable, Link {
    private var link: LoopbackLink
    private var hasCollided = false

    init(_ link: consuming LoopbackLink) {
        self.link = link
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) { try await link.send(bytes) }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let bytes = try await link.receive(within: limit)
        guard !hasCollided, let frame = try? RL866Frame(bytes), frame.information.first == 0x34,
            var reply = try? RL866Access.Reply(Array(frame.information.dropFirst(3))),
            reply.operation == RL866Access.Operation.writeAFI.rawValue
        else { return bytes }
        hasCollided = true
        reply.result = .failure(RL866Error(code: 0x0419))
        let information = Array(frame.information.prefix(3)) + reply.bytes
        return RL866Frame(reader: frame.reader, control: frame.control, information: information).bytes
    }
}

struct RL866ReaderTests {
    private let tag = TagUID(0xE004_0150_3309_CE74)

    private func open(_ tags: [TestAir.Tag]) async throws -> any Reader & ~Copyable {
        try await RL866Driver.open(LoopbackLink(RL866Twin(), over: TestAir(tags)))
    }

    @Test func `an inventory goes on until all are told`() async throws {
        let tags = (0..<50).map { TestAir.Tag(0xE004_0150_0000_0000 + UInt64($0)) }
        var reader = try await open(tags)
        let inventory = try await reader.inventory(afi: nil)
        #expect(Set(inventory.tags.map(\.uid)) == Set(tags.map(\.uid)))
        #expect(!inventory.incomplete)
    }

    @Test func `an inventory that its reader forgot half-way is not told as whole`() async throws {
        let air = TestAir((0..<50).map { TestAir.Tag(0xE004_0150_0000_0000 + UInt64($0)) })
        // Synchronised, first part; then it starts afresh, complains of the toggling bit, and has nothing to go on.
        let line = RestartingLink(
            LoopbackLink(RL866Twin(), over: air),
            then: LoopbackLink(RL866Twin(), over: air),
            at: 2
        )
        var reader = try await RL866Driver.open(line)
        let inventory = try await reader.inventory(afi: nil)
        #expect(inventory.tags.count == 20)
        #expect(inventory.incomplete)
        let next = try await reader.inventory(afi: nil)
        #expect(next.tags.count == 50)
        #expect(!next.incomplete)
    }

    @Test func `a tag is taken again by a reader that forgot its handle, and is not told as gone`() async throws {
        let air = TestAir([TestAir.Tag(tag.rawValue)])
        let request = ISO15693.Request.readSingleBlock(0, withSecurity: false)
        // Synchronised, connected, read; then it starts afresh.
        let line = RestartingLink(
            LoopbackLink(RL866Twin(), over: air),
            then: LoopbackLink(RL866Twin(), over: air),
            at: 3
        )
        var reader = try await RL866Driver.open(line)
        for _ in 0..<2 {
            #expect(
                try await reader.exchange(request, with: tag) == .blocks([ISO15693.Block(data: [0, 0, 0, 0])])
            )
        }
    }

    @Test func `a tag is taken once for several commands`() async throws {
        let recorder = Recorder()
        let link = LoopbackLink(RL866Twin(), over: TestAir([TestAir.Tag(tag.rawValue)]))
        var reader = try await RL866Driver.open(RecordingLink(link, to: { recorder.take($0) }))
        _ = try await reader.readMemory(of: tag)
        let commands = recorder.transcript.lines.compactMap { line -> UInt8? in
            guard case .sent(let bytes) = line else { return nil }
            return (try? RL866Frame(bytes))?.information.first
        }
        #expect(commands == [0x32, 0x34, 0x34])
    }

    @Test func `a collision is no refusal of the tag`() async throws {
        var reader = try await RL866Driver.open(
            CollidingLink(LoopbackLink(RL866Twin(), over: TestAir([TestAir.Tag(tag.rawValue)])))
        )
        await #expect(throws: ReaderError.refused(code: 0x19, meaning: "collision of tags")) {
            _ = try await reader.exchange(.writeAFI(0xC2), with: tag)
        }
        #expect(try await reader.exchange(.writeAFI(0xC2), with: tag) == .done)
    }

    @Test func `the EAS bit is switched and seen`() async throws {
        var reader = try await open([TestAir.Tag(tag.rawValue)])
        #expect(try await reader.writeEAS(false, to: tag) == .verified(old: true, new: false))
    }

    @Test func `what it cannot do is refused with its name`() async throws {
        var reader = try await open([TestAir.Tag(tag.rawValue)])
        await #expect(throws: ReaderError.unsupported("tag command 29 on RL866")) {
            _ = try await reader.exchange(.writeDSFID(6), with: tag)
        }
        await #expect(throws: ReaderError.unsupported("inventory by AFI on RL866")) {
            _ = try await reader.inventory(afi: 7)
        }
    }
}
