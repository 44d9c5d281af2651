import Tags
import Testing
import Wire

private let slix = TagUID(0xE004_0114_B1A3_DD03)
private let data4: [UInt8] = [0xDE, 0xAD, 0xBE, 0xEF]

@Suite struct RequestParametersTests {
    /// Every command with its code and the parameters that stand behind the UID (iso15693 §3).
    static let commands: [(ISO15693.Request, UInt8, String)] = [
        (.stayQuiet, 0x02, ""), (.readSingleBlock(5, withSecurity: false), 0x20, "05"),
        (.writeSingleBlock(5, data: data4), 0x21, "05DEADBEEF"), (.lockBlock(5), 0x22, "05"),
        (.readMultipleBlocks(first: 1, count: 27, withSecurity: false), 0x23, "011A"),
        (.writeMultipleBlocks(first: 4, count: 2, data: data4 + data4), 0x24, "0401DEADBEEFDEADBEEF"),
        (.select, 0x25, ""), (.resetToReady, 0x26, ""), (.writeAFI(0xC2), 0x27, "C2"), (.lockAFI, 0x28, ""),
        (.writeDSFID(0x3E), 0x29, "3E"), (.lockDSFID, 0x2A, ""), (.systemInformation, 0x2B, ""),
        (.blockSecurity(first: 0, count: 28), 0x2C, "001B"),
        (.fastReadMultipleBlocks(first: 0, count: 256, withSecurity: false), 0x2D, "00FF"),
        (.extended(.readSingleBlock(0x100, withSecurity: false)), 0x30, "0001"),
        (.extended(.writeSingleBlock(0x100, data: data4)), 0x31, "0001DEADBEEF"),
        (.extended(.lockBlock(0x100)), 0x32, "0001"),
        (.extended(.readMultipleBlocks(first: 0x100, count: 4, withSecurity: false)), 0x33, "00010300"),
        (
            .extended(.writeMultipleBlocks(first: 0x100, count: 2, data: data4 + data4)), 0x34,
            "00010100DEADBEEFDEADBEEF"
        ),
        (.cryptographic(.authenticate(suite: 0x01, message: [1, 2])), 0x35, "010102"),
        (.cryptographic(.challenge(suite: 0x02, message: [])), 0x39, "02"), (.cryptographic(.readBuffer), 0x3A, ""),
        (.extended(.systemInformation([.dsfid, .afi])), 0x3B, "03"),
        (.extended(.blockSecurity(first: 0, count: 16)), 0x3C, "00000F00"),
        (.extended(.fastReadMultipleBlocks(first: 0xFFFF, count: 0x10000, withSecurity: false)), 0x3D, "FFFFFFFF"),
        (.custom(.init(manufacturer: 4, code: 0xA2)), 0xA2, ""),
        (.custom(.init(manufacturer: 4, code: 0xB4, parameters: [0x10] + data4)), 0xB4, "10DEADBEEF"),
    ]

    @Test(arguments: commands)
    func `a command has its code and its parameters, both ways`(
        request: ISO15693.Request,
        code: UInt8,
        parameters: String
    ) throws {
        #expect(request.code == code)
        let frame = try ISO15693.RequestFrame(request, to: slix)
        let maker = code >= 0xA0 ? "04" : ""
        #expect(Hex.string(frame.bytes) == "22" + Hex.string(code) + maker + Hex.string(slix.onAir) + parameters)
        #expect(try ISO15693.RequestFrame(frame.bytes).request == request)
    }

    @Test(arguments: commands)
    func `a command cut short is refused or is another command of the same code`(
        request: ISO15693.Request,
        code: UInt8,
        parameters: String
    ) throws {
        let bytes = try ISO15693.RequestFrame(request, to: slix).bytes
        for length in 0..<bytes.count {
            guard let frame = try? ISO15693.RequestFrame(Array(bytes.prefix(length))) else { continue }
            // Only data of open length can be cut and still make sense.
            #expect(frame.request.code == code)
            #expect(frame.bytes.count == length)
        }
    }

    @Test(arguments: commands.filter { $0.0.blocksAsked != nil })
    func `a read with security sets the option flag`(request: ISO15693.Request, code: UInt8, parameters: String) throws
    {
        #expect(try !ISO15693.RequestFrame(request, to: slix).header.flags.contains(.option))
        let bytes = try ISO15693.RequestFrame(request, to: slix).bytes
        let asking = try ISO15693.RequestFrame([bytes[0] | 0x40] + bytes.dropFirst())
        #expect(asking.request.withSecurity)
        #expect(!request.withSecurity)
        #expect(asking.request.blocksAsked == request.blocksAsked)
    }

    @Test func `only fast commands are answered fast`() {
        let fast = Self.commands.filter(\.0.isFast).map(\.1)
        #expect(fast == [0x2D, 0x3D])
        #expect(ISO15693.Request.custom(.init(manufacturer: 4, code: 0xA1)).isFast)
        #expect(ISO15693.Request.custom(.init(manufacturer: 2, code: 0xC3)).isFast)
        #expect(!ISO15693.Request.custom(.init(manufacturer: 7, code: 0xA2)).isFast)
    }

    @Test func `writes are those that program`() {
        let writes = Self.commands.filter(\.0.isWrite).map(\.1)
        #expect(writes == [0x21, 0x22, 0x24, 0x27, 0x28, 0x29, 0x2A, 0x31, 0x32, 0x34, 0xA2, 0xB4])
    }

    @Test func `old ST tags take wide block numbers in the plain commands`() throws {
        let frame = try ISO15693.RequestFrame(
            .readMultipleBlocks(first: 0x0203, count: 32, withSecurity: false),
            to: TagUID(0xE002_4464_4005_0403),
            protocolExtension: true
        )
        #expect(Hex.string(frame.bytes) == "2A23030405406444" + "02E0" + "03021F")
        #expect(try ISO15693.RequestFrame(frame.bytes) == frame)
    }
}
