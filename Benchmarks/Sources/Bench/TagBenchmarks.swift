import Tags
import Wire

/// Decoding and encoding of real tags; where the bytes come from is said in the tests of Tags.
enum TagBenchmarks {
    static let list = decoding + recognising + encoding

    private static let goalOfDecoding = 1_000_000.0
    private static let goalOfEncoding = 500_000.0

    private static let part2 = memory("110619F0CD7BFB770201A80501106702424103063240BE3E8B0F", dsfid: 0x06)
    private static let part3 = memory(
        "11010131363230313534343239000000000000C4CF46494D616D6B2D4D000000000006650076746100",
        dsfid: 0x3E
    )
    private static let threeM = memory("0411000131333032303033373637", bytes: 32)
    private static let dm11 = memory("0B41155DD9945113944100000000FD32A484FF4F42504401500400000000F555", bytes: 32)
    private static let french = memory("4652010006266762010101000000000000003132333435363738393031323334", bytes: 32)
    private static let blank = memory("")
    private static let foreign = TagMemory(bytes: Array(repeating: 0xA7, count: 112), blockCount: 28)

    private static let decoding = [
        decode("decode ISO 28560-2, 5 elements", Part2Model.self, part2),
        decode("decode ISO 28560-3, one extension block", Part3Model.self, part3),
        decode("decode 3M", ThreeMModel.self, threeM),
        decode("decode DM11", DM11Model.self, dm11),
        decode("decode FR01", FrenchModel.self, french),
        decode("decode blank", BlankModel.self, blank),
        decode("decode raw", RawModel.self, foreign),
        Benchmark("decode ISO 28560-4, UII and user bank", "tags", goal: goalOfDecoding) {
            Part4Model.decode(identifierBank, userBank: userBank).elements.count
        },
    ]

    private static let recognising = [
        read("recognise and decode ISO 28560-2", part2),
        read("recognise and decode ISO 28560-3", part3),
        read("recognise and decode 3M", threeM),
        read("recognise and decode a foreign tag", foreign),
    ]

    private static let encoding = [
        encode("encode ISO 28560-2, 5 elements", Part2Model.self),
        encode("encode ISO 28560-3", Part3Model.self),
    ]

    private static let content = TagContent(
        primaryItemIdentifier: "30114012345678",
        ownerInstitution: "DK-718500",
        setInformation: .single,
        typeOfUsage: .circulation
    )

    private static let identifierBank = IdentifierBank(
        protocolControl: 0x31C2,
        identifier: bytes("1E4BF7C1A3D2501E4BF7C1A3")[...]
    )
    private static let userBank: [UInt8] = [0x06] + bytes("0201A80501106702424103063240BE3E8B0F00")

    private static func memory(_ hex: String, bytes count: Int = 112, dsfid: UInt8? = nil) -> TagMemory {
        let found = bytes(hex)
        let whole = found + repeatElement(0, count: max(0, count - found.count))
        return TagMemory(bytes: whole, blockCount: count / 4, dsfid: dsfid)
    }

    private static func bytes(_ hex: String) -> [UInt8] { (try? Hex.bytes(hex)) ?? [] }

    private static func decode(_ name: String, _ model: any TagDataModel.Type, _ memory: TagMemory) -> Benchmark {
        Benchmark(name, "tags", goal: goalOfDecoding) { model.decode(memory).elements.count }
    }

    private static func read(_ name: String, _ memory: TagMemory) -> Benchmark {
        Benchmark(name, "tags", goal: nil) { LibraryTag(reading: memory).elements.count }
    }

    private static func encode(_ name: String, _ model: any TagDataModel.Type) -> Benchmark {
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
        return Benchmark(name, "tags", goal: goalOfEncoding) {
            ((try? model.encode(content, for: geometry)) ?? []).count
        }
    }
}
