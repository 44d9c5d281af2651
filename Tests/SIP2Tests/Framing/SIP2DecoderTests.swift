import SIP2
import Testing
import Wire

private func frames(end: String) throws -> [(bytes: [UInt8], frame: SIP2Frame)] {
    try vectorLines.map { (Array(($0 + end).utf8), try SIP2Frame(Array($0.utf8))) }
}

@Test(arguments: ["\r", "\r\n", "\n", "\r\r\n"])
func `messages are found however the line is cut and whatever ends it`(_ end: String) throws {
    verify(SIP2Decoder.init, frames: try frames(end: end), noise: [])
}

@Test func `a line with a wrong checksum is told apart and the next one is found`() throws {
    var decoder = SIP2Decoder()
    decoder.append("941AY0AZFDFC\r941AY0AZFDFD\r".utf8)
    #expect(decoder.next() == .damaged(length: 12, stored: 0xFDFC, computed: 0xFDFD))
    #expect(decoder.next() == .frame(SIP2Frame(body: Array("941".utf8), check: .sequence(0))))
    #expect(decoder.next() == nil)
    #expect(!decoder.isMidFrame)
}

@Test func `a line without an end is given up and memory stays bounded`() {
    var decoder = SIP2Decoder()
    var lost = 0
    for _ in 0..<100 {
        decoder.append([UInt8](repeating: 0x41, count: 10_000))
        if case .garbage(let bytes) = decoder.next() { lost += bytes.count }
    }
    #expect(lost >= 900_000)
    decoder.append("\r941AY0AZFDFD\r".utf8)
    while case .garbage? = decoder.next() {}
    decoder.append("941AY0AZFDFD\r".utf8)
    #expect(decoder.next() == .frame(SIP2Frame(body: Array("941".utf8), check: .sequence(0))))
}

/// The end of a line that is too long may look like a message, and the portions decided whether it was taken for one.
@Test(arguments: [1, 1000, 30_000, 1 << 20])
func `what stands at the end of a line that is too long is no message`(_ portion: Int) {
    var decoder = SIP2Decoder()
    let long = [UInt8](repeating: 0x41, count: SIP2Frame.longest + 1) + Array("941AY0AZFDFD\r".utf8)
    let stream = long + Array("941AY1AZFDFC\r".utf8)
    var frames: [SIP2Frame] = []
    var lost = 0
    for start in stride(from: 0, to: stream.count, by: portion) {
        decoder.append(stream[start..<min(start + portion, stream.count)])
        while let found = decoder.next() {
            if case .frame(let frame) = found { frames.append(frame) }
            if case .garbage(let bytes) = found { lost += bytes.count }
        }
    }
    #expect(frames == [SIP2Frame(body: Array("941".utf8), check: .sequence(1))])
    #expect(lost == long.count - 1)
    #expect(!decoder.isMidFrame)
}

@Test func `half a line is forgotten with its connection`() {
    var decoder = SIP2Decoder()
    decoder.append("941AY0".utf8)
    #expect(decoder.next() == nil)
    #expect(decoder.isMidFrame)
    decoder.reset()
    decoder.append("941AY0AZFDFD\r".utf8)
    #expect(decoder.next() == .frame(SIP2Frame(body: Array("941".utf8), check: .sequence(0))))
}

@Test func `a piece of a line is garbage, not a message`() {
    var decoder = SIP2Decoder()
    decoder.append("9\r".utf8)
    #expect(decoder.next() == .garbage([0x39]))
}
