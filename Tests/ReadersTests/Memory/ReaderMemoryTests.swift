import Readers
import Synchronization
import Tags
import Testing
import Wire

struct ReaderMemoryTests {
    private let uid = TagUID(0xE004_0150_3309_CE74)
    private static let refusal = ISO15693.Response.error(ISO15693.TagError(code: 0x0F))

    /// Blocks as a tag with `count` blocks of four bytes gives them, each byte its block's number.
    private static func blocks(_ request: ISO15693.Request, of count: Int) -> ISO15693.Response {
        switch request {
        case .readSingleBlock(let block, let security):
            return block < count ? .blocks([Self.block(block, security)]) : refusal
        case .readMultipleBlocks(let first, let wanted, let security):
            guard first < count else { return refusal }
            return .blocks((first..<min(count, first + wanted)).map { Self.block($0, security) })
        default:
            return refusal
        }
    }

    private static func block(_ number: Int, _ security: Bool) -> ISO15693.Block {
        ISO15693.Block(data: Array(repeating: UInt8(number), count: 4), security: security ? UInt8(number % 2) : nil)
    }

    private static func information(_ uid: TagUID, afi: UInt8? = 7, blocks: Int? = 28) -> ISO15693.Response {
        .systemInformation(
            ISO15693.SystemInformation(
                uid: uid,
                dsfid: 0x06,
                afi: afi,
                geometry: blocks.map { MemoryGeometry(blockSize: 4, blockCount: $0) }
            )
        )
    }

