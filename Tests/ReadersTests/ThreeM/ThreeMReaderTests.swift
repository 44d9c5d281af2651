import Readers
import Tags
import Testing
import Wire

/// A pad that answers a write without an error and tells `next` as the block behind the last one written; `nil` leaves
/// the number out, as older firmware does.
private struct StoppingLink: ~Copyable, Link {
    private var link: LoopbackLink
    private let next: UInt8?

    init(_ link: consuming LoopbackLink, next: UInt8?) {
        self.link = link
        self.next = next
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await link.send(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let bytes = try await link.receive(within: limit)
        guard var frame = try? ThreeMFrame(bytes), frame.start == .command,
            frame.command == ThreeMCode.writeBlocks.rawValue
        else { return bytes }
        frame.fields.removeLast()
        if let next { frame.fields.append(next) }
        return frame.bytes
    }
}

/// A pad that does not hear block 2 the first times it is asked for it (SPEC: 15, not read).
private struct HardOfHearingLink: ~Copyable, Link {
    private var link: LoopbackLink
    private var left: Int

    init(_ link: consuming LoopbackLink, _ count: Int) {
        self.link = link
        left = count
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) { try await link.send(bytes) }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let bytes = try await link.receive(within: limit)
        guard left > 0, let frame = try? ThreeMFrame(bytes), frame.command == ThreeMCode.readBlocks.rawValue,
            var reply = try? ThreeMReadBlocks.Reply(Array(frame.fields.dropFirst())),
            let index = reply.blocks.firstIndex(where: { $0.number == 2 })
        else { return bytes }
        left -= 1
        reply.blocks[index].lock = ThreeMError.notRead.code
        return ThreeMFrame(start: frame.start, command: frame.command, fields: [0x00] + reply.bytes).bytes
    }
}

struct ThreeMReaderTests {
    private let tag = TagUID(0xE004_0100_3123_AA26)

    private func open(
        _ model: ThreeMTwin.Model,
        _ tags: [TestAir.Tag]
    ) async throws -> any Reader & ~Copyable {
        try await ThreeMDriver.open(LoopbackLink(ThreeMTwin(model), over: TestAir(tags)))
    }

