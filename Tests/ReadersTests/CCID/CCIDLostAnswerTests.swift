import Readers
import Synchronization
import Tags
import Testing
import Wire

/// A line on which somebody else may answer a message in the reader's place.
private struct InterferingLink: ~Copyable, Link {
    private var link: LoopbackLink
    private let answer: @Sendable (CCIDMessage) -> [UInt8]?
    private var ready: [UInt8] = []

    /// - Parameter answer: what comes back in place of the reader's own answer; `nil` leaves it to the reader.
    init(_ link: consuming LoopbackLink, answer: @escaping @Sendable (CCIDMessage) -> [UInt8]?) {
        self.link = link
        self.answer = answer
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard let message = try? CCIDMessage(bytes), let reply = answer(message) else {
            return try await link.send(bytes)
        }
        ready += reply
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !ready.isEmpty else { return try await link.receive(within: limit) }
        defer { ready = [] }
        return ready
    }
}

/// A tag whose first answers to one kind of question the reader does not hear, and that may be lifted once behind them.
private final class Losses: Sendable {
    private let state: Mutex<(left: Int, isLifted: Bool)>
    private let isMeant: @Sendable (CardCommand) -> Bool

    init(_ count: Int, of isMeant: @escaping @Sendable (CardCommand) -> Bool) {
        state = Mutex((left: count, isLifted: false))
        self.isMeant = isMeant
    }

    /// The next question for the slot finds it empty.
    func lift() { state.withLock { $0.isLifted = true } }

    func answer(_ message: CCIDMessage) -> [UInt8]? {
        if message.kind == .slotStatus {
            let wasLifted = state.withLock { state in
                let was = state.isLifted
                state.isLifted = false
                return was
            }
            // Absent.
            return wasLifted ? CCIDMessage(.status, sequence: message.sequence, specific: [0x02, 0, 0]).bytes : nil
        }
        guard message.kind == .transfer, let command = try? CardCommand(message.data), isMeant(command) else {
            return nil
        }
        let isLost = state.withLock { state in
            state.left -= 1
            return state.left >= 0
        }
        guard isLost else { return nil }
        // The card is active, and mute.
        return CCIDMessage(.dataBlock, sequence: message.sequence, data: CardAnswer(status: 0x6401).bytes).bytes
    }
}

/// Whether another tag lies there by now.
private final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set() { state.withLock { $0 = true } }
}

struct CCIDLostAnswerTests {
    private let tag: TestAir.Tag = {
        var tag = TestAir.Tag(0xE004_0100_8A5C_982E)
        tag.memory = (0..<112).map { UInt8($0) }
        return tag
    }()

    private func open(_ model: CCIDTwin.Model, _ losses: Losses) async throws -> any Reader & ~Copyable {
        let link = LoopbackLink(CCIDTwin(model), over: TestAir([tag]))
        return try await CCIDDriver.open(InterferingLink(link) { losses.answer($0) })
    }

    private static func isSystemInformation(_ command: CardCommand) -> Bool {
        command.instruction == 0xFC && command.data.first == 0x2B
    }

    private static func isTold(_ fact: CardCommand.Told) -> @Sendable (CardCommand) -> Bool {
        { $0.instruction == 0x30 && $0.first == fact.rawValue }
    }

    @Test(arguments: 0...2) func `a reader is known by its words although the tag was not heard at once`(
        _ count: Int
    ) async throws {
        var identiv = try await open(.identiv, Losses(count, of: Self.isSystemInformation))
        #expect(try await identiv.inventory(afi: nil).tags.map(\.uid) == [tag.uid])
        #expect(try await identiv.writeAFI(0xC2, to: tag.uid) == .verified(old: 0x07, new: 0xC2))
        var omnikey = try await open(.omnikey, Losses(count, of: Self.isTold(.size)))
        #expect(try await omnikey.inventory(afi: nil).tags.map(\.uid) == [tag.uid])
        #expect(try await omnikey.writeAFI(0xC2, to: tag.uid) == .verified(old: 0x07, new: 0xC2))
    }

    @Test func `a tag that says nothing of itself does not make a storage reader of another for good`() async throws {
        let losses = Losses(3, of: Self.isSystemInformation)
        var reader = try await open(.identiv, losses)
        _ = try await reader.inventory(afi: nil)
        #expect(reader.information.abilities.isEmpty)
        losses.lift()
        #expect(try await reader.inventory(afi: nil).tags.isEmpty)
        #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [tag.uid])
        #expect(reader.information.model == "Identiv uTrust 372x")
        #expect(try await reader.writeAFI(0xC2, to: tag.uid) == .verified(old: 0x07, new: 0xC2))
    }

    @Test func `a tag that is lifted while the reader gets to know it is not there`() async throws {
        let losses = Losses(1, of: Self.isSystemInformation)
        let lifting: @Sendable (CCIDMessage) -> [UInt8]? = { message in
            let reply = losses.answer(message)
            if reply != nil, message.kind == .transfer { losses.lift() }
            return reply
        }
        var reader = try await CCIDDriver.open(
            InterferingLink(LoopbackLink(CCIDTwin(.identiv), over: TestAir([tag])), answer: lifting)
        )
        #expect(try await reader.inventory(afi: nil).tags.isEmpty)
        #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [tag.uid])
        #expect(reader.information.model == "Identiv uTrust 372x")
    }

