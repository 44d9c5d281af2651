import Readers
import Tags
import Testing
import Wire

/// Traffic of an ACR1552U with an ICODE SLI, as published (NXP).
struct TransparentSessionTests {
    @Test func `commands are made as captured`() {
        #expect(TransparentSession.manage(.begin).bytes == bytes("FF C2 00 00 02 81 00 00"))
        #expect(TransparentSession.manage(.end).bytes == bytes("FF C2 00 00 02 82 00 00"))
        #expect(TransparentSession.exchange([0x02, 0x2B]).bytes == bytes("FF C2 00 01 04 95 02 02 2B 00"))
        // A write with a second's patience: 40 42 0F 00 are 1,000,000 microseconds.
        #expect(
            TransparentSession.exchange([0x02, 0x21, 0x00, 0x00, 0x01, 0x02, 0x03], wait: 1_000_000).bytes
                == bytes("FF C2 00 01 10 5F 46 04 40 42 0F 00 95 07 02 21 00 00 01 02 03 00")
        )
    }

    @Test func `what a tag says of itself is read as captured`() throws {
        let answer = try CardAnswer(
            bytes("C0 03 00 90 00 92 01 00 96 02 00 00 97 0F 00 0F 2E 98 5C 8A 00 01 04 E0 00 00 1B 03 01 90 00")
        )
        let reply = try TransparentReply(try #require(answer.content))
        #expect(reply.status == TransparentReply.ok)
        #expect(reply.radio == 0)
        let frame = try ISO15693.RequestFrame(.systemInformation, to: TagUID(0xE004_0100_8A5C_982E))
        let heard = try #require(reply.heard)
        guard case .systemInformation(let told) = try ISO15693.Response(content: heard, answering: frame) else {
            Issue.record("no system information")
            return
        }
        #expect(told.uid == TagUID(0xE004_0100_8A5C_982E))
        #expect(told.geometry == MemoryGeometry(blockSize: 4, blockCount: 28))
    }

    @Test func `a write that was not waited for is told as a mute tag`() throws {
        let reply = try TransparentReply(bytes("C0 03 01 64 01"))
        #expect(reply.status == TransparentReply.tagMute)
        #expect(reply.failedObject == 1)
        #expect(reply.heard == nil)
    }

    @Test(arguments: ["", "C0", "C0 03 00 90", "C0 02 90 00", "97 02 00 00", "C0 83 00 00 00"])
    func `a reply without its report is refused`(_ hex: String) {
        #expect(throws: ParseError.self) { try TransparentReply(bytes(hex)) }
    }

    @Test func `a long request is said with its length in two bytes`() throws {
        // 32 blocks in one write: flags, command, UID, first block, count and 128 bytes.
        let content = Array(repeating: 7 as UInt8, count: 140)
        let command = TransparentSession.exchange(content)
        #expect(command.data.prefix(3) == [0x95, 0x81, 140])
        #expect(try TransparentSession.question(command) == .exchange(content, wait: nil))
    }

    @Test func `a length left open is no length of 128`() {
        #expect(throws: ParseError.self) { try DataObject([0x97, 0x80] + Array(repeating: 7, count: 128)) }
    }

    @Test func `long objects carry their length in two bytes`() throws {
        let object = DataObject(tag: 0x97, value: Array(repeating: 7, count: 200))
        #expect(object.bytes.prefix(3) == [0x97, 0x81, 200])
        #expect(try DataObject(object.bytes) == object)
        #expect(try DataObject(bytes("5F 46 04 40 42 0F 00")).tag == 0x5F46)
    }
}
