import SIP2
import Testing
import Wire

/// Lines from ils §2.3: exchanged with a running server, or computed and to be sent in UTF-8.
let vectorLines: [String] = [
    "9300CNscclient|COclientpwd|CPWS5|AY0AZF2A7",
    "941AY0AZFDFD",
    "9900302.00AY1AZFCA5",
    "1720260101    120000AOUWOLS|AB1565921879|AC|AY3AZF447",
    "97AZFEF5",
    "96AZFEF6",
    "09N20260102    10000020260102    100000APMAIN|AOMAIN|ABB0001|AC|BIN|AY4AZEECA",
    "11YN20260102    100000                  AOMAIN|AAP0001|ABB0001|AC|AD|BON|BIN|AY5AZED2C",
    "1720260102    100000AOMAIN|ABÆøå-1|AC|AY6AZF245",
]

@Test(arguments: vectorLines)
func `the checksum of a line from the field is right, and the line is written back byte for byte`(
    _ line: String
) throws {
    let frame = try SIP2Frame(Array(line.utf8))
    #expect(String(decoding: frame.bytes, as: UTF8.self) == line)
}

@Test func `the checksum is of the bytes on the line, not of the characters`() throws {
    // The same text in Latin-1 has other bytes, hence another checksum (ils §2.2).
    let body = "1720260102    100000AOMAIN|ABÆøå-1|AC|"
    let utf8 = SIP2Frame(body: SIP2Encoding.utf8.bytes(body), check: .sequence(6))
    let latin1 = SIP2Frame(body: SIP2Encoding.latin1.bytes(body), check: .sequence(6))
    #expect(utf8.bytes.suffix(4).elementsEqual("F245".utf8))
    #expect(!latin1.bytes.suffix(4).elementsEqual("F245".utf8))
    #expect(try SIP2Frame(latin1.bytes) == latin1)
}

@Test func `a request to resend has a checksum and no sequence number`() throws {
    #expect(try SIP2Frame(Array("96AZFEF6".utf8)) == SIP2Frame(body: Array("96".utf8), check: .checksum))
    #expect(ResendToSystem.frame.bytes == Array("97AZFEF5".utf8))
    #expect(ResendToTerminal.frame.bytes == Array("96AZFEF6".utf8))
}

@Test func `a line without error detection is taken as it stands`() throws {
    let line = Array("941".utf8)
    #expect(try SIP2Frame(line) == SIP2Frame(body: line, check: .none))
    // A title that ends like a checksum is text as long as no field could begin there.
    let title = Array("1720260101    120000AJFORD ESCORT AZ1990".utf8)
    #expect(try SIP2Frame(title) == SIP2Frame(body: title, check: .none))
}

@Test func `lower-case digits of a checksum are taken`() throws {
    let frame = try SIP2Frame(Array("941AY0AZfdfd".utf8))
    #expect(frame.check == .sequence(0))
}

@Test func `every flipped bit of a checked line is found`() throws {
    let line = Array("941AY0AZFDFD".utf8)
    for index in line.indices {
        for bit in 0..<8 {
            var other = line
            other[index] ^= 1 << UInt8(bit)
            let frame = try? SIP2Frame(other)
            // Upper and lower case of a digit mean the same; a ruined "AZ" leaves a line without error detection.
            let isSame = frame?.check == .sequence(0) && frame?.body == Array("941".utf8)
            #expect(isSame || frame == nil || frame?.check == SIP2Frame.Check.none)
        }
    }
}

@Test(arguments: [[], [0x39]] as [[UInt8]])
func `a line shorter than its digits is refused`(_ line: [UInt8]) {
    #expect(throws: ParseError.self) { try SIP2Frame(line) }
}

@Test func `a sequence number wraps at ten`() {
    let frame = SIP2Frame(body: Array("941".utf8), check: .sequence(10))
    #expect(frame.bytes.starts(with: "941AY0AZ".utf8))
}