    @Test func `where a reader takes block numbers is found although one block was not heard`() async throws {
        var reader = try await open(.storage(.first), Losses(1) { $0.instruction == 0xB0 && $0.first == 1 })
        _ = try await reader.inventory(afi: nil)
        #expect(try await reader.exchange(.writeSingleBlock(2, data: [7, 7, 7, 7]), with: tag.uid) == .done)
        let blocks = try await reader.exchange(.readSingleBlock(2, withSecurity: false), with: tag.uid)
        #expect(blocks == .blocks([ISO15693.Block(data: [7, 7, 7, 7])]))
    }

    @Test func `where a reader takes block numbers is not forgotten over a tag that cannot show it`() async throws {
        let blank = TagUID(0xE004_0100_0000_0001)
        let isLaidDown = Flag()
        let laying: @Sendable (CCIDMessage) -> [UInt8]? = { message in
            guard isLaidDown.isSet, message.kind == .transfer, let command = try? CardCommand(message.data) else {
                return nil
            }
            let content: [UInt8]
            switch command.instruction {
            case 0xCA: content = blank.bytes
            case 0xB0: content = [0, 0, 0, 0]
            default: return nil
            }
            return CCIDMessage(.dataBlock, sequence: message.sequence, data: CardAnswer(data: content).bytes).bytes
        }
        var reader = try await CCIDDriver.open(
            InterferingLink(LoopbackLink(CCIDTwin(.storage(.first)), over: TestAir([tag])), answer: laying)
        )
        #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [tag.uid])
        isLaidDown.set()
        #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [blank])
        #expect(try await reader.exchange(.writeSingleBlock(2, data: [7, 7, 7, 7]), with: blank) == .done)
    }

    @Test(arguments: 0...2) func `an AFI that was not heard is asked for again`(_ count: Int) async throws {
        var reader = try await open(.omnikey, Losses(count, of: Self.isTold(.afi)))
        #expect(try await reader.readAFI(of: tag.uid) == 0x07)
    }

    @Test func `a block that was not heard is not the end of a tag`() async throws {
        var stranger = tag
        // Nobody's chip: where its memory ends only its answers tell.
        stranger.uid = TagUID(0xE0FE_0000_0000_0001)
        let losses = Losses(1) { $0.instruction == 0xB0 && $0.second == 12 }
        var reader = try await CCIDDriver.open(
            InterferingLink(LoopbackLink(CCIDTwin(.storage(.second)), over: TestAir([stranger]))) { losses.answer($0) }
        )
        _ = try await reader.inventory(afi: nil)
        #expect(try await reader.readMemory(of: stranger.uid).bytes == stranger.memory)
    }

    @Test(arguments: [0, 2, Int.max]) func `locks that were not heard are not known, and no block passes for open`(
        _ count: Int
    ) async throws {
        var locked = tag
        locked.locked = [1]
        let losses = Losses(count) { $0.instruction == 0xFC && $0.data.first == 0x2C }
        var reader = try await CCIDDriver.open(
            InterferingLink(LoopbackLink(CCIDTwin(.identiv), over: TestAir([locked]))) { losses.answer($0) }
        )
        _ = try await reader.inventory(afi: nil)
        let memory = try await reader.readMemory(of: locked.uid, blocks: 3, withLocks: true)
        #expect(memory.bytes == Array(locked.memory.prefix(12)))
        #expect(memory.locked == (count == .max ? [] : [false, true, false]))
    }

    @Test func `a reader that is still busy when it is opened is not taken for another kind`() async throws {
        let busy: @Sendable (CCIDMessage) -> [UInt8]? = { message in
            guard message.kind == .escape else { return nil }
            // Active, failed, E0.
            return CCIDMessage(.escapeReply, sequence: message.sequence, specific: [0x40, 0xE0, 0x00]).bytes
        }
        let air = TestAir([tag])
        await #expect(throws: ReaderError.refused(code: 0xE0, meaning: "slot busy")) {
            _ = try await CCIDDriver.open(
                InterferingLink(LoopbackLink(CCIDTwin(.transparent), over: air), answer: busy)
            )
        }
        let reader = try await CCIDDriver.open(LoopbackLink(CCIDTwin(.transparent), over: air))
        #expect(reader.information.model == "PC/SC reader with transparent session")
    }

    @Test(arguments: 0...2) func `an AFI that was not taken at once is no refusal of the tag`(
        _ count: Int
    ) async throws {
        var identiv = try await open(.identiv, Losses(count) { $0.instruction == 0xFC && $0.data.first == 0x27 })
        #expect(try await identiv.exchange(.writeAFI(0xC2), with: tag.uid) == .done)
        #expect(try await identiv.readAFI(of: tag.uid) == 0xC2)
        // Writing is FF 30 00 01.
        var omnikey = try await open(.omnikey, Losses(count) { $0.instruction == 0x30 && $0.first == 0x00 })
        #expect(try await omnikey.exchange(.writeAFI(0xC2), with: tag.uid) == .done)
        #expect(try await omnikey.readAFI(of: tag.uid) == 0xC2)
    }
}
