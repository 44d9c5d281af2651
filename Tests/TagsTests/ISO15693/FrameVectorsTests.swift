import Tags
import Testing
import Wire

/// Every shared frame, both ways. The reading beside each stands in the file itself.
@Suite(.enabled(if: FrameVector.areThere, "iso15693-frames.json is not there"))
struct FrameVectorsTests {
    /// An arithmetic example of the CRC, which is no command.
    private static let noCommands: Set<String> = ["F024"]

    @Test(arguments: FrameVector.all)
    func `check bytes hold where the file says so`(_ vector: FrameVector) throws {
        guard let holds = vector.checksumHolds else { return }
        if holds {
            let content = try ISO15693.FrameCheck.opening(vector.bytes)
            #expect(ISO15693.FrameCheck.sealing(content) == vector.bytes)
        } else {
            #expect(throws: ParseError.self) { try ISO15693.FrameCheck.opening(vector.bytes) }
        }
    }

    @Test(
        arguments: FrameVector.all.filter { $0.isRequest && $0.checksumHolds != false && !noCommands.contains($0.id) }
    )
    func `a request is read and written back byte for byte`(_ vector: FrameVector) throws {
        let content = vector.content
        try #require(content.count > 1)
        if ISO15693.RequestFlags(rawValue: content[0]).contains(.inventory) {
            if content[1] == 0x01 {
                let inventory = try ISO15693.InventoryRequest(content)
                #expect(inventory.bytes == content)
                #expect(vector.number("slots").map { $0 == inventory.slots.rawValue } != false)
                #expect(vector.number("mask_len").map { $0 == inventory.mask.length } != false)
                #expect(vector.text("afi").map { $0 == inventory.afi.map(Hex.string) } != false)
            } else {
                let read = try NXP.InventoryRead(content)
                #expect(read.bytes == content)
                #expect(vector.number("blocks").map { $0 == read.blocks?.count } != false)
            }
            return
        }
        let frame = try ISO15693.RequestFrame(content)
        #expect(frame.bytes == content)
        #expect(vector.text("command") == Hex.string(frame.header.code))
        #expect(vector.text("flags") == Hex.string(frame.header.flags.rawValue))
        #expect(vector.text("mfr") == frame.header.manufacturer.map(Hex.string))
        #expect(vector.text("uid").map { $0 == frame.header.uid?.description } != false)
        try expectFields(of: vector, in: frame.request)
    }

    private func expectFields(of vector: FrameVector, in request: ISO15693.Request) throws {
        switch request {
        case .readSingleBlock(let block, _), .lockBlock(let block), .extended(.readSingleBlock(let block, _)),
            .extended(.lockBlock(let block)):
            #expect(vector.number("block") == block)
        case .writeSingleBlock(let block, let data), .extended(.writeSingleBlock(let block, let data)):
            #expect(vector.number("block") == block)
            #expect(vector.text("data") == Hex.string(data))
        case .readMultipleBlocks(let first, let count, _), .blockSecurity(let first, let count),
            .writeMultipleBlocks(let first, let count, _), .extended(.readMultipleBlocks(let first, let count, _)),
            .extended(.blockSecurity(let first, let count)), .extended(.writeMultipleBlocks(let first, let count, _)):
            #expect(vector.number("first") == first)
            #expect(vector.number("blocks") ?? vector.number("count_field").map { $0 + 1 } == count)
        case .writeAFI(let afi):
            #expect(vector.text("afi") == Hex.string(afi))
        case .writeDSFID(let dsfid):
            #expect(vector.text("dsfid") == Hex.string(dsfid))
        default:
            break
        }
    }

