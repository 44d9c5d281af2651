import Readers
import Tags
import Testing
import Wire

/// Buffers as captured from wands and gates.
struct FEIGBufferTests {
    private func buffer(_ hex: String) throws -> (reply: FEIGReadBuffer.Reply, data: [UInt8]) {
        let reply = try FEIGReply(FEIGFrame(bytes(hex)))
        return (try FEIGReadBuffer.Reply(reply.data), reply.data)
    }

    @Test func `a PRH200 notes six blocks in tag order and no UID`() throws {
        // HARAVA: two records of an ISO 28560-2 tag.
        let (reply, data) = try buffer(
            """
            02 00 45 00 22 00 0A 00 02 00 1D 00 06 04 D1 00 0D D9 DB 0F 3D 6C 59 33 62 C1 83 76 CC 3F 02 01 A8 05 01 10 67
            02 00 1D 00 06 04 D1 00 0D D9 DB 0F 3D 6C 59 33 62 C1 83 76 CC 3F 02 01 A8 05 01 10 67 02 89 ED
            """
        )
        #expect(reply.fields == [.blocks, .tagOrder])
        let memory = bytes("D1 00 0D D9 DB 0F 3D 6C 59 33 62 C1 83 76 CC 3F 02 01 A8 05 01 10 67 02")
        #expect(
            reply.tags == BufferedTags(tags: [BufferedTag](repeating: BufferedTag(uid: nil, memory: memory), count: 2))
        )
        #expect(reply.bytes == data)
    }

    @Test func `a gate pushes UID, blocks turned round, and the antenna at the end`() throws {
        // GATE: TR-DATA1 13, one record; the blocks hold a Danish basic block of the library DE-I25-… .
        let (reply, data) = try buffer(
            """
            02 00 40 00 22 00 13 00 01 00 35 03 00 08 E0 04 01 50 0A 20 3F A3 00 09 04 32 01 04 21 32 31 31 30 33 36 34 33
            00 00 00 00 F7 00 00 00 44 45 44 49 32 35 2D 45 00 00 00 36 00 00 00 00 04 FE 47
            """
        )
        #expect(reply.fields == [.identity, .blocks, .antenna])
        let tag = try #require(reply.tags.tags.first)
        #expect(tag.uid == TagUID(0xE004_0150_0A20_3FA3))
        #expect(tag.antenna == 4)
        #expect(tag.blockSize == 4)
        #expect(
            tag.memory
                == bytes(
                    """
                    21 04 01 32 30 31 31 32 33 34 36 33 00 00 00 00 00 00 00 F7 49 44 45 44 45 2D 35 32 36 00 00 00
                    00 00 00 00
                    """
                )
        )
        #expect(reply.bytes == data)
    }

    @Test func `time and date stand between blocks and antenna`() throws {
        // GATE: TR-DATA1 73, two records of one tag 95 ms apart; the clock of the reader was never set.
        let (reply, data) = try buffer(
            """
            02 00 87 00 22 00 73 00 02 00 3E 03 00 08 E0 04 01 00 11 58 C5 C5 00 09 04 32 01 01 11 30 36 30 30 32 33 30 33
            00 00 00 00 7E 00 00 00 44 45 44 F2 32 35 2D 45 00 00 00 36 00 00 00 00 16 06 92 9A 01 C7 55 81 00 02 00 3E 03
            00 08 E0 04 01 00 11 58 C5 C5 00 09 04 32 01 01 11 30 36 30 30 32 33 30 33 00 00 00 00 7E 00 00 00 44 45 44 F2
            32 35 2D 45 00 00 00 36 00 00 00 00 16 06 92 F9 01 C7 55 81 00 02 57 CF
            """
        )
        #expect(reply.records.count == 2)
        let record = try #require(reply.records.first)
        #expect(record.identity?.uid == TagUID(0xE004_0100_1158_C5C5))
        #expect(record.blocks?.data.count == 36)
        // 22:06:37.530.
        #expect(record.time?.hour == 22)
        #expect(record.time?.minute == 6)
        #expect(record.time?.milliseconds == 37530)
        #expect(record.date == bytes("01 C7 55 81 00"))
        #expect(record.antenna == 2)
        #expect(record.rest.isEmpty)
        #expect(reply.records.last?.time?.milliseconds == 37625)
        #expect(reply.bytes == data)
    }

    @Test func `a record that contradicts itself is told and hides nothing`() throws {
        // The first record says it has nine blocks of four bytes and holds two bytes; the second is whole.
        let data = bytes("02 00 02 00 07 00 09 04 AA BB 00 09 00 01 04 01 02 03 04")
        let reply = try FEIGReadBuffer.Reply(data)
        #expect(reply.records.first?.rest == bytes("00 09 04 AA BB"))
        #expect(reply.tags.tags == [BufferedTag(uid: nil, memory: bytes("04 03 02 01"))])
        #expect(reply.tags.incomplete)
        #expect(reply.tags.warnings == ["buffer record: found 5 bytes that contradict its fields"])
        #expect(reply.bytes == data)
    }

    @Test func `fields nobody knows stay as they are before the antenna`() throws {
        // TR-DATA2 with two bytes of input state behind the UID.
        let data = bytes("91 01 00 01 00 10 03 00 08 E0 04 01 50 0A 20 3F A3 07 01 03")
        let reply = try FEIGReadBuffer.Reply(data)
        #expect(reply.moreFields == 0x01)
        #expect(reply.records.first?.rest == [0x07, 0x01])
        #expect(reply.records.first?.antenna == 3)
        #expect(reply.bytes == data)
    }

    @Test(arguments: ["", "02", "02 00 01", "02 00 01 00", "02 00 01 00 01", "02 00 01 00 09 00", "02 00 00 FF", "80"])
    func `a short buffer is refused`(_ hex: String) {
        #expect(throws: ParseError.self) { try FEIGReadBuffer.Reply(bytes(hex)) }
    }

    @Test func `the buffer's commands write their frames`() {
        func frame<Command: FEIGCommand>(_ command: Command, _ address: UInt8) -> [UInt8] {
            FEIGFrame(style: .advanced, address: address, command: Command.code.rawValue, payload: command.bytes).bytes
        }
        // HARAVA sends these to the reader at address 00; FF as computed from the manuals.
        #expect(frame(FEIGReadBuffer(dataSets: 0xFF), 0) == bytes("02 00 09 00 22 00 FF AB AC"))
        #expect(frame(FEIGClearBuffer(), 0) == bytes("02 00 07 00 32 94 B8"))
        #expect(frame(FEIGReadBuffer(dataSets: 0xFF), 0xFF) == bytes("02 00 09 FF 22 00 FF 79 69"))
        #expect(frame(FEIGClearBuffer(), 0xFF) == bytes("02 00 07 FF 32 54 47"))
    }

    @Test func `how full the buffer is takes three numbers`() throws {
        let data = bytes("01 2C 00 05 00 07")
        #expect(try FEIGBufferInfo.Reply(data) == FEIGBufferInfo.Reply(size: 300, start: 5, length: 7))
        #expect(FEIGBufferInfo.Reply(size: 300, start: 5, length: 7).bytes == data)
    }
}
