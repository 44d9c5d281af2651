import Testing

@testable import Command

@Suite struct HexByteTests {
    @Test(arguments: [("3E", 0x3E), ("3e", 0x3E), ("0xC2", 0xC2), ("07", 0x07)] as [(String, UInt8)])
    func `two hexadecimal digits are a byte`(_ text: String, _ value: UInt8) {
        #expect(HexByte(argument: text)?.value == value)
    }

    @Test(arguments: ["", "7", "0x7", "123", "G1", "0x", " 7", "--"])
    func `anything else is none`(_ text: String) {
        #expect(HexByte(argument: text) == nil)
    }
}
