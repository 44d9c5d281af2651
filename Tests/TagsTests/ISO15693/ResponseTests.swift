import Tags
import Testing
import Wire

private let slix = TagUID(0xE004_0114_B1A3_DD03)

private func answer(
    _ hex: String,
    to request: ISO15693.Request,
    blockSize: Int? = nil,
    protocolExtension: Bool = false
) throws -> ISO15693.Response {
    let frame = try ISO15693.RequestFrame(request, to: slix, protocolExtension: protocolExtension)
    return try ISO15693.Response(onAir: Hex.bytes(hex), answering: frame, blockSize: blockSize)
}

@Suite struct ResponseTests {
    @Test func `a real SLIX tells its memory, AFI, DSFID and chip`() throws {
        // Shared frame F004, captured: 28 blocks of 4 bytes.
        let response = try answer("000F03DDA3B1140104E000001B0301448E", to: .systemInformation)
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
        let information = ISO15693.SystemInformation(uid: slix, dsfid: 0, afi: 0, geometry: geometry, icReference: 1)
        #expect(response == .systemInformation(information))
        #expect(
            Hex.string(ISO15693.FrameCheck.sealing(response.content(answering: .systemInformation)))
                == "000F03DDA3B1140104E000001B0301448E"
        )
    }

    @Test(arguments: [("000B03DDA3B1140104E03E070111A7", 1 as UInt8?), ("000003DDA3B1140104E0B581", nil)])
    func `system information follows its flags`(hex: String, icReference: UInt8?) throws {
        guard case .systemInformation(let information) = try answer(hex, to: .systemInformation) else {
            Issue.record("no system information")
            return
        }
        #expect(information.geometry == nil)
        #expect(information.icReference == icReference)
        #expect(information.problem == nil)
        #expect(
            Hex.string(
                ISO15693.FrameCheck.sealing(
                    ISO15693.Response.systemInformation(information).content(answering: .systemInformation)
                )
            ) == hex
        )
    }

    @Test func `system information that claims more than arrived keeps the UID`() throws {
        // Information flags 0F, but the answer ends behind the AFI.
        let content = try Hex.bytes("000F03DDA3B1140104E03E07")
        let frame = try ISO15693.RequestFrame(.systemInformation, to: slix)
        guard case .systemInformation(let information) = try ISO15693.Response(content: content, answering: frame)
        else {
            Issue.record("no system information")
            return
        }
        #expect(information.uid == slix)
        #expect(information.afi == 0x07)
        #expect(information.problem == .truncated(field: "block count", offset: 12, wanted: 1, found: 0))
    }

    @Test func `an old ST tag tells a 16-bit block count`() throws {
        // Shared frame F114.
        let response = try answer(
            "000F02030405264402E000FFFF07032C103A",
            to: .systemInformation,
            protocolExtension: true
        )
        guard case .systemInformation(let information) = response else {
            Issue.record("no system information")
            return
        }
        #expect(information.geometry == MemoryGeometry(blockSize: 4, blockCount: 2048))
        #expect(
            Hex.string(
                ISO15693.FrameCheck.sealing(response.content(answering: .systemInformation, protocolExtension: true))
            )
                == "000F02030405264402E000FFFF07032C103A"
        )
    }

    @Test func `extended system information lists the commands a tag knows`() throws {
        // Shared frame F122: 512 blocks, command list FF 3F 3F 00.
        let request = ISO15693.Request.extended(.systemInformation(.everything))
        let response = try answer("003F03DDA3B1140104E00000FF010326FF3F3F007A72", to: request)
        guard case .systemInformation(let information) = response else {
            Issue.record("no system information")
            return
        }
        #expect(information.geometry?.blockCount == 512)
        #expect(information.commands?.knows(0x24) == true)
        #expect(information.commands?.knows(0x3D) == false)
        #expect(information.commands?.knows(0x35) == nil)
        #expect(
            Hex.string(ISO15693.FrameCheck.sealing(response.content(answering: request)))
                == "003F03DDA3B1140104E00000FF010326FF3F3F007A72"
        )
    }

    @Test func `a read with security has a status in front of each block`() throws {
        // Shared frame F099.
        let request = ISO15693.Request.readMultipleBlocks(first: 0, count: 2, withSecurity: true)
        let response = try answer("0001E1400E01000300FE00AD9F", to: request)
        #expect(
            response
                == .blocks([
                    .init(data: [0xE1, 0x40, 0x0E, 0x01], security: 1),
                    .init(data: [0x03, 0x00, 0xFE, 0x00], security: 0),
                ])
        )
        #expect(
            Hex.string(ISO15693.FrameCheck.sealing(response.content(answering: request)))
                == "0001E1400E01000300FE00AD9F"
        )
    }

    /// Answer length, blocks asked for, block size: full answers tell the size, short ones are taken as 4-byte blocks.
    @Test(arguments: [(16, 4, 4), (32, 4, 8), (4, 4, 1), (128, 4, 32), (16, 8, 4), (108, 27, 4), (24, 8, 4), (8, 1, 8)])
    func `the block size is told by the length of a full answer`(bytes: Int, blocks: Int, size: Int) {
        #expect(ISO15693.Response.blockSize(ofAnswer: bytes, blocks: blocks, withSecurity: false) == size)
    }

    @Test func `an answer shortened at the end of memory has fewer blocks`() throws {
        let request = ISO15693.Request.readMultipleBlocks(first: 24, count: 8, withSecurity: false)
        let content = ISO15693.FrameCheck.sealing([0] + [UInt8](repeating: 7, count: 16))
        guard case .blocks(let blocks) = try answer(Hex.string(content), to: request) else {
            Issue.record("no blocks")
            return
        }
        #expect(blocks.count == 4)
    }

    @Test(arguments: [
        ("010F68EE", 0x0F as UInt8, "error without information"), ("01030424", 0x03, "option not supported"),
        ("01120C25", 0x12, "block locked, content unchanged"), ("0115B351", 0x15, "block protected"),
    ])
    func `an error is a value with its meaning`(hex: String, code: UInt8, meaning: String) throws {
        let response = try answer(hex, to: .writeAFI(7))
        #expect(response == .error(.init(code: code)))
        #expect(ISO15693.TagError(code: code).description == meaning)
        #expect(Hex.string(ISO15693.FrameCheck.sealing(response.content(answering: .writeAFI(7)))) == hex)
    }

    @Test(
        arguments: [
            ("0078F0", .writeAFI(7), .done),
            ("00BCF29F81", .custom(.init(manufacturer: 4, code: 0xB2)), .data([0xBC, 0xF2])),
        ] as [(String, ISO15693.Request, ISO15693.Response)]
    )
    func `plain answers`(hex: String, request: ISO15693.Request, response: ISO15693.Response) throws {
        #expect(try answer(hex, to: request) == response)
        #expect(Hex.string(ISO15693.FrameCheck.sealing(response.content(answering: request))) == hex)
    }

    @Test(
        arguments: [
            ("00", .readSingleBlock(0, withSecurity: false)), ("0001", .writeAFI(7)), ("01", .writeAFI(7)),
            ("010F00", .writeAFI(7)), ("", .writeAFI(7)), ("000F03DDA3", .systemInformation),
            ("000000", .blockSecurity(first: 0, count: 1)),
            ("00010203", .readMultipleBlocks(first: 0, count: 2, withSecurity: false)),
        ] as [(String, ISO15693.Request)]
    )
    func `what is no answer to the request is refused`(hex: String, request: ISO15693.Request) throws {
        let frame = try ISO15693.RequestFrame(request, to: slix)
        let content = try Hex.bytes(hex)
        #expect(throws: ParseError.self) { try ISO15693.Response(content: content, answering: frame) }
    }
}
