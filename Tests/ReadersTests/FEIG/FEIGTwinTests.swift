import Readers
import Tags
import Testing
import Wire

/// The twin alone against captured and printed bytes; the driver takes no part here.
struct FEIGTwinTests {
    private func answer(_ twin: inout FEIGTwin, _ hex: String, _ air: inout any Air) -> String {
        Hex.string(twin.receive(bytes(hex), air: &air), separator: " ")
    }

    @Test(arguments: [
        // AMAROK: a CPR40 asked in both styles.
        ("05 FF 65 E5 CB", "0D 00 65 00 03 03 00 44 53 0D 30 33 09"),
        ("02 00 07 FF 65 6E 61", "02 00 0F 00 65 00 03 03 00 44 53 0D 30 74 69"),
        // GOFEIG: ping.
        ("02 00 08 FF 52 00 4A C3", "02 00 08 00 52 00 B9 05"),
    ])
    func `a captured request gets the captured reply`(_ request: String, _ reply: String) {
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir([])
        #expect(answer(&twin, request, &air) == reply)
    }

    @Test func `a transparent inventory gives one slot as heard, and of sixteen every answer of its length`() throws {
        // readers §1.8, MODE 4; M-MR200 tells the two apart by the slot flag of the request.
        var twin = FEIGTwin(.gate)
        let tags = [TestAir.Tag(0xE004_0150_3309_CE71), TestAir.Tag(0xE004_0150_3309_CE72)]
        func reply(_ flags: UInt8, _ bits: UInt16, _ air: inout any Air) throws -> FEIGReply {
            let command = FEIGTransparent(
                mode: .inventory(delay: 0x021F),
                responseBits: bits,
                request: [flags, 0x01, 0x00]
            )
            let frame = FEIGFrame(style: .advanced, address: 0xFF, command: 0xBF, payload: command.bytes)
            return try FEIGReply(FEIGFrame(twin.receive(frame.bytes, air: &air)))
        }
        var two: any Air = TestAir(tags)
        #expect(try reply(0x26, 96, &two).status == .collision)
        #expect(
            try reply(0x06, 96, &two).data == tags.flatMap { ISO15693.InventoryAnswer(dsfid: 0, uid: $0.uid).onAir }
        )
        #expect(try reply(0x06, 88, &two).status == .noTag)
        var one: any Air = TestAir([tags[1]])
        #expect(try reply(0x26, 96, &one).data == ISO15693.InventoryAnswer(dsfid: 0, uid: tags[1].uid).onAir)
        var none: any Air = TestAir([])
        #expect(try reply(0x26, 96, &none).status == .noTag)
    }

    @Test func `a restarted gate answers first`() throws {
        // GATE.
        var twin = FEIGTwin(.gate)
        var air: any Air = TestAir([])
        let request = FEIGFrame(style: .advanced, address: 0xFF, command: 0x63)
        #expect(twin.receive(request.bytes, air: &air) == bytes("02 00 08 00 63 00 C3 AA"))
    }

    @Test func `one tag is told as the captured reply tells it`() {
        // FDRV's reply to the standard inventory.
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir([TestAir.Tag(0xE004_0150_A05F_02B7)])
        #expect(
            answer(&twin, "07 FF B0 01 00 1C 56", &air)
                == "11 00 B0 00 01 03 00 E0 04 01 50 A0 5F 02 B7 D7 BE"
        )
    }

    @Test func `three tags with radio trouble are told with status 83`() throws {
        // GOFEIG's three tags; their order on air is the reader's own.
        var twin = FEIGTwin(.deskPad)
        twin.condition = .radioError
        let uids: [UInt64] = [0xE004_0150_3309_CE74, 0xE004_0100_4670_7A28, 0xE004_0150_0B21_9724]
        var air: any Air = TestAir(uids.map(TestAir.Tag.init))
        let reply = try FEIGReply(FEIGFrame(twin.receive(bytes("02 00 09 FF B0 01 00 18 43"), air: &air)))
        #expect(reply.status == .radioError)
        let records = try FEIGInventory.Reply(reply.data).records
        #expect(Set(records) == Set(uids.map { .iso15693(dsfid: 0, uid: TagUID($0)) }))
    }

    @Test func `what the manual writes to a tag reads back as the manual shows`() throws {
        // M-CPR annex F: three blocks of four bytes.
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir([TestAir.Tag(0xE007_0000_0147_677E)])
        let write = "1E FF B0 24 01 E0 07 00 00 01 47 67 7E 00 03 04 04 03 02 01 14 13 12 11 24 23 22 21 7C 34"
        // Reply: LEN 06, address 00, B0, status 00.
        #expect(twin.receive(bytes(write), air: &air).prefix(4) == [0x06, 0x00, 0xB0, 0x00])
        let field = try #require(air as? TestAir)
        #expect(field.tags[0].memory.prefix(12) == bytes("01 02 03 04 11 12 13 14 21 22 23 24")[...])
        let read = FEIGFrame(
            style: .standard,
            address: 0xFF,
            command: 0xB0,
            payload: bytes("23 01 E0 07 00 00 01 47 67 7E 00 03")
        )
        #expect(
            twin.receive(read.bytes, air: &air)
                == bytes("17 00 B0 00 03 04 00 04 03 02 01 00 14 13 12 11 00 24 23 22 21 B4 5B")
        )
    }

    @Test func `AFI to whichever tag is there needs exactly one`() throws {
        // HARAVA: a wand writes C2 to the tag in front of it.
        let request = bytes("02 00 0A FF B0 27 00 C2 0B A0")
        var twin = FEIGTwin(.wand)
        var one: any Air = TestAir([TestAir.Tag(0xE004_0150_3309_CE74)])
        #expect(try FEIGReply(FEIGFrame(twin.receive(request, air: &one))).status == .ok)
        #expect((one as? TestAir)?.tags[0].afi == 0xC2)
        var two: any Air = TestAir([TestAir.Tag(0xE004_0150_3309_CE74), TestAir.Tag(0xE004_0150_3309_CE75)])
        #expect(try FEIGReply(FEIGFrame(twin.receive(request, air: &two))).status == .collision)
        #expect((two as? TestAir)?.tags.map(\.afi) == [0x07, 0x07])
    }

    @Test(arguments: [
        // Wrong checksum, wrong length byte, another reader's address, nothing at all.
        "05 FF 65 E5 CC", "06 FF 65 E5 CB", "00 00 00", "",
    ])
    func `a malformed request is met with silence`(_ hex: String) {
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir([])
        #expect(answer(&twin, hex, &air).isEmpty)
    }

    @Test func `only the own address and FF are answered`() {
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir([])
        func ping(_ address: UInt8) -> FEIGFrame {
            FEIGFrame(style: .advanced, address: address, command: 0x52, payload: [0])
        }
        #expect(twin.receive(ping(0x12).bytes, air: &air).isEmpty)
        #expect(!twin.receive(ping(0x00).bytes, air: &air).isEmpty)
        #expect(!twin.receive(ping(0xFF).bytes, air: &air).isEmpty)
    }

    @Test func `a style the reader does not speak is met with silence`() {
        var air: any Air = TestAir([])
        var gate = FEIGTwin(.gate)
        #expect(answer(&gate, "05 FF 65 E5 CB", &air).isEmpty)
        var old = FEIGTwin(.oldPad)
        #expect(answer(&old, "02 00 07 FF 65 6E 61", &air).isEmpty)
    }

    @Test func `requests arrive in pieces and pauses end them`() {
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir([])
        #expect(answer(&twin, "05 FF", &air).isEmpty)
        #expect(answer(&twin, "65 E5 CB", &air) == "0D 00 65 00 03 03 00 44 53 0D 30 33 09")
        #expect(answer(&twin, "05 FF", &air).isEmpty)
        twin.lineFellSilent()
        #expect(answer(&twin, "05 FF 65 E5 CB", &air) == "0D 00 65 00 03 03 00 44 53 0D 30 33 09")
    }

    @Test(
        arguments: [
            // An unknown command: 80. A command with bytes missing: 81. A tag command nobody knows: 80.
            (command: 0x99, payload: [], status: 0x80),
            (command: 0xB0, payload: [0x23, 0x01, 0xE0], status: 0x81),
            (command: 0xB0, payload: [0x77, 0x00], status: 0x80),
            // Longer than the receive buffer of 280 bytes.
            (command: 0xB0, payload: Array(repeating: 0x24, count: 300), status: 0x81),
            // 33 blocks of four bytes are more than 128.
            (command: 0xB0, payload: [0x24, 0x00, 0, 33, 4] + Array(repeating: 0, count: 132), status: 0x11),
            // No tag.
            (command: 0xB0, payload: [0x2B, 0x00], status: 0x01),
        ] as [(command: UInt8, payload: [UInt8], status: UInt8)]
    )
    func `a refusal carries its status`(_ command: UInt8, _ payload: [UInt8], _ status: UInt8) throws {
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir([])
        let frame = FEIGFrame(style: .advanced, address: 0xFF, command: command, payload: payload)
        let reply = try FEIGReply(FEIGFrame(twin.receive(frame.bytes, air: &air)))
        #expect(reply.status.code == status)
        #expect(reply.command == command)
    }

    @Test func `more tags than fit are announced and fetched`() throws {
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir((0..<30).map { TestAir.Tag(0xE004_0150_0000_0000 + $0) })
        let first = try FEIGReply(FEIGFrame(twin.receive(bytes("02 00 09 FF B0 01 00 18 43"), air: &air)))
        #expect(first.status == .moreData)
        // 280 bytes hold 27 records of ten.
        #expect(try FEIGInventory.Reply(first.data).records.count == 27)
        let rest = try FEIGReply(FEIGFrame(twin.receive(bytes("02 00 09 FF B0 01 80 10 C7"), air: &air)))
        #expect(rest.status == .ok)
        #expect(try FEIGInventory.Reply(rest.data).records.count == 3)
        let none = try FEIGReply(FEIGFrame(twin.receive(bytes("02 00 09 FF B0 01 80 10 C7"), air: &air)))
        #expect(none.status == .noTag)
    }

    @Test func `a standard request whose answer is long is answered in the advanced style`() throws {
        var twin = FEIGTwin(.pad)
        var air: any Air = TestAir((0..<26).map { TestAir.Tag(0xE004_0150_0000_0000 + $0) })
        let reply = twin.receive(bytes("07 FF B0 01 00 1C 56"), air: &air)
        #expect(reply.prefix(3) == [0x02, 0x01, 0x0D])
        #expect(try FEIGFrame(reply).style == .advanced)
    }

    @Test func `only new tags are told until the field is reset`() throws {
        let inventory = bytes("02 00 09 FF B0 01 00 18 43")
        var air: any Air = TestAir([TestAir.Tag(0xE004_0150_3309_CE74)])
        var twin = FEIGTwin(.pad)
        func status() throws -> FEIGStatus {
            try FEIGReply(FEIGFrame(twin.receive(inventory, air: &air))).status
        }
        #expect(try status() == .ok)
        #expect(try status() == .noTag)
        #expect(try FEIGReply(FEIGFrame(twin.receive(bytes("02 00 07 FF 69 02 AB"), air: &air))).status == .ok)
        #expect(try status() == .ok)
    }

    @Test func `a locked block is refused with the tag's error and the block's number`() throws {
        var tag = TestAir.Tag(0xE007_0000_0147_677E)
        tag.locked = [1]
        var air: any Air = TestAir([tag])
        var twin = FEIGTwin(.pad)
        let write = "1E FF B0 24 01 E0 07 00 00 01 47 67 7E 00 03 04 04 03 02 01 14 13 12 11 24 23 22 21 7C 34"
        let reply = try FEIGReply(FEIGFrame(twin.receive(bytes(write), air: &air)))
        #expect(reply.status == .tagError)
        #expect(reply.data == [0x0F, 1])
    }

    @Test func `a tag that leaves in the middle of a write is told with the block that failed`() throws {
        var tag = TestAir.Tag(0xE007_0000_0147_677E)
        tag.leavesAfter = 2
        var air: any Air = TestAir([tag])
        var twin = FEIGTwin(.pad)
        let write = "1E FF B0 24 01 E0 07 00 00 01 47 67 7E 00 03 04 04 03 02 01 14 13 12 11 24 23 22 21 7C 34"
        let reply = try FEIGReply(FEIGFrame(twin.receive(bytes(write), air: &air)))
        #expect(reply.status == .writeError)
        #expect(reply.data == [2])
    }

    @Test func `the EAS alarm says only whether the bit is set`() throws {
        let alarm = FEIGFrame(
            style: .advanced,
            address: 0xFF,
            command: 0xB1,
            payload: bytes("04 A5 01 E0 04 01 50 33 09 CE 74")
        )
        var air: any Air = TestAir([TestAir.Tag(0xE004_0150_3309_CE74)])
        var twin = FEIGTwin(.pad)
        let armed = try FEIGReply(FEIGFrame(twin.receive(alarm.bytes, air: &air)))
        #expect(armed.status == .ok)
        #expect(armed.data.isEmpty)
        _ = twin.receive(bytes("02 00 12 FF B1 04 A3 01 E0 04 01 50 33 09 CE 74 57 FA"), air: &air)
        #expect((air as? TestAir)?.tags[0].eas == false)
        #expect(try FEIGReply(FEIGFrame(twin.receive(alarm.bytes, air: &air))).status == .noTag)
    }
}
