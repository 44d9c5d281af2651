import Readers
import Tags
import Testing
import Wire

/// Every command against captured or printed bytes, read and written; sources named as in ``FEIGDriver``.
struct FEIGCommandTests {
    private func request(_ hex: String) throws -> [UInt8] { try FEIGFrame(bytes(hex)).payload }
    private func reply(_ hex: String) throws -> FEIGReply { try FEIGReply(FEIGFrame(bytes(hex))) }

    private func check<Command: FEIGCommand>(_ command: Command, _ hex: String) throws {
        let data = try request(hex)
        #expect(try Command(data) == command)
        #expect(command.bytes == data)
        let style: FEIGFrame.Style = bytes(hex).first == 0x02 ? .advanced : .standard
        let address = try FEIGFrame(bytes(hex)).address
        let frame = FEIGFrame(style: style, address: address, command: Command.code.rawValue, payload: command.bytes)
        #expect(frame.bytes == bytes(hex))
    }

    @Test func `a CPR40 tells its version`() throws {
        // AMAROK: 65 reply, SW-REV 0303, D-REV 00, HW-TYPE 44, SW-TYPE 53 = 83, TR-TYPE 0D30.
        let version = try FEIGSoftwareVersion.Reply(reply("0D 00 65 00 03 03 00 44 53 0D 30 33 09").data)
        #expect(version.type == 83)
        #expect(FEIGModel.ofType(version.type).name == "ID CPR40")
        #expect(version.firmware == "3.03")
        #expect(version.hardwareType == 0x44)
        #expect(version.tagTypes == 0x0D30)
        #expect(version.bytes == bytes("03 03 00 44 53 0D 30"))
    }

    @Test func `reader info adds the buffers to the version`() throws {
        let data = bytes("02 04 00 00 4D 00 08 01 18 01 18")
        let info = try FEIGReaderInfo.Reply(data)
        #expect(FEIGModel.ofType(info.version.type).name == "ID ISC.MR102")
        #expect(info.receiveBuffer == 280)
        #expect(info.sendBuffer == 280)
        #expect(info.bytes == data)
    }

    @Test func `control commands write their frames`() throws {
        try check(FEIGPing(), "02 00 08 FF 52 00 4A C3")
        try check(FEIGSoftwareVersion(), "02 00 07 FF 65 6E 61")
        try check(FEIGReaderInfo(), "06 FF 66 00 CD BF")
        try check(FEIGFieldReset(), "02 00 07 FF 69 02 AB")
        // THW: antenna 1 on, all off.
        try check(FEIGFieldOutput(antenna: 1), "02 00 08 FF 6A 01 A1 AA")
        try check(FEIGFieldOutput(antenna: 0), "02 00 08 FF 6A 00 28 BB")
    }

    @Test func `inventory asks once and for more`() throws {
        try check(FEIGInventory(.once), "02 00 09 FF B0 01 00 18 43")
        try check(FEIGInventory(.once), "07 FF B0 01 00 1C 56")
        try check(FEIGInventory(.more), "02 00 09 FF B0 01 80 10 C7")
        try check(FEIGInventory(.more), "07 FF B0 01 80 14 D2")
        #expect(try FEIGInventory([0x01, 0x40, 0x1E]).mode == .waiting(30))
        #expect(FEIGInventory(.waiting(30)).bytes == [0x01, 0x40, 0x1E])
    }

    @Test func `one tag is told with type, DSFID and UID`() throws {
        // FDRV.
        let frame = try reply("11 00 B0 00 01 03 00 E0 04 01 50 A0 5F 02 B7 D7 BE")
        let inventory = try FEIGInventory.Reply(frame.data)
        #expect(inventory.records == [.iso15693(dsfid: 0, uid: TagUID(0xE004_0150_A05F_02B7))])
        #expect(inventory.bytes == frame.data)
    }

