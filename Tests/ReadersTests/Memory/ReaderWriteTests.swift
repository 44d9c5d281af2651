import Readers
import Tags
import Testing
import Wire

struct ReaderWriteTests {
    private let uid = TagUID(0xE004_0150_3309_CE74)

    private func information(_ afi: UInt8?) -> ISO15693.Response {
        .systemInformation(
            ISO15693.SystemInformation(
                uid: uid,
                afi: afi,
                geometry: MemoryGeometry(blockSize: 4, blockCount: 28)
            )
        )
    }

    /// A reader whose tag answers system information with these AFIs one after the other, the last one for ever.
    private func reader(
        afis: [UInt8?],
        writes: Result<ISO15693.Response, ReaderError> = .success(.done)
    ) -> ScriptReader {
        let uid = uid
        let answers = afis.map(information)
        let told = Counter()
        return ScriptReader { request, _ in
            switch request {
            case .systemInformation: .success(answers[min(told.next(), answers.count - 1)])
            case .writeAFI: writes
            default: .failure(.tagLost(uid))
            }
        }
    }

    @Test func `an AFI that reads back as wanted is verified`() async throws {
        var reader = reader(afis: [0x07, 0xC2])
        #expect(try await reader.writeAFI(0xC2, to: uid) == .verified(old: 0x07, new: 0xC2))
        #expect(reader.asked == [.systemInformation, .writeAFI(0xC2), .systemInformation])
    }

    @Test func `a tag that holds it already is left alone`() async throws {
        var reader = reader(afis: [0xC2])
        #expect(try await reader.writeAFI(0xC2, to: uid) == .verified(old: 0xC2, new: 0xC2))
        #expect(reader.asked == [.systemInformation])
    }

    @Test func `a write is repeated until it holds`() async throws {
        var reader = reader(afis: [0x07, 0x07, 0x07, 0xC2], writes: .failure(.tagLost(uid)))
        #expect(try await reader.writeAFI(0xC2, to: uid) == .verified(old: 0x07, new: 0xC2))
        #expect(reader.asked.count(where: { $0 == .writeAFI(0xC2) }) == 3)
    }

    @Test func `a tag that says done and keeps the old value is not written`() async throws {
        var reader = reader(afis: [0x07])
        #expect(try await reader.writeAFI(0xC2, to: uid) == .notWritten(found: 0x07, reason: .ignored))
    }

    @Test(arguments: [0, 1, 2, 3]) func `a DSFID whose answer was lost is written again`(_ lost: Int) async {
        let uid = uid
        var reader = ScriptReader { _, number in number < lost ? .failure(.tagLost(uid)) : .success(.done) }
        let failure = await reader.writeDSFID(0x3E, to: uid)
        let wanted: WriteFailure? = lost < 3 ? nil : .reader(.tagLost(uid))
        #expect(failure == wanted)
        #expect(reader.asked == Array(repeating: ISO15693.Request.writeDSFID(0x3E), count: min(lost + 1, 3)))
    }

    @Test func `a DSFID that is refused is not written again`() async {
        let locked = ISO15693.TagError(code: 0x12)
        var reader = ScriptReader { _, _ in .success(.error(locked)) }
        let failure = await reader.writeDSFID(0x3E, to: uid)
        #expect(failure == .refused(locked))
        #expect(reader.asked.count == 1)
    }

    @Test func `a refusal is told as the tag's own`() async throws {
        let locked = ISO15693.TagError(code: 0x12)
        var reader = reader(afis: [0x07], writes: .success(.error(locked)))
        #expect(try await reader.writeAFI(0xC2, to: uid) == .notWritten(found: 0x07, reason: .refused(locked)))
    }

    @Test func `a tag that leaves behind the write leaves it uncertain`() async throws {
        let uid = uid
        let before = information(0x07)
        var reader = ScriptReader { request, count in
            count == 0 ? .success(before) : .failure(.tagLost(uid))
        }
        #expect(try await reader.writeAFI(0xC2, to: uid) == .uncertain(reason: .reader(.tagLost(uid))))
    }