    @Test(arguments: FrameVector.all.filter { !$0.isRequest && $0.checksumHolds != false })
    func `a response is read and written back byte for byte`(_ vector: FrameVector) throws {
        let content = vector.content
        if vector.text("uid_rest") != nil { return try expectInventoryRead(vector) }
        if vector.text("info_flags") == nil, let uid = vector.text("uid") {
            let answer = try ISO15693.InventoryAnswer(content)
            #expect(answer.bytes == content)
            #expect(answer.uid.description == uid)
            #expect(vector.text("dsfid") == Hex.string(answer.dsfid))
            return
        }
        let frame = try request(for: vector)
        let wide = frame.header.flags.contains(.protocolExtension)
        let response = try ISO15693.Response(content: content, answering: frame)
        #expect(response.content(answering: frame.request, protocolExtension: wide) == content)
        switch response {
        case .error(let error):
            #expect(vector.text("error") == Hex.string(error.code))
        case .systemInformation(let information):
            #expect(vector.text("uid").map { $0 == information.uid.description } != false)
            #expect(vector.number("blocks") == information.geometry?.blockCount)
            #expect(vector.number("block_size") == information.geometry?.blockSize)
            #expect(vector.text("ic_ref") == information.icReference.map(Hex.string))
            #expect(vector.text("afi") == information.afi.map(Hex.string))
            #expect(information.problem == nil)
        case .blocks(let blocks):
            let data = Hex.string(blocks.flatMap(\.data))
            #expect(vector.text("data").map { $0 == data } != false)
            #expect(vector.number("data_len").map { $0 == data.utf8.count / 2 } != false)
        default:
            #expect(vector.text("error") == nil)
        }
    }

    private func expectInventoryRead(_ vector: FrameVector) throws {
        let request = try NXP.InventoryRead(onAirOf: "F149")
        let answer = try request.answer(onAir: vector.bytes, slot: 0)
        #expect(answer.uid?.description == vector.text("uid_rest"))
        #expect(vector.text("data") == Hex.string(answer.data))
    }

    /// The request named in the file, or one of the kind that has such an answer.
    private func request(for vector: FrameVector) throws -> ISO15693.RequestFrame {
        if let answered = vector.answers.flatMap(FrameVector.named),
            let frame = try? ISO15693.RequestFrame(answered.content)
        {
            return frame
        }
        let hex =
            switch true {
            case vector.text("command_list") != nil: "023B7F"
            case vector.number("blocks") == 2048: "0A2B"
            case vector.text("info_flags") != nil: "022B"
            case vector.text("eas_sequence") != nil: "02A504"
            case vector.text("feature_flags") != nil: "02AB04"
            case vector.text("security") != nil: "422000"
            case vector.decoded["blocks"] != nil: "42230001"
            case vector.decoded["status"] != nil: "022C001B"
            case vector.text("data") != nil: "022000"
            default: "022700"
            }
        return try ISO15693.RequestFrame(Hex.bytes(hex))
    }

    /// Captured: request 260100F60A took 1623.5 µs, its answer 3794.7 µs between the first and the last sub-carrier
    /// edge (56.6 µs without any stand at each end), 369.3 µs after the request; a 111-byte answer 33 699.1 µs. A bit
    /// takes 37.76 µs, and the captures resolve 0.1 µs.
    @Test(arguments: FrameVector.all.filter { $0.decoded["duration_us_measured"] != nil })
    func `a computed duration equals the captured one to within half a bit`(_ vector: FrameVector) {
        guard let measured = vector.real("duration_us_measured") else {
            Issue.record("no duration")
            return
        }
        let whole: ISO15693.AirTime =
            vector.isRequest ? .request(bytes: vector.bytes.count) : .response(bytes: vector.bytes.count)
        let silent = vector.isRequest ? 0 : 2 * 56.64
        #expect(abs(whole.microseconds - silent - measured) <= 37.76 / 2 + 0.1)
    }

    @Test func `the captured gap between request and answer is the nominal one to within half a bit`() {
        guard let measured = FrameVector.named("F002")?.real("gap_to_request_us_measured") else {
            Issue.record("no gap")
            return
        }
        #expect(abs(ISO15693.AirTime.untilAnswer.microseconds + 56.64 - measured) <= 37.76 / 2 + 0.1)
    }
}

extension FrameVector {
    fileprivate var content: [UInt8] { checksumHolds == nil ? bytes : Array(bytes.dropLast(2)) }
}

extension NXP.InventoryRead {
    fileprivate init(onAirOf id: String) throws {
        try self.init(FrameVector.named(id)?.content ?? [])
    }
}