    @Test func `both models are told apart by how they are asked`() async throws {
        let new = try await open(.model810, [])
        #expect(
            new.information
                == ReaderInformation(model: "3M 810", firmware: "5.0.2", abilities: new.information.abilities)
        )
        let old = try await open(.model210, [])
        #expect(old.information.model == "3M 210")
        #expect(old.information.firmware == "3.2.6")
    }

    @Test func `a pad whose first answer was lost is not taken for the other model`() async throws {
        let link = LoopbackLink(ThreeMTwin(.model810), over: TestAir([]))
        let reader = try await ThreeMDriver.open(FaultyLink(link, faults: [0: .silence]))
        #expect(reader.information.model == "3M 810")
    }

    @Test func `an inventory may be limited to an AFI`() async throws {
        var lent = TestAir.Tag(0xE004_0100_0000_0001)
        lent.afi = 0xC2
        var reader = try await open(.model810, [TestAir.Tag(tag.rawValue), lent])
        #expect(try await reader.inventory(afi: 0xC2).tags.map(\.uid) == [lent.uid])
        #expect(try await reader.inventory(afi: 0x07).tags.map(\.uid) == [tag])
        #expect(try await reader.inventory(afi: nil).tags.count == 2)
    }

    @Test(arguments: [(nil, true), (7, true), (6, false), (0, false)] as [(next: UInt8?, isWritten: Bool)])
    func `a write that stopped early is no write`(_ next: UInt8?, _ isWritten: Bool) async throws {
        // readers §2.2, command 04: the reply tells "last written + 1"; 7 and 6 are captured.
        let link = StoppingLink(
            LoopbackLink(ThreeMTwin(.model810), over: TestAir([TestAir.Tag(tag.rawValue)])),
            next: next
        )
        var reader = try await ThreeMDriver.open(link)
        let data = [UInt8](repeating: 0x31, count: 28)
        let request = ISO15693.Request.writeMultipleBlocks(first: 0, count: 7, data: data)
        guard !isWritten else {
            #expect(try await reader.exchange(request, with: tag) == .done)
            return
        }
        let meaning = "not written from block \(next ?? 0) on"
        await #expect(throws: ReaderError.refused(code: 0x16, meaning: meaning)) {
            _ = try await reader.exchange(request, with: tag)
        }
    }

    @Test func `locks come with the blocks`() async throws {
        var locked = TestAir.Tag(tag.rawValue)
        locked.locked = [2]
        var reader = try await open(.model210, [locked])
        let memory = try await reader.readMemory(of: tag, blocks: 4, withLocks: true)
        #expect(memory.locked == [false, false, true, false])
        #expect(try await reader.exchange(.blockSecurity(first: 1, count: 2), with: tag) == .blockSecurity([0, 1]))
    }

    @Test func `the EAS bit is switched and seen`() async throws {
        var reader = try await open(.model810, [TestAir.Tag(tag.rawValue)])
        #expect(try await reader.writeEAS(false, to: tag) == .verified(old: true, new: false))
        #expect(try await reader.writeEAS(true, to: tag) == .verified(old: false, new: true))
    }

    @Test func `a recorded session of a working program replays`() async throws {
        // PERL3M, LSS: start-up, two tags, then the AFI of one is written; GET AFI's layout is the specification's.
        let session = """
            > D5 00 05 04 00 11 8C 66
            < D5 00 09 04 00 11 0A 05 00 02 72 50
            > D6 00 0C 13 04 01 00 02 00 03 00 04 00 AA F2
            < D6 00 0C 13 00 02 01 01 03 02 02 03 00 E7 78
            > D6 00 0C 09 E0 04 01 00 31 23 AA 26 D7 3A F0
            < D6 00 0C 09 00 E0 04 01 00 31 23 AA 26 \(Hex.string(checksum("00 0C 09 00 E0 04 01 00 31 23 AA 26")))
            """
        var reader = try await ThreeMDriver.open(ReplayLink(Transcript(parsing: session)))
        #expect(try await reader.exchange(.writeAFI(0xD7), with: tag) == .done)
    }

    private func checksum(_ covered: String) -> UInt16 { CRC16.genibus.value(bytes(covered)) }

    @Test func `a refusal that noise came before is never told of another tag`() async throws {
        var locked = TestAir.Tag(tag.rawValue)
        locked.locked = [0]
        let other = TestAir.Tag(0xE004_0100_0000_0001)
        let line = DamagedThenLateLink(
            LoopbackLink(ThreeMTwin(.model810), over: TestAir([locked, other]))
        ) { request in
            (try? ThreeMFrame(request))?.command == ThreeMCode.writeBlocks.rawValue
        }
        var reader = try await ThreeMDriver.open(line)
        let write = ISO15693.Request.writeSingleBlock(0, data: [1, 2, 3, 4])
        // 04 0F E0 04 01 00 31 23 AA 26 00, asked for twice; the second comes when the other tag is written.
        #expect(try await reader.exchange(write, with: locked.uid) == .error(ISO15693.TagError(code: 0x0F)))
        #expect(try await reader.exchange(write, with: other.uid) == .done)
    }

    @Test(arguments: [0, 1, 2, 3]) func `a block that the pad did not hear is asked for again, and is no end of a tag`(
        _ count: Int
    ) async throws {
        var full = TestAir.Tag(tag.rawValue)
        full.memory = (0..<112).map { UInt8($0) }
        var reader = try await ThreeMDriver.open(
            HardOfHearingLink(LoopbackLink(ThreeMTwin(.model810), over: TestAir([full])), count)
        )
        let read = ISO15693.Request.readMultipleBlocks(first: 0, count: 8, withSecurity: false)
        let blocks = (0..<(count < 3 ? 8 : 2)).map { ISO15693.Block(data: Array(full.memory[($0 * 4)..<($0 * 4 + 4)])) }
        #expect(try await reader.exchange(read, with: tag) == .blocks(blocks))
    }

    @Test func `commands of the chip go through as they are, but not writes`() async throws {
        var reader = try await open(.model810, [TestAir.Tag(tag.rawValue)])
        let system = ISO15693.CustomRequest(manufacturer: 4, code: 0xAB)
        // The test tag does not know it and says so.
        #expect(try await reader.exchange(.custom(system), with: tag) == .error(ISO15693.TagError(code: 0x0F)))
        await #expect(throws: ReaderError.unsupported("custom command A7 on 3M 810")) {
            _ = try await reader.exchange(.custom(ISO15693.CustomRequest(manufacturer: 4, code: 0xA7)), with: tag)
        }
        await #expect(throws: ReaderError.self) {
            _ = try await reader.exchange(.custom(ISO15693.CustomRequest(manufacturer: 7, code: 0xA2)), with: tag)
        }
    }
}
