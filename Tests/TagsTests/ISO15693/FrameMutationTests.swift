import Tags
import Testing
import Wire

/// Good frames, broken in every way a line can break them: a decoder refuses or agrees, and never traps.
@Suite struct FrameMutationTests {
    /// Content without check bytes, of every layout there is.
    private static let requests = [
        "260100", "36010740 03DDA3B1140104E0", "06010CA30D", "2220 03DDA3B1140104E0 00", "2223 03DDA3B1140104E0 011A",
        "2221 03DDA3B1140104E0 05DEADBEEF", "2224 03DDA3B1140104E0 04010102030405060708", "222B 03DDA3B1140104E0",
        "0A200001", "02300001", "02330001 0300", "02340001 0100 0102030405060708", "023B7F", "023C0000 0F00",
        "22B304 03DDA3B1140104E0 10BCF2BCF2", "26A00400 0007", "26A0048012", "56A10407000007", "0235000102",
    ]
    private static let answers = [
        "00", "010F", "000003DDA3B1140104E0", "000F03DDA3B1140104E000001B0301", "0001E1400E01000300FE00",
        "003F03DDA3B1140104E00000FF010326FF3F3F00", "000000000000000000000000", "000F02030405264402E000FFFF07032C",
    ]

    /// Every bit flipped, every length cut, bytes added, and noise from a seed.
    private static func mutations(of hex: String) -> [[UInt8]] {
        guard let good = try? Hex.bytes(hex) else { return [] }
        var all = [good]
        for bit in 0..<(good.count * 8) {
            var flipped = good
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            all.append(flipped)
        }
        for length in 0..<good.count { all.append(Array(good.prefix(length))) }
        for tail in [[0x00], [0xFF, 0xFF], [UInt8](repeating: 0xA5, count: 300)] as [[UInt8]] {
            all.append(good + tail)
        }
        var state: UInt64 = 0x5EED
        for _ in 0..<300 {
            var noisy = good
            for index in noisy.indices {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                if state >> 60 < 4 { noisy[index] = UInt8(truncatingIfNeeded: state >> 32) }
            }
            all.append(noisy)
        }
        return all
    }

    @Test(arguments: requests)
    func `a request is refused or read so that writing it gives the same bytes`(hex: String) {
        for content in Self.mutations(of: hex) {
            if let frame = try? ISO15693.RequestFrame(content) {
                #expect(frame.bytes == content)
            }
            if let inventory = try? ISO15693.InventoryRequest(content) {
                #expect((try? ISO15693.InventoryRequest(inventory.bytes)) == inventory)
            }
            if let read = try? NXP.InventoryRead(content) {
                #expect((try? NXP.InventoryRead(read.bytes)) == read)
            }
        }
    }

    @Test(arguments: answers)
    func `an answer is refused or read whatever was asked`(hex: String) {
        let questions = Self.requests.compactMap { try? ISO15693.RequestFrame(Hex.bytes($0)) }
        #expect(questions.count > 10)
        var understood = 0
        for content in Self.mutations(of: hex) {
            for question in questions {
                guard let response = try? ISO15693.Response(content: content, answering: question) else { continue }
                understood += 1
                if case .blocks(let blocks) = response { #expect(blocks.count <= question.request.blocksAsked ?? 0) }
            }
            if let answer = try? ISO15693.InventoryAnswer(content) { #expect(answer.uid.bytes[0] == 0xE0) }
        }
        #expect(understood > 0)
    }

    @Test(arguments: requests + answers)
    func `no single wrong bit passes the check bytes`(hex: String) throws {
        let frame = ISO15693.FrameCheck.sealing(try Hex.bytes(hex))
        for bit in 0..<(frame.count * 8) {
            var flipped = frame
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: ParseError.self) { try ISO15693.FrameCheck.opening(flipped) }
        }
    }
}