    @Test func `a line that breaks behind the write leaves it uncertain and is not tried again`() async throws {
        let before = information(0x07)
        var reader = ScriptReader { request, count in
            count == 0 ? .success(before) : .failure(.link(.closed))
        }
        #expect(try await reader.writeAFI(0xC2, to: uid) == .uncertain(reason: .reader(.link(.closed))))
        #expect(reader.asked.count == 3)
    }

    @Test func `a tag that was never there throws, for nothing was sent`() async {
        let uid = uid
        var reader = ScriptReader { _, _ in .failure(.tagLost(uid)) }
        await #expect(throws: ReaderError.tagLost(uid)) { _ = try await reader.writeAFI(0xC2, to: uid) }
        #expect(!reader.asked.contains(.writeAFI(0xC2)))
    }

    @Test func `an AFI that lives in a block is written there, and the block's other bytes stay`() async throws {
        // Tag-it HF-I Standard: block 10 holds the AFI and three bytes of somebody's data.
        let texas = TagUID(0xE007_C000_0000_0001)
        let written = Counter()
        let block = ISO15693.Request.writeSingleBlock(10, data: [0xC2, 0xAA, 0xBB, 0xCC])
        var reader = ScriptReader { request, _ in
            switch request {
            case .readSingleBlock(10, _):
                .success(.blocks([ISO15693.Block(data: [written.value > 0 ? 0xC2 : 0x07, 0xAA, 0xBB, 0xCC])]))
            case block:
                written.next() == 0 ? .success(.done) : .failure(.tagLost(texas))
            default:
                .failure(.tagLost(texas))
            }
        }
        #expect(try await reader.writeAFI(0xC2, to: texas) == .verified(old: 0x07, new: 0xC2))
        #expect(reader.asked.contains(block))
        #expect(!reader.asked.contains(.writeAFI(0xC2)))
    }

    @Test func `a tag that tells its AFI keeps its blocks, whatever chip its number names`() async throws {
        let texas = TagUID(0xE007_C000_0000_0001)
        var reader = reader(afis: [0x07, 0x07, 0xC2])
        #expect(try await reader.writeAFI(0xC2, to: texas) == .verified(old: 0x07, new: 0xC2))
        #expect(reader.asked.contains(.writeAFI(0xC2)))
        #expect(!reader.asked.contains { if case .writeSingleBlock = $0 { true } else { false } })
        _ = try await reader.sendAFI(0x07, to: texas)
        #expect(reader.asked.last == .writeAFI(0x07))
    }

    @Test func `two answers that get lost write no AFI into a block`() async throws {
        let texas = TagUID(0xE007_C000_0000_0001)
        let (information, asked) = (information(0x07), Counter())
        var reader = ScriptReader { request, _ in
            guard request == .systemInformation else { return .success(.done) }
            return asked.next() < 2 ? .failure(.tagLost(texas)) : .success(information)
        }
        _ = try await reader.sendAFI(0xC2, to: texas)
        #expect(reader.asked.last == .writeAFI(0xC2))
        #expect(reader.asked.dropLast().allSatisfy { $0 == .systemInformation })
    }

    @Test func `EAS of another maker's chip is not touched`() async {
        var reader = ScriptReader { _, _ in .success(.done) }
        let texas = TagUID(0xE007_0000_0147_677E)
        await #expect(throws: ReaderError.unsupported("EAS of a chip by Texas Instruments")) {
            _ = try await reader.writeEAS(true, to: texas)
        }
        #expect(reader.asked.isEmpty)
    }
}

/// EM4034: 14 blocks, of which 3 to 11 are the user's (iso15693 §10, §11.17); it knows 20 and 21 alone.
struct ReaderUserMemoryTests {
    private let uid = TagUID(0xE016_0400_0000_0001)