    @Test func `a whole memory takes two requests on a good day`() async throws {
        let uid = uid
        var reader = ScriptReader { request, _ in
            .success(request == .systemInformation ? Self.information(uid) : Self.blocks(request, of: 28))
        }
        let memory = try await reader.readMemory(of: uid)
        #expect(memory.bytes == (0..<28).flatMap { Array(repeating: UInt8($0), count: 4) })
        #expect(memory.blockCount == 28)
        #expect(memory.afi == 7)
        #expect(memory.dsfid == 0x06)
        #expect(!memory.isPartial)
        #expect(
            reader.asked == [.systemInformation, .readMultipleBlocks(first: 0, count: 28, withSecurity: false)]
        )
    }

    @Test func `locks that the reader does not tell are not known, rather than open`() async throws {
        let uid = uid
        var reader = ScriptReader { request, _ in
            guard case .readMultipleBlocks(0, 4, true) = request else { return .success(Self.refusal) }
            return .success(.blocks((0..<4).map { Self.block($0, false) }))
        }
        let memory = try await reader.readMemory(of: uid, blocks: 4, withLocks: true)
        #expect(memory.bytes.count == 16)
        #expect(memory.locked.isEmpty)
    }

    /// 01 user locked, 02 factory locked (iso15693 §3.1); only TI says the latter.
    @Test(
        arguments: [
            (0xE007_8000_0000_0001, [false, true, true, true]), (0xE004_0150_3309_CE74, [false, true, false, true]),
        ] as [(UInt64, [Bool])]
    )
    func `a block that TI's factory locked is locked`(_ value: UInt64, _ wanted: [Bool]) async throws {
        let uid = TagUID(value)
        var reader = ScriptReader { request, _ in
            guard case .readMultipleBlocks(0, 4, true) = request else { return .success(Self.refusal) }
            let states: [UInt8] = [0x00, 0x01, 0x02, 0x03]
            return .success(.blocks(states.map { ISO15693.Block(data: [0, 0, 0, 0], security: $0) }))
        }
        let memory = try await reader.readMemory(of: uid, blocks: 4, withLocks: true)
        #expect(memory.locked == wanted)
    }

    /// Tag-it HF-I Standard knows 20, 21 and 22 alone (iso15693 §8).
    @Test func `a chip that reads one block at a time is asked for one at a time`() async throws {
        var reader = ScriptReader { request, _ in .success(Self.blocks(request, of: 11)) }
        let memory = try await reader.readMemory(of: TagUID(0xE007_C000_0000_0001))
        #expect(memory.bytes.count == 32)
        #expect(
            reader.asked == [.systemInformation] + (0..<8).map { .readSingleBlock($0, withSecurity: false) }
        )
    }

    @Test func `the first blocks alone are partial, with their locks when asked`() async throws {
        let uid = uid
        var reader = ScriptReader { request, _ in
            .success(request == .systemInformation ? Self.information(uid) : Self.blocks(request, of: 28))
        }
        let memory = try await reader.readMemory(of: uid, blocks: 3, withLocks: true)
        #expect(memory.bytes.count == 12)
        #expect(memory.isPartial)
        #expect(memory.locked == [false, true, false])
    }

    @Test func `failures make the pieces smaller, down to single blocks`() async throws {
        let uid = uid
        var reader = ScriptReader { request, _ in
            switch request {
            case .systemInformation: .success(Self.information(uid, blocks: 10))
            case .readMultipleBlocks: .failure(.tagLost(uid))
            default: .success(Self.blocks(request, of: 10))
            }
        }
        let memory = try await reader.readMemory(of: uid)
        #expect(memory.bytes.count == 40)
        #expect(
            reader.asked.prefix(4) == [
                .systemInformation,
                .readMultipleBlocks(first: 0, count: 10, withSecurity: false),
                .readMultipleBlocks(first: 0, count: 8, withSecurity: false),
                .readSingleBlock(0, withSecurity: false),
            ]
        )
        #expect(reader.asked.count == 13)
    }

    @Test func `a tag without system information is read to where it ends`() async throws {
        for refusesOverEnd in [false, true] {
            var reader = ScriptReader { request, _ in
                if case .readMultipleBlocks(let first, let count, _) = request, refusesOverEnd, first + count > 12 {
                    return .success(Self.refusal)
                }
                return .success(Self.blocks(request, of: 12))
            }
            // A maker nobody knows.
            let memory = try await reader.readMemory(of: TagUID(0xE055_0000_0000_0001))
            #expect(memory.bytes.count == 48)
            #expect(memory.blockCount == 12)
            #expect(memory.afi == nil)
        }
    }

    @Test func `a block that stays refused ends the memory before the tag's end`() async throws {
        let uid = uid
        var reader = ScriptReader { request, _ in
            switch request {
            case .systemInformation: .success(Self.information(uid, blocks: 28))
            default: .success(Self.blocks(request, of: 20))
            }
        }
        let memory = try await reader.readMemory(of: uid)
        #expect(memory.bytes.count == 80)
        #expect(memory.blockCount == 28)
        #expect(memory.isPartial)
    }

    @Test func `a tag that leaves is lost and no half memory is handed out`() async {
        let uid = uid
        var reader = ScriptReader { request, count in
            count < 2 ? .success(Self.information(uid)) : .failure(.tagLost(uid))
        }
        await #expect(throws: ReaderError.tagLost(uid)) { _ = try await reader.readMemory(of: uid) }
    }

    @Test func `a dead reader is not asked again`() async {
        let uid = uid
        var reader = ScriptReader { request, _ in
            request == .systemInformation ? .success(Self.information(uid)) : .failure(.noReply(command: "tag"))
        }
        await #expect(throws: ReaderError.noReply(command: "tag")) { _ = try await reader.readMemory(of: uid) }
        #expect(reader.asked.count == 2)
    }

    @Test func `AFI of a silent tag is a lost tag, of a tag without one nothing`() async throws {
        let uid = uid
        var gone = ScriptReader { _, _ in .failure(.tagLost(uid)) }
        await #expect(throws: ReaderError.tagLost(uid)) { _ = try await gone.readAFI(of: uid) }
        var mute = ScriptReader { request, _ in
            request == .systemInformation ? .failure(.tagLost(uid)) : .success(Self.blocks(request, of: 8))
        }
        #expect(try await mute.readAFI(of: uid) == nil)
    }

    /// Kept for the first asked, heard from then on.
    private static func lost(_ count: Int, of uid: TagUID) -> ScriptReader {
        let left = Mutex(count)
        return ScriptReader { request, _ in
            guard request == .systemInformation else { return .success(Self.blocks(request, of: 28)) }
            let isLost = left.withLock { left in
                left -= 1
                return left >= 0
            }
            return isLost ? .failure(.tagLost(uid)) : .success(Self.information(uid))
        }
    }

    @Test(arguments: 0...3) func `an AFI whose answer was lost is asked for again`(_ count: Int) async throws {
        var reader = Self.lost(count, of: uid)
        #expect(try await reader.readAFI(of: uid) == (count < 3 ? 7 : nil))
        var other = Self.lost(count, of: uid)
        let memory = try await other.readMemory(of: uid, blocks: 9)
        #expect(memory.afi == (count < 3 ? 7 : nil))
        #expect(memory.dsfid == (count < 3 ? 0x06 : nil))
    }

    @Test(arguments: 0...3) func `an AFI whose answer was damaged is asked for again`(_ count: Int) async throws {
        let uid = uid
        let damage = ReaderError.malformed(.truncated(field: "UID", offset: 1, wanted: 8, found: 3))
        var reader = ScriptReader { request, number in
            guard request == .systemInformation else { return .failure(.tagLost(uid)) }
            return number < count ? .failure(damage) : .success(Self.information(uid))
        }
        guard count < 3 else {
            await #expect(throws: damage) { _ = try await reader.readAFI(of: uid) }
            return
        }
        #expect(try await reader.readAFI(of: uid) == 7)
    }

    @Test func `a chip without system information is not asked for it again`() async throws {
        // my-d vicinity (iso15693 §10).
        let uid = TagUID(0xE005_4000_0000_0001)
        var reader = ScriptReader { request, _ in
            request == .systemInformation ? .failure(.tagLost(uid)) : .success(Self.blocks(request, of: 8))
        }
        #expect(try await reader.readAFI(of: uid) == nil)
        #expect(reader.asked.filter { $0 == .systemInformation }.count == 1)
    }

    @Test func `an old TI tag is read block by block, with its AFI in block 10`() async throws {
        // Tag-it HF-I Standard (UID5 C0): eight user blocks, no read of several, no system information.
        let texas = TagUID(0xE007_C000_0000_0001)
        var reader = ScriptReader { request, _ in
            guard case .readSingleBlock = request else { return .success(Self.refusal) }
            return .success(Self.blocks(request, of: 11))
        }
        let memory = try await reader.readMemory(of: texas)
        #expect(memory.bytes.count == 32)
        #expect(memory.blockCount == 8)
        #expect(try await reader.readAFI(of: texas) == 10)
    }

    @Test func `the counter behind an SLIX2's memory is left out`() async throws {
        // UID5 01, UID4 08: 79 user blocks and the counter, all told as 80.
        let slix2 = TagUID(0xE004_0108_0000_0001)
        var reader = ScriptReader { request, _ in
            .success(request == .systemInformation ? Self.information(slix2, blocks: 80) : Self.blocks(request, of: 80))
        }
        let memory = try await reader.readMemory(of: slix2)
        #expect(memory.bytes.count == 79 * 4)
        #expect(memory.blockCount == 79)
        #expect(!memory.isPartial)
    }

    @Test func `a chip that reads two blocks at a time is asked for two`() async throws {
        // Fujitsu MB89R118 (UID5 01): blocks of eight bytes.
        let fujitsu = TagUID(0xE008_0100_0000_0001)
        var reader = ScriptReader { request, _ in
            guard let count = request.blocksAsked else { return .success(Self.refusal) }
            return .success(
                .blocks(
                    Array(repeating: ISO15693.Block(data: Array(repeating: 7, count: 8), security: nil), count: count)
                )
            )
        }
        let memory = try await reader.readMemory(of: fujitsu, blocks: 5)
        #expect(memory.bytes.count == 40)
        #expect(memory.blockSize == 8)
        #expect(memory.blockCount == 250)
        #expect(reader.asked.compactMap(\.blocksAsked) == [2, 2, 1])
    }
}
