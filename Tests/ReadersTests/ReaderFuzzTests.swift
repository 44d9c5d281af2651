import Readers
import Tags
import Testing
import Wire

/// The same pseudo-random bytes at every run.
private struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed &* 2 &+ 1
    }

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(1, sides)
    }

    /// `bytes` with a few of them changed, cut off or doubled.
    mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...roll(3) where !bytes.isEmpty {
            switch roll(4) {
            case 0: bytes.removeLast(roll(bytes.count + 1))
            case 1: bytes.insert(UInt8(roll(256)), at: roll(bytes.count + 1))
            default: bytes[roll(bytes.count)] = UInt8(roll(256))
            }
        }
        return bytes
    }
}

/// A value that reads from damaged bytes must mean the same when written and read again; nothing may trap.
private func agrees<Value: ByteParsable & ByteWritable & Equatable>(_ type: Value.Type, _ bytes: [UInt8]) -> Bool {
    guard let value = try? Value(bytes) else { return true }
    return (try? Value(value.bytes)) == value
}

struct ReaderFuzzTests {
    private static let feig: [[UInt8]] = [
        bytes("01 03 00 E0 04 01 50 A0 5F 02 B7"),
        bytes("03 04 00 04 03 02 01 00 14 13 12 11 00 24 23 22 21"),
        bytes("24 01 E0 07 00 00 01 47 67 7E 00 03 04 04 03 02 01 14 13 12 11 24 23 22 21"),
        bytes("0A 00 01 00 1D 00 06 04 D1 00 0D D9 DB 0F 3D 6C 59 33 62 C1 83 76 CC 3F 02 01 A8 05 01 10 67 02"),
        bytes("13 00 01 00 11 03 00 08 E0 04 01 50 0A 20 3F A3 00 00 04 04"),
        bytes("00 E0 04 01 50 33 09 CE 74 07 03 1B 01"),
        bytes("00 0D 02 02 00 08 01 77 00 EE 02"),
        bytes("03 00 18 02 1F 84 6A 62 27 07"),
        bytes("01 02 41 01 00 05 01 02 00 01"),
    ]
    private static let threeM: [[UInt8]] = [
        bytes("00 07 01 3E E0 04 01 00 31 23 AA 26"),
        bytes("E0 04 01 00 31 23 AA 26 02 00 00 00 11 22 33 01 00 00 11 22 33"),
        bytes("E0 04 01 00 31 23 AA 26 0F 06 07 03 1B 00 01"),
        bytes("E0 04 01 00 31 23 AA 26 00 01 00 12 34 AB CD"),
        bytes("00 0B 00 06 00 00 23 20 93 69 73 12 00 00 07 E0 00"),
    ]

    @Test func `damaged FEIG data is refused or understood`() {
        var dice = Dice(1)
        for _ in 0..<3000 {
            let bytes = dice.damage(Self.feig[dice.roll(Self.feig.count)])
            #expect(agrees(FEIGInventory.self, bytes) && agrees(FEIGInventory.Reply.self, bytes))
            #expect(agrees(FEIGReadBlocks.self, bytes) && agrees(FEIGReadBlocks.Reply.self, bytes))
            #expect(agrees(FEIGTagOrder.self, bytes) && agrees(FEIGTagSetting.self, bytes))
            #expect(agrees(FEIGSystemInformation.Reply.self, bytes) && agrees(FEIGBlockSecurity.Reply.self, bytes))
            #expect(agrees(FEIGPiggyback.self, bytes) && agrees(FEIGTransparent.self, bytes))
            #expect(agrees(FEIGSetOutput.self, bytes) && agrees(FEIGExtendedBlocks.self, bytes))
            #expect(agrees(FEIGWriteBlocks.self, bytes) && agrees(FEIGCustom.self, bytes))
            #expect(agrees(FEIGReadBuffer.Reply.self, bytes))
        }
    }

    @Test func `damaged 3M data is refused or understood`() {
        var dice = Dice(2)
        for _ in 0..<3000 {
            let bytes = dice.damage(Self.threeM[dice.roll(Self.threeM.count)])
            #expect(agrees(ThreeMInventory.Reply.self, bytes) && agrees(ThreeMReadBlocks.Reply.self, bytes))
            #expect(agrees(ThreeMWriteBlocks.self, bytes) && agrees(ThreeMTagInformation.Reply.self, bytes))
            #expect(agrees(ThreeMPassThrough.self, bytes) && agrees(ThreeMPassThrough.Reply.self, bytes))
            #expect(agrees(ThreeMTagOrder.self, bytes) && agrees(ThreeMVersion.Reply.self, bytes))
        }
    }

    @Test func `a twin answers nonsense in its own protocol or not at all`() {
        var dice = Dice(3)
        var air: any Air = TestAir([TestAir.Tag(0xE004_0150_3309_CE74)])
        var feig = FEIGTwin(.pad)
        var threeM = ThreeMTwin(.model810)
        for _ in 0..<1500 {
            let data = dice.damage(Self.feig[dice.roll(Self.feig.count)])
            let codes = FEIGCommandCode.allCases
            let command = codes[dice.roll(codes.count)].rawValue
            let reply = feig.receive(
                FEIGFrame(style: .advanced, address: 0xFF, command: command, payload: data).bytes,
                air: &air
            )
            #expect((try? FEIGReply(FEIGFrame(reply)))?.command == command)
            let fields = dice.damage(Self.threeM[dice.roll(Self.threeM.count)])
            let code = ThreeMCode.allCases[dice.roll(ThreeMCode.allCases.count)].rawValue
            let answer = threeM.receive(ThreeMFrame(command: code, fields: fields).bytes, air: &air)
            #expect((try? ThreeMFrame(answer))?.command == code)
        }
    }

    @Test(arguments: AllDrivers.list.map { $0.identity.name })
    func `a device that babbles never harms the driver`(_ name: String) async throws {
        let driver = try #require(AllDrivers.named(name))
        let tag = TestAir.Tag(0xE004_0150_3309_CE74)
        for seed in 0..<60 {
            let babble = BabblingLink(LoopbackLink(driver.twin(), over: TestAir([tag])), seed: UInt64(seed))
            guard var reader = try? await driver.open(babble) else { continue }
            for _ in 0..<3 {
                // Where nothing but the cable vouches for a reply, a damaged one may be believed, but harms nobody.
                guard driver.identity.hasChecksum else {
                    _ = try? await reader.inventory(afi: nil)
                    _ = try? await reader.readMemory(of: tag.uid)
                    continue
                }
                if let tags = try? await reader.inventory(afi: nil).tags {
                    #expect(tags.allSatisfy { $0.uid == tag.uid })
                }
                if let memory = try? await reader.readMemory(of: tag.uid).bytes { #expect(memory == tag.memory) }
            }
        }
    }
}

/// Damages every third reply.
private struct BabblingLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private var dice: Dice

    init(_ link: consuming any Link & ~Copyable, seed: UInt64) {
        self.link = link
        dice = Dice(seed)
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await link.send(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let bytes = try await link.receive(within: limit)
        let damaged = dice.roll(3) == 0 ? dice.damage(bytes) : bytes
        guard !damaged.isEmpty else { throw .timedOut }
        return damaged
    }
}