    private func reader() -> ScriptReader {
        ScriptReader { request, _ in
            guard case .readSingleBlock(let block, let security) = request else {
                return .success(.error(ISO15693.TagError(code: 0x01)))
            }
            let data = [UInt8](repeating: UInt8(block), count: 4)
            return .success(.blocks([ISO15693.Block(data: data, security: security ? 0 : nil)]))
        }
    }

    @Test func `user memory is read from the block where it begins`() async throws {
        var reader = reader()
        let memory = try await reader.readMemory(of: uid, withLocks: true)
        #expect(memory.bytes == (3..<12).flatMap { [UInt8](repeating: UInt8($0), count: 4) })
        #expect(memory.blockCount == 9 && memory.locked.count == 9)
        #expect(!memory.isPartial)
    }

    @Test func `and written there, and never locked by a number that could be wrong`() async throws {
        var reader = reader()
        let uid = uid
        _ = try await reader.writeBlocks([1, 2, 3, 4], from: 2, to: uid)
        #expect(reader.asked.contains(.writeSingleBlock(5, data: [1, 2, 3, 4])))
        #expect(!reader.asked.contains(.writeSingleBlock(2, data: [1, 2, 3, 4])))
        await #expect(throws: ReaderError.unsupported("locking where user memory begins at block 3")) {
            _ = try await reader.lockBlock(2, of: uid)
        }
        #expect(!reader.asked.contains { if case .lockBlock = $0 { true } else { false } })
    }
}

/// A tag whose number is an EM4135's, which keeps blocks 0 to 12 for itself and tells its memory when asked (iso15693
/// §10).
struct ReaderGuessedMemoryTests {
    private let uid = TagUID(0xE016_1000_0000_0001)
    private let data = [UInt8](repeating: 7, count: 8)

    /// Blocks of zeros, and one answer after the other to the question for system information, the last one for ever.
    private func reader(_ geometries: [MemoryGeometry?]) -> ScriptReader {
        let uid = uid
        let told = Counter()
        return ScriptReader { request, _ in
            switch request {
            case .systemInformation:
                geometries[min(told.next(), geometries.count - 1)].map { geometry in
                    .success(.systemInformation(ISO15693.SystemInformation(uid: uid, geometry: geometry)))
                } ?? .failure(.tagLost(uid))
            case .readSingleBlock:
                .success(.blocks([ISO15693.Block(data: Array(repeating: 0, count: 8), security: 0)]))
            default: .success(.done)
            }
        }
    }

    private func written(_ asked: [ISO15693.Request]) -> Set<Int> {
        Set(asked.compactMap { if case .writeSingleBlock(let block, _) = $0 { block } else { nil } })
    }

    @Test(arguments: [
        // Its own memory, and that of a tag with a number like it: that one has no blocks in front.
        (MemoryGeometry(blockSize: 8, blockCount: 36), 15), (MemoryGeometry(blockSize: 8, blockCount: 32), 2),
    ])
    func `an answer that was lost moves no write`(_ geometry: MemoryGeometry, _ block: Int) async throws {
        for lost in 0...2 {
            var reader = reader(Array(repeating: nil, count: lost) + [geometry])
            _ = try await reader.writeBlocks(data, from: 2, to: uid)
            #expect(written(reader.asked) == [block])
        }
    }

    @Test(arguments: 0...2) func `an answer that was lost keeps no block open that is to be locked`(
        _ lost: Int
    ) async throws {
        var reader = reader(Array(repeating: nil, count: lost) + [MemoryGeometry(blockSize: 8, blockCount: 32)])
        #expect(try await reader.lockBlock(2, of: uid) == .done)
        #expect(reader.asked.count(where: { $0 == .lockBlock(2) }) == 1)
    }

    @Test func `a tag that never tells its memory is read, and not written to`() async throws {
        let uid = uid
        let data = data
        var reader = reader([nil])
        #expect(try await reader.readMemory(of: uid, blocks: 1).bytes.count == 8)
        let refusal = ReaderError.unsupported("writing where only the tag's number puts user memory at block 13")
        await #expect(throws: refusal) { _ = try await reader.writeBlocks(data, from: 2, to: uid) }
        #expect(written(reader.asked).isEmpty)
    }
}

