import Tags
import Testing
import Wire

private let slix = TagUID(0xE004_0114_B1A3_DD03)
private let plus = TagUID(0xE007_8098_3E79_6083)

@Suite struct RequestFrameTests {
    /// Requests to one tag beside their bytes on air (shared frames F005 to F119, captured where the comment says so).
    static let requests: [(String, ISO15693.Request)] = [
        ("222003DDA3B1140104E000C2F7", .readSingleBlock(0, withSecurity: false)),  // captured
        ("222303DDA3B1140104E0011A214D", .readMultipleBlocks(first: 1, count: 27, withSecurity: false)),  // captured
        ("622003DDA3B1140104E000C73A", .readSingleBlock(0, withSecurity: true)),
        ("622303DDA3B1140104E00001CBAD", .readMultipleBlocks(first: 0, count: 2, withSecurity: true)),
        ("220203DDA3B1140104E0B4EE", .stayQuiet),
        ("222503DDA3B1140104E06FF0", .select),
        ("222603DDA3B1140104E06826", .resetToReady),
        ("222103DDA3B1140104E005DEADBEEFEBBF", .writeSingleBlock(5, data: [0xDE, 0xAD, 0xBE, 0xEF])),
        ("222203DDA3B1140104E00521F8", .lockBlock(5)),
        (
            "222403DDA3B1140104E004010102030405060708FC99",
            .writeMultipleBlocks(first: 4, count: 2, data: [1, 2, 3, 4, 5, 6, 7, 8])
        ),
        ("222703DDA3B1140104E0C229D6", .writeAFI(0xC2)),
        ("222803DDA3B1140104E0BDFD", .lockAFI),
        ("222903DDA3B1140104E03E316A", .writeDSFID(0x3E)),
        ("222A03DDA3B1140104E04766", .lockDSFID),
        (
            "22B30403DDA3B1140104E010BCF2BCF2DE8D",
            .custom(.init(manufacturer: 4, code: 0xB3, parameters: [0x10, 0xBC, 0xF2, 0xBC, 0xF2]))
        ),
        ("62A60403DDA3B1140104E0C0B0", .custom(.init(manufacturer: 4, code: 0xA6, option: true))),
    ]

    @Test(arguments: requests)
    func `a request to one tag is written and read byte for byte`(hex: String, request: ISO15693.Request) throws {
        let frame = try ISO15693.RequestFrame(request, to: slix)
        #expect(Hex.string(frame.onAir) == hex)
        let parsed = try ISO15693.RequestFrame(onAir: Hex.bytes(hex))
        #expect(parsed == frame)
        #expect(parsed.request == request)
        #expect(parsed.header.recipient == .tag(slix))
    }

    @Test func `a write that waits for an end of frame carries the option flag`() throws {
        // Shared frame F101: Texas Instruments, block 5.
        let request = ISO15693.Request.writeSingleBlock(5, data: [0xDE, 0xAD, 0xBE, 0xEF])
        let frame = try ISO15693.RequestFrame(request, to: plus, answerOnEndOfFrame: true)
        #expect(Hex.string(frame.onAir) == "62218360793E988007E005DEADBEEFAEA8")
        #expect(frame.waitsForEndOfFrame)
    }

    @Test func `the option flag of a read is no matter of timing`() throws {
        let read = ISO15693.Request.readSingleBlock(0, withSecurity: false)
        let frame = try ISO15693.RequestFrame(read, to: plus, answerOnEndOfFrame: true)
        #expect(!frame.header.flags.contains(.option))
        #expect(!frame.waitsForEndOfFrame)
    }

    @Test func `the option flag of NXP's protect command chooses AFI and does not delay the answer`() throws {
        let protect = ISO15693.Request.custom(.init(manufacturer: 4, code: 0xA6, option: true))
        #expect(try !ISO15693.RequestFrame(protect, to: slix).waitsForEndOfFrame)
    }

    @Test(
        arguments: [
            .writeSingleBlock(0, data: [0, 0, 0, 0]), .lockBlock(0), .writeAFI(0xC2), .writeDSFID(6), .lockAFI,
            .lockDSFID,
            .writeMultipleBlocks(first: 0, count: 1, data: [0, 0, 0, 0]), .stayQuiet, .select,
            .extended(.writeSingleBlock(0, data: [0, 0, 0, 0])), .custom(.init(manufacturer: 4, code: 0xA2)),
            .custom(.init(manufacturer: 2, code: 0xA6)), .custom(.init(manufacturer: 7, code: 0xA4)),
            .custom(.init(manufacturer: 0x16, code: 0xA2)),
            // Stay Quiet Persistent (iso15693 §7.3, BC): every tag on the pad would be gone, even after the field was.
            .custom(.init(manufacturer: 4, code: 0xBC)),
        ] as [ISO15693.Request]
    )
    func `what changes a tag cannot be sent to everyone`(_ request: ISO15693.Request) {
        #expect(ISO15693.RequestFrame(toEveryone: request) == nil)
    }

