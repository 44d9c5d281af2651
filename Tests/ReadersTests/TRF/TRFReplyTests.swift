import Readers
import Tags
import Testing
import Wire

struct TRFReplyTests {
    private func pieces(_ text: String, silent: Bool = true) -> [DecodedFrame<TRFReply>] {
        var decoder = TRFDecoder()
        decoder.append(Array(text.utf8))
        if silent { decoder.lineFellSilent() }
        var found: [DecodedFrame<TRFReply>] = []
        while let piece = decoder.next() { found.append(piece) }
        return found
    }

    @Test func `requests are written as printed`() {
        #expect(String(decoding: TRFRequest(.initialise).text, as: UTF8.self) == "0108000304FF0000")
        // SLOU192C: registers 00 = 21, 01 = 00; sixteen slots; system information, not addressed.
        let registers = TRFRequest(.writeRegisters, [0x00, 0x21, 0x01, 0x00])
        #expect(String(decoding: registers.text, as: UTF8.self) == "010C00030410002101000000")
        let inventory = TRFRequest(.inventory, ISO15693.InventoryRequest(slots: .sixteen).bytes)
        #expect(String(decoding: inventory.text, as: UTF8.self) == "010B000304140601000000")
    }

    @Test(arguments: [
        "", "01", "0108000304FF00", "0208000304FF0000", "0108000305FF0000", "0107000304FF0000", "0108000304FF0001",
    ])
    func `a short or foreign request is refused`(_ text: String) {
        #expect(throws: ParseError.self) { try TRFRequest(text: Array(text.utf8)) }
    }

    @Test func `a tag's own word is read out of the text it stands in`() throws {
        // SLOU192C: E007000006D6AD6E, DSFID 00, AFI 00, 64 blocks of 4, IC 88.
        let found = pieces("80T60F40E[000F6EADD606000007E000003F0388]")
        #expect(found.first == .frame(.words("80T60F40E")))
        guard case .frame(let reply)? = found.last, let answer = reply.answer else {
            Issue.record("no answer")
            return
        }
        let frame = try ISO15693.RequestFrame(.systemInformation, to: TagUID(0xE007_0000_06D6_AD6E))
        guard case .systemInformation(let told) = try ISO15693.Response(content: answer, answering: frame) else {
            Issue.record("no system information")
            return
        }
        #expect(told.uid == TagUID(0xE007_0000_06D6_AD6E))
        #expect(told.geometry == MemoryGeometry(blockSize: 4, blockCount: 64))
        #expect(told.icReference == 0x88)
    }

    @Test func `slots tell a tag, several, or none`() {
        func heard(_ text: String) -> ISO15693.SlotTree.Heard? { TRFReply.bracket(text).slot }
        #expect(heard(",40") == .silence)
        #expect(heard("z,40") == .collision)
        let answer = ISO15693.InventoryAnswer(dsfid: 0, uid: TagUID(0xE007_0000_06D6_AD6E))
        #expect(heard("6EADD606000007E0,72") == .frame(answer.onAir))
        for text in ["", "6EADD606000007E0", "6EADD6060000,72", "q,40", "1,2,3"] { #expect(heard(text) == nil) }
    }

    @Test func `pieces come out however they are delivered`() {
        let text = Array("TRF7970A EVM\r\n[,40][z,40]\r\n[00]".utf8)
        let whole = pieces(String(decoding: text, as: UTF8.self), silent: false)
        #expect(whole.count == 4)
        for split in text.indices {
            var decoder = TRFDecoder()
            var found: [DecodedFrame<TRFReply>] = []
            for portion in [text[..<split], text[split...]] {
                decoder.append(portion)
                while let piece = decoder.next() { found.append(piece) }
            }
            #expect(found == whole, "split at \(split)")
            #expect(!decoder.isMidFrame)
        }
    }

    @Test func `text without end and noise are bounded`() {
        var decoder = TRFDecoder()
        for _ in 0..<1000 { decoder.append(Array(repeating: UInt8(ascii: "["), count: 100)) }
        for _ in 0..<1000 { decoder.append(Array(repeating: UInt8(ascii: "x"), count: 100)) }
        var count = 0
        while let piece = decoder.next() {
            if case .frame = piece { count += 1 }
        }
        #expect(count <= 64)
        #expect(pieces("[00") == [.garbage(Array("[00".utf8))])
        decoder.reset()
        decoder.append([0xFF])
        #expect(decoder.next() == .garbage([0xFF]))
    }

    /// Scripts/fuzz found a decoder that kept 64 pieces of noise and no answer.
    @Test func `noise takes up no reply's place`() {
        var decoder = TRFDecoder()
        let noise = [UInt8](repeating: 0x85, count: 3000)
        decoder.append(noise + Array("[00]".utf8) + noise)
        #expect(decoder.next() == .garbage(Array(noise.prefix(1024))))
        #expect(decoder.next() == .frame(.bracket("00")))
        #expect(decoder.next() == .garbage(Array(noise.prefix(1024))))
        #expect(decoder.next() == nil)
    }
}
