import Readers
import Tags
import Testing
import Wire

struct ThreeMCommandTests {
    private let tag = TagUID(0xE004_0100_3123_AA26)

    private func fields(_ hex: String) throws -> [UInt8] { try ThreeMFrame(bytes(hex)).fields }
    /// Behind the error byte.
    private func data(_ hex: String) throws -> [UInt8] { Array(try fields(hex).dropFirst()) }

    @Test func `inventories are asked and told with and without DSFID`() throws {
        #expect(try fields("D6 00 05 FE 00 05 FA 40") == ThreeMInventory(withDSFID: false).bytes)
        #expect(try fields("D6 00 05 FE 00 07 DA 02") == ThreeMInventory(withDSFID: true).bytes)
        // LSS: two tags.
        let two = try data("D6 00 17 FE 00 00 05 02 E0 04 01 00 31 23 AA 26 E0 04 01 00 01 7C 0C 38 CA DB")
        let reply = try ThreeMInventory.Reply(two)
        #expect(reply.tags.map(\.uid) == [tag, TagUID(0xE004_0100_017C_0C38)])
        #expect(reply.tags.allSatisfy { $0.dsfid == nil })
        #expect(reply.bytes == two)
        let withDSFID = bytes("00 07 01 3E E0 04 01 00 31 23 AA 26")
        #expect(try ThreeMInventory.Reply(withDSFID).tags == [ThreeMInventory.Tag(dsfid: 0x3E, uid: tag)])
        #expect(try ThreeMInventory.Reply(withDSFID).bytes == withDSFID)
    }

    @Test func `versions are told in two ways`() throws {
        let setup = try fields("D5 00 09 04 00 11 0A 05 00 02 72 50")
        #expect(try ThreeMSetupVersion.Reply(setup).version.firmware == "5.0.2")
        #expect(try ThreeMSetupVersion.Reply(setup).bytes == setup)
        let plain = try data("D6 00 08 11 00 0A 03 02 06 35 17")
        #expect(try ThreeMVersion.Reply(plain).firmware == "3.2.6")
        #expect(try ThreeMVersion.Reply(plain).bytes == plain)
    }

    @Test func `blocks are written in tag order`() throws {
        // Vendor software captured by PERL3M's author: seven blocks from 0, "11 00 01" and the barcode 1111.
        let hex = """
            D6 00 2A 04 E0 04 01 00 31 23 AA 26 00 07 00 04 11 00 01 31 31 31 31 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            00 00 00 00 00 1C D4
            """
        let command = try ThreeMWriteBlocks(fields(hex))
        #expect(command.uid == tag)
        #expect(command.first == 0)
        #expect(command.data.prefix(8) == bytes("04 11 00 01 31 31 31 31")[...])
        #expect(command.data.count == 28)
        #expect(ThreeMFrame(command: 0x04, fields: command.bytes).bytes == bytes(hex))
        let reply = try ThreeMWriteBlocks.Reply(data("D6 00 0D 04 00 E0 04 01 00 31 23 AA 26 07 CF F1"))
        #expect(reply == ThreeMTagOrder(tag, 7))
    }

    /// SPEC: 00 free, 01 locked by the user, 02 by the maker, 03 by both.
    @Test(arguments: [(0x00, 0x00), (0x01, 0x01), (0x02, 0x03), (0x03, 0x03)] as [(UInt8, UInt8)])
    func `a block that the maker locked is told as locked`(lock: UInt8, security: UInt8) {
        let block = ThreeMReadBlocks.Block(number: 0, lock: lock, data: [0, 0, 0, 0])
        #expect(block.isRead && block.security == security)
    }

    @Test func `blocks are told with number and lock`() throws {
        // SPEC: two blocks, the second byte of each its lock.
        let told = try data("D6 00 19 02 00 00 00 00 00 01 23 45 67 02 00 00 00 11 22 33 01 00 00 11 22 33 1B 56")
        let reply = try ThreeMReadBlocks.Reply(told)
        #expect(reply.uid == TagUID(0x0123_4567))
        #expect(reply.blocks.map(\.number) == [0, 1])
        #expect(reply.blocks.map(\.data) == [bytes("00 11 22 33"), bytes("00 11 22 33")])
        #expect(reply.blocks.map(\.isRead) == [true, true])
        #expect(reply.bytes == told)
        #expect(!ThreeMReadBlocks.Block(number: 0, lock: 0x15, data: [0, 0, 0, 0]).isRead)
    }

    @Test func `AFI orders name the tag`() throws {
        // PERL3M: D7 and DA.
        let hex = "D6 00 0C 09 E0 04 01 00 31 23 AA 26 D7 3A F0"
        #expect(try ThreeMTagOrder(fields(hex)) == ThreeMTagOrder(tag, 0xD7))
        #expect(ThreeMFrame(command: 0x09, fields: ThreeMTagOrder(tag, 0xD7).bytes).bytes == bytes(hex))
        #expect(try ThreeMTagOrder(tag.bytes) == ThreeMTagOrder(tag))
    }

    @Test func `tag information says what it knows`() throws {
        let onlyAFI = try data("D6 00 0E 0D 00 E0 07 C1 00 01 23 45 67 02 DA F6 16")
        let reply = try ThreeMTagInformation.Reply(onlyAFI)
        #expect(reply.afi == 0xDA)
        #expect(reply.dsfid == nil)
        #expect(reply.geometry == nil)
        #expect(reply.bytes == onlyAFI)
        let everything = tag.bytes + bytes("0F 06 07 03 1B 00 01")
        let full = try ThreeMTagInformation.Reply(everything)
        #expect(full.geometry == MemoryGeometry(blockSize: 4, blockCount: 28))
        #expect(full.icReference == 1)
        #expect(full.bytes == everything)
        #expect(throws: ParseError.self) { try ThreeMTagInformation.Reply(everything.dropLast()) }
    }

    @Test func `pass-through carries an air frame with its flags`() throws {
        // SPEC: flags 23, read single block 20, a UID in air order, block 0; the answer is 00 and the block.
        let asked = try fields("D6 00 14 14 00 0B 00 06 00 00 23 20 93 69 73 12 00 00 07 E0 00 27 C3")
        let command = try ThreeMPassThrough(asked)
        #expect(command.request == bytes("23 20 93 69 73 12 00 00 07 E0 00"))
        #expect(command.mostReceived == 6)
        #expect(command.bytes == asked)
        let told = try data("D6 00 0C 14 00 83 00 05 00 55 55 55 55 40 C3")
        #expect(try ThreeMPassThrough.Reply(told).answer == bytes("00 55 55 55 55"))
        #expect(try ThreeMPassThrough.Reply(told).bytes == told)
        let eof = ThreeMPassThrough(
            mostReceived: 4,
            control: [.endOfFrameAfterWait, .withRadioFlags],
            request: [9, 1, 2]
        )
        #expect(eof.bytes == bytes("00 02 00 04 A0 00 09 01 02"))
        #expect(try ThreeMPassThrough(eof.bytes) == eof)
    }
}