    @Test(
        arguments: [
            ("022B26A3", .systemInformation),
            ("02230000F729", .readMultipleBlocks(first: 0, count: 1, withSecurity: false)),
            ("0226C378", .resetToReady),
            ("02A50417E4", .custom(.init(manufacturer: 4, code: 0xA5))),
            ("023000018F52", .extended(.readSingleBlock(0x100, withSecurity: false))),
            ("0233000103007046", .extended(.readMultipleBlocks(first: 0x100, count: 4, withSecurity: false))),
            ("023B7F0EAA", .extended(.systemInformation(.everything))),
            ("023C00000F00F0DF", .extended(.blockSecurity(first: 0, count: 16))),
        ] as [(String, ISO15693.Request)]
    )
    func `what changes nothing may be sent to everyone`(hex: String, request: ISO15693.Request) throws {
        let frame = try #require(ISO15693.RequestFrame(toEveryone: request))
        #expect(Hex.string(frame.onAir) == hex)
        #expect(try ISO15693.RequestFrame(onAir: Hex.bytes(hex)) == frame)
    }

    @Test func `the protocol extension flag makes block numbers wide`() throws {
        // Shared frame F115: old ST high-density tag, block 0x0100.
        let frame = try ISO15693.RequestFrame(onAir: Hex.bytes("0A200001C232"))
        #expect(frame.request == .readSingleBlock(0x100, withSecurity: false))
        #expect(Hex.string(frame.onAir) == "0A200001C232")
    }

    @Test(
        arguments: [
            .readSingleBlock(256, withSecurity: false), .readSingleBlock(-1, withSecurity: false),
            .readMultipleBlocks(first: 0, count: 0, withSecurity: false),
            .readMultipleBlocks(first: 0, count: 257, withSecurity: false), .blockSecurity(first: 300, count: 1),
            .writeSingleBlock(0, data: []), .writeSingleBlock(0, data: [UInt8](repeating: 0, count: 33)),
            .writeMultipleBlocks(first: 0, count: 3, data: [1, 2, 3, 4]), .lockBlock(Int.max),
            .extended(.readSingleBlock(0x10000, withSecurity: false)),
            .extended(.writeMultipleBlocks(first: 0, count: Int.min, data: [])),
            .custom(.init(manufacturer: 4, code: 0x21)),
        ] as [ISO15693.Request]
    )
    func `what does not fit its fields is refused`(_ request: ISO15693.Request) {
        #expect(throws: EncodeError.self) { try ISO15693.RequestFrame(request, to: slix) }
    }

    @Test(arguments: [
        ("2601000AF6", "CRC bytes swapped"), ("62201122334455667788084981", "published with an altered UID"),
        ("02", "too short"), ("", "nothing"),
    ])
    func `a damaged frame is refused`(hex: String, reason: String) throws {
        let bytes = try Hex.bytes(hex)
        #expect(throws: ParseError.self) { try ISO15693.RequestFrame(onAir: bytes) }
    }

    @Test(arguments: [
        ("3220 03DDA3B1140104E0 00", "select and address together"), ("2220 03DDA3B114", "ends in the UID"),
        ("2220 03DDA3B1140104E0", "no block number"), ("2220 03DDA3B1140104E0 0000", "a byte too many"),
        ("2221 03DDA3B1140104E0 05", "a write without data"), ("2238 03DDA3B1140104E0", "no such command"),
        ("22A2", "no manufacturer"), ("2601 00", "an inventory"),
    ])
    func `content that is no request is refused`(hex: String, reason: String) throws {
        let bytes = try Hex.bytes(hex)
        #expect(throws: ParseError.self) { try ISO15693.RequestFrame(bytes) }
    }

    /// Codes and names of what never comes back; the makers' ones from iso15693 §7.3, §8 and §9.
    @Test func `irreversible commands are known as such`() {
        let locks: [ISO15693.Request] = [
            .lockBlock(0), .lockAFI, .lockDSFID, .extended(.lockBlock(0)),
            .custom(.init(manufacturer: 4, code: 0xA4)), .custom(.init(manufacturer: 4, code: 0xB9)),
            .custom(.init(manufacturer: 2, code: 0xA6)), .custom(.init(manufacturer: 7, code: 0xA4)),
            .custom(.init(manufacturer: 0x99, code: 0xA0)),
        ]
        #expect(locks.allSatisfy { $0.isIrreversible })
        let harmless: [ISO15693.Request] = [
            .writeAFI(7), .custom(.init(manufacturer: 4, code: 0xA2)), .custom(.init(manufacturer: 4, code: 0xB3)),
            .custom(.init(manufacturer: 2, code: 0xA0)),
        ]
        #expect(!harmless.contains { $0.isIrreversible })
    }
}