struct ReaderWriteLimitTests {
    /// Fujitsu MB89R118 takes at most two blocks in one write, of eight bytes each (iso15693 §10).
    @Test func `a chip that takes two blocks at once is sent two at once, then one by one`() async throws {
        var reader = ScriptReader { request, _ in
            switch request {
            case .readSingleBlock: .success(.blocks([Self.zeros]))
            case .readMultipleBlocks(_, let count, _): .success(.blocks(Array(repeating: Self.zeros, count: count)))
            default: .success(.error(ISO15693.TagError(code: 0x01)))
            }
        }
        let data = [UInt8](repeating: 0xAA, count: 40)
        let outcome = try await reader.writeBlocks(data, from: 0, to: TagUID(0xE008_0100_0000_0001))
        #expect(!outcome.isVerified)
        let writes = reader.asked.compactMap { request -> Int? in
            switch request {
            case .writeSingleBlock: 1
            case .writeMultipleBlocks(_, let count, _): count
            default: nil
            }
        }
        #expect(writes == [2, 2, 1] + Array(repeating: 1, count: 10))
    }

    private static let zeros = ISO15693.Block(data: Array(repeating: 0, count: 8), security: 0)
}

/// A tag that has an AFI and never tells it, as Infineon's my-d, on a reader that can ask by AFI.
private struct UntellingReader: ~Copyable, Reader {
    let information = ReaderInformation(model: "script", firmware: "1", abilities: [.inventoryByAFI])
    let uid = TagUID(0xE005_4000_0000_0001)
    var afi: UInt8
    var ignoresWrites = false
    /// Inventories with its AFI that do not hear it.
    var losses: Int

    init(afi: UInt8, ignoresWrites: Bool = false, losses: Int = 0) {
        self.afi = afi
        self.ignoresWrites = ignoresWrites
        self.losses = losses
    }

    mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        switch request {
        case .readSingleBlock:
            return .blocks([ISO15693.Block(data: [0, 0, 0, 0])])
        case .writeAFI(let value):
            if !ignoresWrites { afi = value }
            return .done
        default:
            return .error(ISO15693.TagError(code: 0x01))
        }
    }

    mutating func inventory(afi wanted: UInt8?) async throws(ReaderError) -> Inventory {
        let answers = wanted.map { $0 == 0 || $0 == afi } ?? true
        if answers, wanted != nil, losses > 0 {
            losses -= 1
            return Inventory(tags: [])
        }
        return Inventory(tags: answers ? [DetectedTag(uid: uid)] : [])
    }

    mutating func ping() async throws(ReaderError) {}
    mutating func resetField() async throws(ReaderError) {}
}

/// iso15693 §4.5 and §11.4.
struct UntoldAFITests {
    @Test func `an AFI that the tag does not tell is found by asking for it`() async throws {
        var reader = UntellingReader(afi: 0xC2)
        let uid = reader.uid
        #expect(try await reader.readAFI(of: uid) == nil)
        #expect(try await reader.readAFI(of: uid, among: [0x07, 0xC2]) == 0xC2)
        #expect(try await reader.readAFI(of: uid, among: [0x07, 0x9E]) == nil)
        #expect(try await reader.writeAFI(0x07, to: uid) == .verified(old: nil, new: 0x07))
    }

    @Test func `a tag that was not heard at once has an AFI all the same`() async throws {
        var reader = UntellingReader(afi: 0xC2, losses: 1)
        let uid = reader.uid
        #expect(try await reader.readAFI(of: uid, among: [0x07, 0xC2]) == 0xC2)
    }

    @Test func `that every tag answers to 00 is no proof that 00 was written`() async throws {
        var reader = UntellingReader(afi: 0x07, ignoresWrites: true)
        let uid = reader.uid
        #expect(try await reader.readAFI(of: uid, among: [0x00]) == nil)
        #expect(try await reader.writeAFI(0x00, to: uid) == .uncertain(reason: .notReadable))
    }
}

