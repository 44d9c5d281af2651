import Readers
import Testing
import Wire

/// All collected FEIG frames, both ways and down to the fields of their commands.
@Suite(.enabled(if: ReaderVectors.areHere, "the collected frames are not at hand: set PRESSMARK_VECTORS"))
struct FEIGVectorsTests {
    private static let frames = ReaderVectors.of("feig-iso-host") + ReaderVectors.of("feig-gpc-inner")

    @Test func `they are all there`() {
        #expect(Self.frames.count >= 43)
    }

    @Test(arguments: frames.map(\.hex))
    func `a frame reads, and writes as the same bytes`(_ hex: String) throws {
        let frame = try FEIGFrame(bytes(hex))
        #expect(frame.bytes == bytes(hex))
    }

    @Test(arguments: frames.map(\.hex))
    func `a frame is found in a stream on its own side`(_ hex: String) throws {
        let isReply = Self.frames.contains { $0.hex == hex && $0.direction == "reader->host" }
        var decoder = FEIGDecoder(side: isReply ? .host : .reader)
        decoder.append([0x00] + bytes(hex) + [0x00])
        #expect(decoder.next() == .garbage([0x00]))
        #expect(decoder.next() == .frame(try FEIGFrame(bytes(hex))))
    }

    @Test(arguments: frames.filter { $0.direction == "host->reader" }.map(\.hex))
    func `a request is understood as its command and written from it`(_ hex: String) throws {
        let frame = try FEIGFrame(bytes(hex))
        #expect(try rewrittenRequest(frame) == frame.payload)
    }

    @Test(arguments: frames.filter { $0.direction == "reader->host" }.map(\.hex))
    func `a reply is understood as its answer and written from it`(_ hex: String) throws {
        let reply = try FEIGReply(FEIGFrame(bytes(hex)))
        let meaning = try #require(Self.frames.first { $0.hex == hex }).meaning
        #expect(try rewrittenReply(reply, meaning) == reply.data)
        #expect(reply.frame.bytes == bytes(hex))
    }

    /// The request's data through the type of its command and back.
    private func rewrittenRequest(_ frame: FEIGFrame) throws -> [UInt8] {
        let data = frame.payload
        switch try #require(FEIGCommandCode(rawValue: frame.command)) {
        case .ping: return try FEIGPing(data).bytes
        case .softwareVersion: return try FEIGSoftwareVersion(data).bytes
        case .fieldOutput: return try FEIGFieldOutput(data).bytes
        case .readBuffer: return try FEIGReadBuffer(data).bytes
        case .clearBuffer: return try FEIGClearBuffer(data).bytes
        case .readConfiguration: return try FEIGReadConfiguration(data).bytes
        case .writeConfiguration: return try FEIGWriteConfiguration(data).bytes
        case .writeConfigurationExtended: return try FEIGWriteExtendedConfiguration(data).bytes
        case .piggyback: return try FEIGPiggyback(data).bytes
        case .getPeopleCounter: return try FEIGGetPeopleCounter(data).bytes
        case .setPeopleCounter: return try FEIGSetPeopleCounter(data).bytes
        case .tag:
            switch try #require(data.first.flatMap(FEIGTagCode.init(rawValue:))) {
            case .readBlocks: return try FEIGReadBlocks(data).bytes
            case .writeBlocks: return try FEIGWriteBlocks(data).bytes
            case .writeAFI: return try FEIGTagSetting(data).bytes
            default: break
            }
        default: break
        }
        Issue.record("no type for command \(Hex.string(frame.command))")
        return []
    }

    /// The reply's data through the type of its answer and back; what a B0 reply answers only its meaning tells.
    private func rewrittenReply(_ reply: FEIGReply, _ meaning: String) throws -> [UInt8] {
        switch try #require(FEIGCommandCode(rawValue: reply.command)) {
        case .ping, .cpuReset, .writeConfigurationExtended, .setPeopleCounter: return try FEIGDone(reply.data).bytes
        case .softwareVersion: return try FEIGSoftwareVersion.Reply(reply.data).bytes
        case .readBuffer: return try FEIGReadBuffer.Reply(reply.data).bytes
        case .diagnostic: return try FEIGBytes(reply.data).bytes
        case .readConfigurationExtended: return try FEIGReadExtendedConfiguration.Reply(reply.data).bytes
        case .tag where meaning.contains("Inventory"): return try FEIGInventory.Reply(reply.data).bytes
        case .tag where meaning.contains("Read Multiple"): return try FEIGReadBlocks.Reply(reply.data).bytes
        default: break
        }
        Issue.record("no type for the reply to \(Hex.string(reply.command))")
        return []
    }
}
