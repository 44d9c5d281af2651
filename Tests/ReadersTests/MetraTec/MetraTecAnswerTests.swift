import Readers
import Tags
import Testing
import Wire

struct MetraTecAnswerTests {
    private func decode(_ text: String) -> [DecodedFrame<MetraTecAnswer>] {
        var decoder = MetraTecDecoder()
        decoder.append(Array(text.utf8))
        var found: [DecodedFrame<MetraTecAnswer>] = []
        while let piece = decoder.next() { found.append(piece) }
        return found
    }

    @Test func `an inventory quoted by the maker's kit is read`() throws {
        let answer = MetraTecAnswer(["E0040150954F02B1", "E200600311753E33", "ARP 12", "IVF 02"])
        #expect(decode("E0040150954F02B1\rE200600311753E33\rARP 12\rIVF 02\r\n") == [.frame(answer)])
        let found = try #require(answer.inventory)
        // The second is no identifier of ISO 15693.
        #expect(found.uids == [TagUID(0xE004_0150_954F_02B1)])
        #expect(found.antenna == 12)
    }

    @Test func `a torn inventory is none`() {
        #expect(MetraTecAnswer(["IVF 01"]).inventory == nil)
        #expect(MetraTecAnswer(["E0040150954F02B1"]).inventory == nil)
        #expect(MetraTecAnswer(["IVF 00"]).inventory?.uids == [])
    }

    @Test func `a request's answer is taken when the tag's own check bytes are right`() {
        // Quoted by the maker's kit: 00 11112222, check bytes B7DD.
        let answer = MetraTecAnswer(["TDT", "0011112222B7DD", "COK", "NCL"])
        #expect(answer.request == .answer([0x00, 0x11, 0x11, 0x22, 0x22]))
        #expect(MetraTecAnswer(["TDT", "0011112222B7DE", "COK", "NCL"]).request == .nothing)
        #expect(MetraTecAnswer(["TDT", "0011112222B7DD", "CER", "NCL"]).request == .nothing)
        #expect(MetraTecAnswer(["TNR"]).request == .nothing)
        #expect(MetraTecAnswer(["RDL"]).request == .tooLong)
        #expect(MetraTecAnswer(["IVF 00"]).request == nil)
        #expect(MetraTecAnswer(["UCO"]).refusal == "command unknown")
    }

    @Test func `answers come out however they are delivered, and noise ends one`() {
        let text = Array("OK!\r\nTDT\r0011112222B7DD\rCOK\rNCL\r\n".utf8)
        let whole = decode(String(decoding: text, as: UTF8.self))
        #expect(whole.count == 2)
        for split in text.indices {
            var decoder = MetraTecDecoder()
            var found: [DecodedFrame<MetraTecAnswer>] = []
            for portion in [text[..<split], text[split...]] {
                decoder.append(portion)
                while let piece = decoder.next() { found.append(piece) }
            }
            #expect(found == whole, "split at \(split)")
        }
        var decoder = MetraTecDecoder()
        decoder.append([0x4F, 0xFF])
        #expect(decoder.next() == .garbage([0x4F, 0xFF]))
        decoder.append(Array("NCM\r".utf8))
        #expect(decoder.next() == nil)
        decoder.lineFellSilent()
        #expect(decoder.next() == .frame(MetraTecAnswer(["NCM"])))
    }

    /// Scripts/fuzz found a decoder that kept 64 pieces of noise and no answer.
    @Test func `noise takes up no answer's place`() {
        var decoder = MetraTecDecoder()
        decoder.append([UInt8](repeating: 0, count: 3000) + Array("OK!\r\n".utf8))
        #expect(decoder.next() == .garbage([UInt8](repeating: 0, count: 1024)))
        #expect(decoder.next() == .frame(MetraTecAnswer(["OK!"])))
        #expect(decoder.next() == nil)
    }

    @Test func `text without end is bounded`() {
        var decoder = MetraTecDecoder()
        for _ in 0..<3000 { decoder.append(Array("E0040150954F02B1\r".utf8)) }
        decoder.append([0x0A])
        guard case .frame(let answer)? = decoder.next() else {
            Issue.record("no answer")
            return
        }
        #expect(answer.lines.count == MetraTecDecoder.mostLines)
        for _ in 0..<100 { decoder.append(Array(repeating: UInt8(ascii: "x"), count: 100)) }
        #expect(decoder.next() != nil)
    }
}