/// Writing through a driver, its twin and tags that behave like tags.
struct ReaderWriteOverTwinTests {
    private let uid = TagUID(0xE004_0150_3309_CE74)

    private func open(_ tag: TestAir.Tag) async throws -> any Reader & ~Copyable {
        try await FEIGDriver.open(LoopbackLink(FEIGTwin(.deskPad), over: TestAir([tag])))
    }

    @Test func `blocks are written and verified, and only those that differ`() async throws {
        var reader = try await open(TestAir.Tag(uid.rawValue))
        let data = (0..<40).map { UInt8($0 + 1) }
        #expect(
            try await reader.writeBlocks(data, from: 2, to: uid)
                == .verified(old: Array(repeating: 0, count: 40), new: data)
        )
        #expect(try await reader.readMemory(of: uid).bytes.dropFirst(8).prefix(40) == data[...])
        #expect(try await reader.writeBlocks(data, from: 2, to: uid) == .verified(old: data, new: data))
    }

    @Test func `nothing is written when a block that would change is locked`() async throws {
        var tag = TestAir.Tag(uid.rawValue)
        tag.locked = [3]
        var reader = try await open(tag)
        let data = Array(repeating: UInt8(9), count: 12)
        let zeros = Array(repeating: UInt8(0), count: 12)
        #expect(
            try await reader.writeBlocks(data, from: 2, to: uid) == .notWritten(found: zeros, reason: .locked(block: 3))
        )
        #expect(try await reader.readMemory(of: uid).bytes.allSatisfy { $0 == 0 })
        // Block 3 keeps its content, so being locked is no hindrance.
        let around = data.prefix(4) + zeros.prefix(4) + data.prefix(4)
        #expect(try await reader.writeBlocks(Array(around), from: 2, to: uid).isVerified)
    }

    @Test func `a tag that ignores writes is not written`() async throws {
        var tag = TestAir.Tag(uid.rawValue)
        tag.ignoresWrites = true
        var reader = try await open(tag)
        #expect(
            try await reader.writeBlocks([1, 2, 3, 4], from: 0, to: uid)
                == .notWritten(found: [0, 0, 0, 0], reason: .ignored)
        )
        #expect(try await reader.writeAFI(0xC2, to: uid) == .notWritten(found: 0x07, reason: .ignored))
    }

    @Test func `a block behind the end is not there to be written`() async throws {
        var reader = try await open(TestAir.Tag(uid.rawValue))
        let outcome = try await reader.writeBlocks([1, 2, 3, 4, 5, 6, 7, 8], from: 27, to: uid)
        #expect(!outcome.isVerified)
    }

    @Test(arguments: 0..<12)
    func `a tag pulled off at any moment is never told as written wrongly`(_ commands: Int) async throws {
        var tag = TestAir.Tag(uid.rawValue)
        tag.leavesAfter = commands
        var reader = try await open(tag)
        let outcome: WriteOutcome<UInt8>
        do {
            outcome = try await reader.writeAFI(0xC2, to: uid)
        } catch {
            #expect(error == .tagLost(uid))
            #expect(commands == 0)
            return
        }
        // Question, write, question: with three answers it is proven, with fewer nobody knows.
        #expect(outcome.isVerified == (commands >= 3))
        if commands < 3 { #expect(outcome == .uncertain(reason: .reader(.tagLost(uid)))) }
    }

    @Test func `EAS is switched and seen to be switched`() async throws {
        var reader = try await open(TestAir.Tag(uid.rawValue))
        #expect(try await reader.readEAS(of: uid))
        #expect(try await reader.writeEAS(false, to: uid) == .verified(old: true, new: false))
        #expect(try await !reader.readEAS(of: uid))
        #expect(try await reader.writeEAS(true, to: uid) == .verified(old: false, new: true))
    }
}
