import Readers
import Tags
import Testing
import Wire

struct JMYReaderTests {
    private let uids: [UInt64] = [0xE004_0150_3309_CE74, 0xE004_0100_4670_7A28, 0xE004_0150_0B21_9724]

    private func open(_ recorder: Recorder? = nil, tags: [TestAir.Tag]? = nil) async throws -> any Reader & ~Copyable {
        let air = TestAir(tags ?? uids.map { TestAir.Tag($0) })
        let link = RecordingLink(LoopbackLink(JMYTwin(), over: air)) { recorder?.take($0) }
        return try await JMYDriver.open(link)
    }

    @Test func `the module tells its name`() async throws {
        let reader = try await open()
        #expect(reader.information.model == "JMY6801H")
        #expect(reader.information.firmware == "4.30 of 20131123")
    }

    @Test func `one tag of a stack is worked on, and only that one`() async throws {
        var reader = try await open()
        #expect(try await reader.inventory(afi: nil).tags.count == 3)
        for uid in uids.reversed() {
            #expect(try await reader.writeAFI(0xC2, to: TagUID(uid)) == .verified(old: 0x07, new: 0xC2))
        }
        #expect(try await reader.inventory(afi: 0xC2).tags.count == 3)
        #expect(try await reader.writeBlocks([1, 2, 3, 4], from: 2, to: TagUID(uids[1])).isVerified)
        #expect(try await reader.readMemory(of: TagUID(uids[0])).bytes.dropFirst(8).prefix(4) == [0, 0, 0, 0])
        #expect(try await reader.readMemory(of: TagUID(uids[1])).bytes.dropFirst(8).prefix(4) == [1, 2, 3, 4])
    }

    @Test func `a tag is taken once for several commands`() async throws {
        let recorder = Recorder()
        var reader = try await open(recorder)
        _ = try await reader.inventory(afi: nil)
        let before = recorder.requests
        _ = try await reader.readMemory(of: TagUID(uids[0]))
        let sent = recorder.transcript.lines.compactMap { line -> [UInt8]? in
            if case .sent(let bytes) = line { bytes } else { nil }
        }
        // Awake, find, ask what it is, read 28 blocks.
        #expect(sent.dropFirst(before).map { $0.dropFirst(3).first } == [0x5F, 0x5C, 0x5E, 0x54])
    }

    @Test func `a tag that is laid on later does not take the place of another`() async throws {
        var reader = try await open(tags: [])
        #expect(try await reader.inventory(afi: nil).tags.isEmpty)
        await #expect(throws: ReaderError.tagLost(TagUID(uids[0]))) {
            _ = try await reader.exchange(.systemInformation, with: TagUID(uids[0]))
        }
    }

    @Test func `a reply that noise came before is never the answer to another question`() async throws {
        var tag = TestAir.Tag(uids[0])
        tag.memory = (0..<112).map { UInt8($0) }
        let line = DamagedThenLateLink(LoopbackLink(JMYTwin(), over: TestAir([tag]))) { request in
            (try? JMYFrame(request))?.command == JMYCode.readBlocks.rawValue
        }
        var reader = try await JMYDriver.open(line)
        // Asked twice: the second reply is still under way when the first is taken.
        for block in 0..<3 {
            let wanted = ISO15693.Block(data: Array(tag.memory[(4 * block)..<(4 * block + 4)]))
            #expect(
                try await reader.exchange(.readSingleBlock(block, withSecurity: false), with: tag.uid)
                    == .blocks([wanted])
            )
        }
    }

    @Test func `a module that forgot its tag is not taken for a tag that refuses`() async throws {
        let air = TestAir([TestAir.Tag(uids[0])])
        // Product, all quiet, awake, found; the module starts afresh in front of the work and answers A1: failed.
        let line = RestartingLink(LoopbackLink(JMYTwin(), over: air), then: LoopbackLink(JMYTwin(), over: air), at: 4)
        var reader = try await JMYDriver.open(line)
        guard case .systemInformation = try await reader.exchange(.systemInformation, with: TagUID(uids[0])) else {
            Issue.record("no system information")
            return
        }
    }

    @Test func `what it cannot do is refused with its name`() async throws {
        var reader = try await open()
        let eas = ISO15693.CustomRequest(manufacturer: 4, code: 0xA2)
        await #expect(throws: ReaderError.unsupported("tag command A2 on JMY6801H")) {
            _ = try await reader.exchange(.custom(eas), with: TagUID(uids[0]))
        }
    }

    @Test func `locks come with the blocks`() async throws {
        var tag = TestAir.Tag(uids[0])
        tag.locked = [3]
        var reader = try await open(tags: [tag])
        #expect(
            try await reader.readMemory(of: tag.uid, blocks: 5, withLocks: true).locked == [
                false, false, false, true, false,
            ]
        )
    }
}
