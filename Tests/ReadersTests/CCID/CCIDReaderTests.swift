import Readers
import Tags
import Testing
import Wire

/// A reader whose slot is busy when the first block is to be written to its card.
private struct BusyLink: ~Copyable, Link {
    private var link: LoopbackLink
    private var busy: [UInt8] = []
    private var wasBusy = false

    init(_ link: consuming LoopbackLink) {
        self.link = link
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard !wasBusy, let message = try? CCIDMessage(bytes), message.kind == .transfer,
            message.data.dropFirst(5).first == 0x21
        else { return try await link.send(bytes) }
        wasBusy = true
        // Active, failed, E0.
        busy = CCIDMessage(.dataBlock, sequence: message.sequence, specific: [0x40, 0xE0, 0x00]).bytes
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !busy.isEmpty else { return try await link.receive(within: limit) }
        defer { busy = [] }
        return busy
    }
}

/// A reader that takes a second and a half for each of its messages, on a clock of its own.
private struct SlowLink: ~Copyable, Link {
    private var link: LoopbackLink
    private var pending: [UInt8] = []
    private var time = Duration.zero

    init(_ link: consuming LoopbackLink) {
        self.link = link
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await link.send(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        if pending.isEmpty { pending = try await link.receive(within: limit) }
        time += .milliseconds(1500)
        let message = Array(pending.prefix(10 + Int(pending[1]) + Int(pending[2]) << 8))
        pending.removeFirst(message.count)
        return message
    }

    mutating func uptime() -> Duration { time }
}

struct CCIDReaderTests {
    private let uid: UInt64 = 0xE004_0100_8A5C_982E

    private func tag(_ number: UInt64 = 0) -> TestAir.Tag {
        var tag = TestAir.Tag(uid + number)
        tag.memory = (0..<112).map { UInt8($0) }
        return tag
    }

    private func open(_ twin: CCIDTwin, _ tags: [TestAir.Tag]) async throws -> any Reader & ~Copyable {
        try await CCIDDriver.open(LoopbackLink(twin, over: TestAir(tags)))
    }

    @Test func `a stack is taken apart bit by bit in a transparent session`() async throws {
        let tags = (0..<8).map { tag($0 * 3) }
        var reader = try await open(CCIDTwin(.transparent), tags)
        #expect(Set(try await reader.inventory(afi: nil).tags.map(\.uid)) == Set(tags.map(\.uid)))
        #expect(try await reader.writeAFI(0xC2, to: tags[3].uid) == .verified(old: 0x07, new: 0xC2))
        #expect(try await reader.inventory(afi: 0xC2).tags.map(\.uid) == [tags[3].uid])
        try await reader.resetField()
        #expect(try await reader.readMemory(of: tags[5].uid).bytes == tags[5].memory)
    }

    @Test func `a reader that asks for patience gets it`() async throws {
        var twin = CCIDTwin(.transparent)
        twin.timeExtensions = 5
        var reader = try await open(twin, [tag()])
        #expect(try await reader.inventory(afi: nil).tags.count == 1)
    }

    @Test(arguments: [(count: 5, isPatient: true), (count: 11, isPatient: false)])
    func `the time a reader asks for is given it each time anew, and not for ever`(
        _ count: Int,
        _ isPatient: Bool
    ) async throws {
        // readers §3.1: "Time extension: same sequence will be answered again; keep reading".
        let air = TestAir([tag()])
        let twin = {
            var twin = CCIDTwin(.transparent)
            twin.timeExtensions = count
            return twin
        }()
        guard isPatient else {
            await #expect(throws: ReaderError.noReply(command: "escape")) {
                _ = try await CCIDDriver.open(SlowLink(LoopbackLink(twin, over: air)))
            }
            return
        }
        var reader = try await CCIDDriver.open(SlowLink(LoopbackLink(twin, over: air)))
        #expect(try await reader.inventory(afi: nil).tags.count == 1)
    }

    @Test func `a tag that waits for an end of frame is read and never written`() async throws {
        var texas = TestAir.Tag(0xE007_0000_06D6_AD6E)
        texas.afi = 0x07
        var reader = try await open(CCIDTwin(.transparent), [texas])
        #expect(try await reader.readAFI(of: texas.uid) == 0x07)
        await #expect(throws: ReaderError.self) { _ = try await reader.exchange(.writeAFI(0xC2), with: texas.uid) }
    }

