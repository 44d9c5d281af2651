import Readers
import Testing
import Wire

/// All collected 3M frames, both ways and down to the fields of their commands.
@Suite(.enabled(if: ReaderVectors.areHere, "the collected frames are not at hand: set PRESSMARK_VECTORS"))
struct ThreeMVectorsTests {
    private static let frames = ReaderVectors.of("3m-rfid-810-210")

    @Test func `they are all there`() {
        #expect(Self.frames.count >= 50)
    }

    @Test(arguments: frames.map(\.hex))
    func `a frame reads, and writes as the same bytes`(_ hex: String) throws {
        #expect(try ThreeMFrame(bytes(hex)).bytes == bytes(hex))
        var decoder = ThreeMDecoder()
        decoder.append([0x00] + bytes(hex))
        #expect(decoder.next() == .garbage([0x00]))
        #expect(decoder.next() == .frame(try ThreeMFrame(bytes(hex))))
    }

    @Test(arguments: frames.filter { !$0.meaning.contains("not described") }.map { [$0.hex, $0.direction] })
    func `a frame is understood as its command and written from it`(_ vector: [String]) throws {
        let frame = try ThreeMFrame(bytes(vector[0]))
        let isReply = vector[1] == "reader->host"
        if isReply, frame.start == .command {
            #expect(try rewrittenReply(frame) == Array(frame.fields.dropFirst()))
        } else if isReply {
            #expect(try ThreeMSetupVersion.Reply(frame.fields).bytes == frame.fields)
        } else {
            #expect(try rewrittenRequest(frame) == frame.fields)
        }
    }

    private func rewrittenRequest(_ frame: ThreeMFrame) throws -> [UInt8] {
        if frame.start == .setup { return try ThreeMSetupVersion(frame.fields).bytes }
        return switch try #require(ThreeMCode(rawValue: frame.command)) {
        case .inventory: try ThreeMInventory(frame.fields).bytes
        case .version: try ThreeMVersion(frame.fields).bytes
        case .startUp: try ThreeMStartUp(frame.fields).bytes
        case .readBlocks: try ThreeMReadBlocks(frame.fields).bytes
        case .writeBlocks: try ThreeMWriteBlocks(frame.fields).bytes
        case .tagInformation: try ThreeMTagInformation(frame.fields).bytes
        case .passThrough: try ThreeMPassThrough(frame.fields).bytes
        // Frames only a block writer of other programs sends.
        case .writeBlock, .writeAndLockBlock: frame.fields
        default: try ThreeMTagOrder(frame.fields).bytes
        }
    }

    private func rewrittenReply(_ frame: ThreeMFrame) throws -> [UInt8] {
        let data = Array(frame.fields.dropFirst())
        return switch try #require(ThreeMCode(rawValue: frame.command)) {
        case .inventory where data.first == 0 && data.dropFirst().first == 5: try ThreeMInventory.Reply(data).bytes
        case .version: try ThreeMVersion.Reply(data).bytes
        case .startUp: try ThreeMStartUp.Reply(data).bytes
        case .readBlocks: try ThreeMReadBlocks.Reply(data).bytes
        case .tagInformation: try ThreeMTagInformation.Reply(data).bytes
        case .passThrough: try ThreeMPassThrough.Reply(data).bytes
        default: try ThreeMTagOrder(data).bytes
        }
    }
}
