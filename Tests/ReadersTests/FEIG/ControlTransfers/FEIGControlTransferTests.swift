import Readers
import Tags
import Testing
import Wire

struct FEIGControlTransferTests {
    @Test func `an inventory rides in the setup packet`() {
        let transfer = FEIGControlTransfer(FEIGInventory(.once))
        #expect(transfer == FEIGControlTransfer(request: 0xB0, value: 0, index: 0x0100))
        #expect(FEIGControlTransfer(FEIGInventory(.more))?.index == 0x0180)
    }

    @Test func `a command with more data has no known transfer`() {
        let tag = FEIGTagAddress(.uid(TagUID(0xE004_0150_3309_CE74)))
        #expect(FEIGControlTransfer(FEIGTagSetting(.writeAFI, tag, value: 7)) == nil)
    }

    @Test func `the reply is a frame without length and checksum`() throws {
        // Layout from a PR100 client: address, command, status, then the tags as in a frame.
        let reply = try FEIGControlTransfer.reply(bytes("00 B0 00 01 03 00 E0 04 01 50 A0 5F 02 B7"))
        #expect(reply.status == .ok)
        #expect(
            try FEIGInventory.Reply(reply.data).records == [.iso15693(dsfid: 0, uid: TagUID(0xE004_0150_A05F_02B7))]
        )
        #expect(throws: ParseError.self) { try FEIGControlTransfer.reply([0x00, 0xB0]) }
    }
}
