import SIP2
import Testing

@Test(arguments: SIP2Encoding.allCases)
func `every byte has a text, and text of plain letters has the same bytes everywhere`(_ encoding: SIP2Encoding) {
    #expect(!encoding.text((0...255).map { UInt8($0) }).isEmpty)
    let plain = (0x20...0x7E).map { UInt8($0) }
    #expect(encoding.bytes(encoding.text(plain)) == plain)
}

@Test(arguments: [SIP2Encoding.latin1, .codePage850])
func `a code page reads every byte as one character and writes it back`(_ encoding: SIP2Encoding) {
    let all = (0...255).map { UInt8($0) }
    #expect(encoding.bytes(encoding.text(all)) == all)
    #expect(encoding.text(all).unicodeScalars.count == 256)
}

@Test func `the letters of the north stand where the code pages have them`() {
    #expect(SIP2Encoding.utf8.bytes("Æøå") == [0xC3, 0x86, 0xC3, 0xB8, 0xC3, 0xA5])
    #expect(SIP2Encoding.latin1.bytes("Æøå") == [0xC6, 0xF8, 0xE5])
    // Code page 850: 92 AE, 9B o with stroke, 86 a with ring.
    #expect(SIP2Encoding.codePage850.bytes("Æøå") == [0x92, 0x9B, 0x86])
    #expect(SIP2Encoding.codePage850.text([0x92, 0x9B, 0x86]) == "Æøå")
}

@Test func `what a code page cannot say becomes a question mark, what is no text a replacement character`() {
    #expect(SIP2Encoding.latin1.bytes("書") == [0x3F])
    #expect(SIP2Encoding.codePage850.bytes("書") == [0x3F])
    #expect(SIP2Encoding.utf8.text([0x41, 0xE6, 0x42]) == "A\u{FFFD}B")
}