    @Test(arguments: [CCIDTwin.Model.identiv, .omnikey, .storage(.second), .storage(.first)])
    func `a tag shown as a card is found and read`(_ model: CCIDTwin.Model) async throws {
        var reader = try await open(CCIDTwin(model), [tag()])
        #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [tag().uid])
        #expect(try await reader.readMemory(of: tag().uid, blocks: 12).bytes == Array(tag().memory.prefix(48)))
        var empty = try await open(CCIDTwin(model), [])
        #expect(try await empty.inventory(afi: nil).tags.isEmpty)
        await #expect(throws: ReaderError.tagLost(tag().uid)) {
            _ = try await empty.exchange(.readSingleBlock(0, withSecurity: false), with: tag().uid)
        }
    }

    @Test(arguments: [CCIDTwin.Model.identiv, .omnikey])
    func `AFI and blocks of a card are written and read back`(_ model: CCIDTwin.Model) async throws {
        var reader = try await open(CCIDTwin(model), [tag()])
        _ = try await reader.inventory(afi: nil)
        #expect(reader.information.abilities.contains(.writeAFI))
        #expect(try await reader.writeAFI(0xC2, to: tag().uid) == .verified(old: 0x07, new: 0xC2))
        #expect(try await reader.exchange(.writeDSFID(0x06), with: tag().uid) == .done)
        #expect(try await reader.exchange(.writeSingleBlock(4, data: [9, 9, 9, 9]), with: tag().uid) == .done)
        #expect(
            try await reader.exchange(.readSingleBlock(4, withSecurity: false), with: tag().uid)
                == .blocks([ISO15693.Block(data: [9, 9, 9, 9])])
        )
    }

    @Test func `a slot that is busy is not a card that refuses`() async throws {
        var reader = try await CCIDDriver.open(BusyLink(LoopbackLink(CCIDTwin(.identiv), over: TestAir([tag()]))))
        _ = try await reader.inventory(afi: nil)
        let write = ISO15693.Request.writeSingleBlock(4, data: [9, 9, 9, 9])
        await #expect(throws: ReaderError.refused(code: 0xE0, meaning: "slot busy")) {
            _ = try await reader.exchange(write, with: tag().uid)
        }
        #expect(try await reader.exchange(write, with: tag().uid) == .done)
    }

    @Test func `locks of a card come by a question of their own`() async throws {
        var locked = tag()
        locked.locked = [1]
        var reader = try await open(CCIDTwin(.identiv), [locked])
        _ = try await reader.inventory(afi: nil)
        #expect(try await reader.readMemory(of: locked.uid, blocks: 3, withLocks: true).locked == [false, true, false])
    }

    @Test func `a block of a card is locked where the reader has a command for it`() async throws {
        // readers §3.4: Identiv 22 block (lock), printed as FF FC 00 00 02 22 0F.
        var reader = try await open(CCIDTwin(.identiv), [tag()])
        _ = try await reader.inventory(afi: nil)
        #expect(try await reader.lockBlock(0x0F, of: tag().uid) == .done)
        #expect(try await reader.readMemory(of: tag().uid, withLocks: true).isLocked(block: 0x0F))
        #expect(try await reader.readMemory(of: tag().uid, withLocks: true).isLocked(block: 0x0E) == false)
        var other = try await open(CCIDTwin(.omnikey), [tag()])
        _ = try await other.inventory(afi: nil)
        await #expect(throws: ReaderError.unsupported("tag command 22 on OMNIKEY 5x21")) {
            _ = try await other.lockBlock(0x0F, of: tag().uid)
        }
    }

    @Test func `a storage card refuses what it cannot do, and is not written when its way is unknown`() async throws {
        var reader = try await open(CCIDTwin(.storage(.first)), [tag()])
        _ = try await reader.inventory(afi: nil)
        await #expect(throws: ReaderError.unsupported("tag command 27 on PC/SC reader")) {
            _ = try await reader.exchange(.writeAFI(0xC2), with: tag().uid)
        }
        #expect(try await reader.exchange(.writeSingleBlock(2, data: [7, 7, 7, 7]), with: tag().uid) == .done)
        // All blocks alike: the number might as well stand in the other byte.
        let alike = TestAir.Tag(uid)
        var blank = try await open(CCIDTwin(.storage(.second)), [alike])
        _ = try await blank.inventory(afi: nil)
        #expect(try await blank.readMemory(of: alike.uid, blocks: 2).bytes == Array(repeating: 0, count: 8))
    }

    @Test func `a published session replays`() async throws {
        // NXP: session, protocol, system information; wrapped into messages as they go over USB, here addressed.
        func escape(_ sequence: UInt8, _ hex: String) -> String {
            Hex.string(CCIDMessage(.escape, sequence: sequence, data: bytes(hex)).bytes)
        }
        func reply(_ sequence: UInt8, _ hex: String) -> String {
            Hex.string(CCIDMessage(.escapeReply, sequence: sequence, data: bytes(hex)).bytes)
        }
        let session = """
            > 65 00 00 00 00 00 00 00 00 00
            < 81 00 00 00 00 00 00 02 00 00
            > \(escape(1, "FF C2 00 00 02 81 00 00"))
            < \(reply(1, "C0 03 00 90 00 90 00"))
            > \(escape(2, "FF C2 00 00 02 82 00 00"))
            < \(reply(2, "C0 03 00 90 00 90 00"))
            > \(escape(3, "FF C2 00 00 02 81 00 00"))
            < \(reply(3, "C0 03 00 90 00 90 00"))
            > \(escape(4, "FF C2 00 00 02 84 00 00"))
            < \(reply(4, "C0 03 00 90 00 90 00"))
            > \(escape(5, "FF C2 00 02 04 8F 02 02 03"))
            < \(reply(5, "C0 03 00 90 00 8F 01 00 90 00"))
            > \(escape(6, "FF C2 00 01 0C 95 0A 22 2B 2E 98 5C 8A 00 01 04 E0 00"))
            < \(reply(6, "C0 03 00 90 00 92 01 00 96 02 00 00 97 0F 00 0F 2E 98 5C 8A 00 01 04 E0 00 00 1B 03 01 90 00"))
            > \(escape(7, "FF C2 00 01 14 5F 46 04 40 42 0F 00 95 0B 22 27 2E 98 5C 8A 00 01 04 E0 07 00"))
            < \(reply(7, "C0 03 01 64 01 90 00"))
            """
        var reader = try await CCIDDriver.open(ReplayLink(Transcript(parsing: session)))
        guard case .systemInformation(let told) = try await reader.exchange(.systemInformation, with: TagUID(uid))
        else {
            Issue.record("no system information")
            return
        }
        #expect(told.geometry?.blockCount == 28)
        await #expect(throws: ReaderError.tagLost(TagUID(uid))) {
            _ = try await reader.exchange(.writeAFI(0x07), with: TagUID(uid))
        }
    }
}
