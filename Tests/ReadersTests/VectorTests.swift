import Readers
import Tags
import Testing
import Wire

/// All collected frames of the smaller families, both ways.
@Suite(.enabled(if: ReaderVectors.areHere, "the collected frames are not at hand: set PRESSMARK_VECTORS"))
struct VectorTests {
    @Test(arguments: ReaderVectors.of("jinmuyu-jmy6xx").map(\.hex))
    func `a JMY frame reads, and writes as the same bytes`(_ hex: String) throws {
        let frame = try JMYFrame(bytes(hex))
        #expect(frame.bytes == bytes(hex))
        #expect(JMYCode(rawValue: frame.command) != nil)
        if frame.address == 1, [0x5C, 0x7C].contains(frame.command) {
            #expect(try JMYTags(frame.data).bytes == frame.data)
        }
    }

    @Test(arguments: ReaderVectors.starting("ti-trf79xx-evm").map(\.hex))
    func `a TRF79xx request reads, and writes as the same text`(_ hex: String) throws {
        let text = Array(hex.filter { $0 != " " }.utf8)
        #expect(try TRFRequest(text: text).text == text)
    }

    @Test(arguments: ReaderVectors.of("metratec-hf-ascii").map(\.hex))
    func `a metraTec answer is understood and comes out as the same text`(_ hex: String) throws {
        var decoder = MetraTecDecoder()
        // The collected texts end before their line feed.
        decoder.append(bytes(hex) + [0x0A])
        guard case .frame(let answer)? = decoder.next() else {
            Issue.record("no answer")
            return
        }
        #expect(answer.text == bytes(hex) + [0x0A])
        #expect(answer.inventory != nil || answer.request != nil)
    }

    @Test(arguments: ReaderVectors.starting("pcsc-part3-transparent").map { [$0.hex, $0.direction] })
    func `a transparent session reads, and writes as the same bytes`(_ vector: [String]) throws {
        let wanted = bytes(vector[0])
        if vector[1] == "host->reader" {
            let command = try CardCommand(wanted)
            // One example leaves the last byte, how much may come back, out.
            #expect(command.bytes == wanted)
            let question = try #require(try TransparentSession.question(command))
            #expect(rewritten(question).bytes.starts(with: wanted))
        } else {
            let answer = try CardAnswer(wanted)
            #expect(answer.bytes == wanted)
            let reply = try TransparentReply(answer.data)
            // The answer to the switch of protocol carries an empty object beside the report.
            if reply.heard != nil || answer.data.count == 5 { #expect(reply.bytes == answer.data) }
        }
    }

    private func rewritten(_ question: TransparentSession.Question) -> CardCommand {
        switch question {
        case .manage(let step): TransparentSession.manage(step)
        case .exchange(let content, let wait): TransparentSession.exchange(content, wait: wait)
        case .switchProtocol: TransparentSession.switchProtocol
        }
    }

    @Test(arguments: ReaderVectors.of("identiv-372x-apdu").map { [$0.hex, $0.direction] })
    func `an Identiv command reads, and writes as the same bytes`(_ vector: [String]) throws {
        if vector[1] == "host->reader" {
            let command = try CardCommand(bytes(vector[0]))
            #expect(command.bytes == bytes(vector[0]))
            #expect(command.instruction == 0xFC)
        } else {
            #expect(try CardAnswer(bytes(vector[0])).bytes == bytes(vector[0]))
        }
    }

    @Test func `every collected protocol is either spoken or known not to be`() {
        let spoken = [
            "feig-iso-host", "feig-gpc-inner", "3m-rfid-810-210", "pcsc-part3-transparent (ACR1552U)",
            "identiv-372x-apdu", "ti-trf79xx-evm (hex text is sent as ASCII characters)", "jinmuyu-jmy6xx",
            "metratec-hf-ascii",
        ]
        let unspoken = [
            "ti-s6350", "idtronic-neo2", "acg-multi-iso (ASCII)",
            "elatec-twn4-simple (hex text is sent as ASCII characters, CR terminated)",
        ]
        #expect(Set(ReaderVectors.frames.map(\.protocol)) == Set(spoken + unspoken))
    }
}