    @Test func `three tags are valid although the status speaks of radio trouble`() throws {
        // GOFEIG, from an MR101.
        let frame = try reply(
            """
            02 00 27 00 B0 83 03 03 00 E0 04 01 50 33 09 CE 74 03 00 E0 04 01 00 46 70 7A 28 03 00 E0 04 01 50 0B 21 97 24
            78 C9
            """
        )
        #expect(frame.status == .radioError)
        #expect(frame.status.carriesAnswer)
        let inventory = try FEIGInventory.Reply(frame.data)
        #expect(
            inventory.records == [
                .iso15693(dsfid: 0, uid: TagUID(0xE004_0150_3309_CE74)),
                .iso15693(dsfid: 0, uid: TagUID(0xE004_0100_4670_7A28)),
                .iso15693(dsfid: 0, uid: TagUID(0xE004_0150_0B21_9724)),
            ]
        )
        #expect(inventory.bytes == frame.data)
    }

    @Test func `records of other tags are stepped over`() throws {
        // Layouts of M-CPR: an ISO 14443 A tag with 7 and one with 10 UID bytes, 14443 B, Jewel, EPC, then a library tag.
        let data =
            [6, 0x04, 0x00, 0x00, 1, 2, 3, 4, 5, 6, 7]
            + [0x04, 0x04, 0x00, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
            + [0x05, 0x00, 1, 2, 3, 4, 5, 6, 7, 8]
            + [0x08, 0, 0, 1, 2, 3, 4, 5, 6]
            + [0x84, 0x00, 2, 0xAA, 0xBB]
            + [0x03, 0x3E] + bytes("E0 04 01 50 33 09 CE 74")
        let inventory = try FEIGInventory.Reply(data)
        #expect(inventory.records.count == 6)
        #expect(inventory.records.last == .iso15693(dsfid: 0x3E, uid: TagUID(0xE004_0150_3309_CE74)))
        #expect(inventory.unread.isEmpty)
        #expect(inventory.bytes == data)
    }

    @Test func `an unknown tag type ends the reading of a reply`() throws {
        let data = [3, 0x03, 0x00] + bytes("E0 04 01 50 33 09 CE 74") + [0x0C, 1, 2, 3]
        let inventory = try FEIGInventory.Reply(data)
        #expect(inventory.records.count == 1)
        #expect(inventory.unread == [0x0C, 1, 2, 3])
        #expect(inventory.bytes == data)
    }

    @Test func `fewer records than announced are refused`() {
        #expect(throws: ParseError.truncated(field: "data sets", offset: 0, wanted: 2, found: 1)) {
            try FEIGInventory.Reply([2, 0x03, 0x00] + bytes("E0 04 01 50 33 09 CE 74"))
        }
        #expect(throws: ParseError.self) { try FEIGInventory.Reply([1, 0x03, 0x00, 0xE0]) }
    }

    @Test func `blocks are turned round on their way to the tag`() throws {
        // M-CPR annex F: the tag receives 01020304 11121314 21222324 from block 0.
        try check(
            FEIGWriteBlocks(
                FEIGTagAddress(.uid(TagUID(0xE007_0000_0147_677E))),
                first: 0,
                blockSize: 4,
                data: bytes("01 02 03 04 11 12 13 14 21 22 23 24")
            ),
            "1E FF B0 24 01 E0 07 00 00 01 47 67 7E 00 03 04 04 03 02 01 14 13 12 11 24 23 22 21 7C 34"
        )
        // The same manual with blocks of eight bytes from block 3; its UID begins 60 05, an Infineon chip of old.
        try check(
            FEIGWriteBlocks(
                FEIGTagAddress(.uid(TagUID(0x6005_0000_0211_2504))),
                first: 3,
                blockSize: 8,
                data: bytes("01 02 03 04 05 06 07 08 11 12 13 14 15 16 17 18 21 22 23 24 25 26 27 28")
            ),
            """
            2A FF B0 24 01 60 05 00 00 02 11 25 04 03 03 08 08 07 06 05 04 03 02 01 18 17 16 15 14 13 12 11
            28 27 26 25 24 23 22 21 E6 25
            """
        )
        // THW: tag bytes 00 11 22 33 | 30 31 30 30 | 33 36 35 34.
        try check(
            FEIGWriteBlocks(
                FEIGTagAddress(.uid(TagUID(0xE004_0100_1159_139F))),
                first: 0,
                blockSize: 4,
                data: bytes("00 11 22 33 30 31 30 30 33 36 35 34")
            ),
            "02 00 20 FF B0 24 01 E0 04 01 00 11 59 13 9F 00 03 04 33 22 11 00 30 30 31 30 34 35 36 33 79 D7"
        )
    }

    @Test func `blocks are turned round on their way from the tag`() throws {
        // M-CPR annex F, the answers to reading what was written above.
        let four = try reply("17 00 B0 00 03 04 00 04 03 02 01 00 14 13 12 11 00 24 23 22 21 B4 5B")
        let blocks = try FEIGReadBlocks.Reply(four.data)
        #expect(blocks.blockSize == 4)
        #expect(blocks.blocks.flatMap(\.data) == bytes("01 02 03 04 11 12 13 14 21 22 23 24"))
        #expect(blocks.blocks.allSatisfy { $0.security == 0 })
        #expect(blocks.bytes == four.data)
        let eight = try reply(
            """
            23 00 B0 00 03 08 00 08 07 06 05 04 03 02 01 00 18 17 16 15 14 13 12 11 00 28 27 26 25 24 23 22 21
            99 65
            """
        )
        #expect(try FEIGReadBlocks.Reply(eight.data).blocks.first?.data == bytes("01 02 03 04 05 06 07 08"))
        #expect(try FEIGReadBlocks.Reply(eight.data).bytes == eight.data)
    }

    @Test func `reading is addressed with the UID most significant byte first`() throws {
        // GOFEIG: ten blocks from block 0, sent to the reader at address 00.
        try check(
            FEIGReadBlocks(FEIGTagAddress(.uid(TagUID(0xE004_0100_4670_7A28))), first: 0, count: 10),
            "02 00 13 00 B0 23 01 E0 04 01 00 46 70 7A 28 00 0A 88 BF"
        )
        try check(
            FEIGReadBlocks(FEIGTagAddress(.uid(TagUID(0xE004_0150_3309_CE74))), first: 0, count: 8),
            "11 FF B0 23 01 E0 04 01 50 33 09 CE 74 00 08 92 23"
        )
    }

    @Test func `AFI is written to one tag or to whichever is there`() throws {
        let tag = FEIGTagAddress(.uid(TagUID(0xE004_0150_3309_CE74)))
        try check(
            FEIGTagSetting(.writeAFI, tag, value: 0x07),
            "02 00 12 FF B0 27 01 E0 04 01 50 33 09 CE 74 07 2C 3B"
        )
        try check(FEIGTagSetting(.writeAFI, tag, value: 0xC2), "10 FF B0 27 01 E0 04 01 50 33 09 CE 74 C2 AB 45")
        // HARAVA: a PRH200 wand writes to the tag in front of it.
        try check(FEIGTagSetting(.writeAFI, FEIGTagAddress(.any), value: 0x07), "02 00 0A FF B0 27 00 07 AA 31")
        try check(FEIGTagSetting(.writeAFI, FEIGTagAddress(.any), value: 0xC2), "02 00 0A FF B0 27 00 C2 0B A0")
    }

    @Test func `system information asks one tag`() throws {
        try check(
            FEIGSystemInformation(FEIGTagAddress(.uid(TagUID(0xE004_0150_3309_CE74)))),
            "02 00 11 FF B0 2B 01 E0 04 01 50 33 09 CE 74 DF 28"
        )
    }

    @Test(
        arguments: [
            // Plain as the manuals say, minus one as an MR102 sends it; SLIX2 with 80 blocks, 8-byte blocks, SLIX.
            (size: 0x04, count: 0x50, wanted: MemoryGeometry(blockSize: 4, blockCount: 80)),
            (size: 0x03, count: 0x4F, wanted: MemoryGeometry(blockSize: 4, blockCount: 80)),
            (size: 0x08, count: 0x20, wanted: MemoryGeometry(blockSize: 8, blockCount: 32)),
            (size: 0x07, count: 0x1F, wanted: MemoryGeometry(blockSize: 8, blockCount: 32)),
            (size: 0x04, count: 0x1C, wanted: MemoryGeometry(blockSize: 4, blockCount: 28)),
            (size: 0x03, count: 0x1B, wanted: MemoryGeometry(blockSize: 4, blockCount: 28)),
            (size: 0x1F, count: 0xFF, wanted: MemoryGeometry(blockSize: 32, blockCount: 256)),
            (size: 0x20, count: 0xFF, wanted: MemoryGeometry(blockSize: 32, blockCount: 255)),
        ] as [(size: UInt8, count: UInt8, wanted: MemoryGeometry)]
    )
    func `memory size is understood in both codings`(_ size: UInt8, _ count: UInt8, _ wanted: MemoryGeometry) throws {
        let data = [0x00] + bytes("E0 04 01 50 33 09 CE 74") + [0x07, size, count, 0x01]
        let information = try FEIGSystemInformation.Reply(data)
        #expect(information.memory.geometry == wanted)
        #expect(information.afi == 0x07)
        #expect(information.bytes == data)
    }

    /// An MB89R118 has 256 blocks of 8.
    @Test func `no blocks at all are a size that nobody knows`() throws {
        let data = [0x00] + bytes("E0 08 01 00 00 00 00 01") + [0x07, 0x08, 0x00, 0x00]
        #expect(try FEIGSystemInformation.Reply(data).memory.geometry == nil)
    }

    @Test func `EAS goes through B1 with maker and code before the UID`() throws {
        let tag = FEIGTagAddress(.uid(TagUID(0xE004_0150_3309_CE74)))
        try check(
            FEIGCustom(manufacturer: 4, custom: 0xA2, address: tag),
            "02 00 12 FF B1 04 A2 01 E0 04 01 50 33 09 CE 74 70 D6"
        )
        try check(
            FEIGCustom(manufacturer: 4, custom: 0xA3, address: tag),
            "10 FF B1 04 A3 01 E0 04 01 50 33 09 CE 74 71 15"
        )
    }

    @Test func `a transparent write with option flag carries the delay of the end of frame`() throws {
        // M-CPR: 02 1F is the answer delay, 84 6A the 20 ms until the lone end of frame.
        let command = FEIGTransparent(
            mode: .writeWithOption(delay: 0x846A),
            responseBits: 24,
            request: [0x62, 0x27, 0x07]
        )
        #expect(command.bytes == bytes("03 00 18 02 1F 84 6A 62 27 07"))
        #expect(try FEIGTransparent(command.bytes) == command)
        let read = FEIGTransparent(mode: .read, responseBits: 32, request: [0x02, 0x2B])
        #expect(read.bytes == bytes("01 00 20 02 1F 02 2B"))
        #expect(try FEIGTransparent(read.bytes) == read)
    }

    @Test func `a transparent inventory has a mode and a delay of its own`() throws {
        // readers §1.8: MODE 4, inventory, extra EOF-PULSE-DELAY.
        let inventory = FEIGTransparent(
            mode: .inventory(delay: 0x846A),
            responseBits: 96,
            request: [0x36, 0x01, 0x07, 0x00]
        )
        #expect(inventory.bytes == bytes("04 00 60 02 1F 84 6A 36 01 07 00"))
        #expect(try FEIGTransparent(inventory.bytes) == inventory)
        #expect(throws: ParseError.self) { try FEIGTransparent(bytes("05 00 60 02 1F 00 01 36 01 07 00")) }
    }

    @Test func `a tag's refusal names error and block`() throws {
        #expect(try FEIGTagRefusal([0x12, 0x05]) == FEIGTagRefusal(error: 0x12, block: 5))
        #expect(try FEIGTagRefusal([0x0F]) == FEIGTagRefusal(error: 0x0F))
        #expect(throws: ParseError.self) { try FEIGTagRefusal([]) }
    }

    @Test func `orders and settings keep to their codes`() throws {
        let tag = FEIGTagAddress(.uid(TagUID(0xE004_0150_3309_CE74)))
        for order in FEIGTagOrder.orders {
            let command = FEIGTagOrder(order, tag)
            #expect(command.bytes.first == order.rawValue)
            #expect(try FEIGTagOrder(command.bytes) == command)
        }
        #expect(throws: ParseError.self) { try FEIGTagOrder(FEIGTagSetting(.writeAFI, tag, value: 7).bytes) }
        let lock = FEIGLockBlocks(FEIGTagAddress(.selected), first: 3, count: 2)
        #expect(lock.bytes == [0x22, 0x02, 3, 2])
        #expect(try FEIGLockBlocks(lock.bytes) == lock)
        let security = FEIGBlockSecurity(tag, first: 0, count: 28)
        #expect(try FEIGBlockSecurity(security.bytes) == security)
        #expect(try FEIGBlockSecurity.Reply([2, 1, 0]).status == [1, 0])
    }

    @Test(
        arguments: [[], [0x23], [0x23, 0x01, 0xE0], [0x23, 0x04, 0x00, 0x01], [0x24, 0x00, 0, 1, 4, 1, 2, 3]]
            as [[UInt8]]
    )
    func `a short or strange tag command is refused`(_ data: [UInt8]) {
        #expect(throws: ParseError.self) { try FEIGReadBlocks(data) }
        #expect(throws: ParseError.self) { try FEIGWriteBlocks(data) }
        #expect(throws: ParseError.self) { try FEIGInventory(data) }
    }
}
