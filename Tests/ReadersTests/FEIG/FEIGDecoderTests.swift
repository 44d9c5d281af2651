import Readers
import Testing
import Wire

struct FEIGDecoderTests {
    private let reply = bytes("02 00 0F 00 65 00 03 03 00 44 53 0D 30 74 69")
    private let oldReply = bytes("0D 00 65 00 03 03 00 44 53 0D 30 33 09")
    private let ping = bytes("02 00 08 FF 52 00 4A C3")

    /// Everything the decoder finds until it needs more.
    private func found(_ decoder: inout FEIGDecoder) -> [DecodedFrame<FEIGFrame>] {
        var found: [DecodedFrame<FEIGFrame>] = []
        while let next = decoder.next() { found.append(next) }
        return found
    }

    @Test func `replies come out however they are delivered`() throws {
        let frames = [
            reply, oldReply,
            // FDRV: one tag; GOFEIG: three tags with status 83.
            bytes("11 00 B0 00 01 03 00 E0 04 01 50 A0 5F 02 B7 D7 BE"),
            bytes(
                """
                02 00 27 00 B0 83 03 03 00 E0 04 01 50 33 09 CE 74 03 00 E0 04 01 00 46 70 7A 28 03 00 E0 04 01 50 0B 21 97
                24 78 C9
                """
            ),
            // GATE: keep-alive of a gate.
            bytes("02 00 0A 00 6E 00 00 00 4B 69"),
        ]
        let pairs = try frames.map { ($0, try FEIGFrame($0)) }
        verify({ FEIGDecoder(side: .host) }, frames: pairs, noise: [0x00, 0x01, 0x03])
    }

    @Test func `requests come out however they are delivered`() throws {
        let frames = [
            ping, bytes("05 FF 65 E5 CB"), bytes("06 12 80 07 E5 80"),
            // HARAVA: AFI 07 to whichever tag is there.
            bytes("02 00 0A FF B0 27 00 07 AA 31"),
        ]
        let pairs = try frames.map { ($0, try FEIGFrame($0)) }
        verify({ FEIGDecoder(side: .reader) }, frames: pairs, noise: [0x00, 0x01, 0x03])
    }

    @Test func `a reply behind bytes that look like a frame's beginning is found`() throws {
        var decoder = FEIGDecoder(side: .host)
        // 20 promises 32 bytes, and B0 makes it look like a tag command.
        decoder.append([0x20, 0x00, 0xB0] + reply)
        #expect(found(&decoder).isEmpty)
        decoder.lineFellSilent()
        #expect(found(&decoder) == [.garbage([0x20, 0x00, 0xB0]), .frame(try FEIGFrame(reply))])
    }

    @Test func `a wrong checksum is told and the next reply is still found`() throws {
        var decoder = FEIGDecoder(side: .host)
        var broken = reply
        broken[14] = 0x68
        decoder.append(broken + reply)
        let results = found(&decoder)
        #expect(results.first == .damaged(length: broken.count, stored: 0x6874, computed: 0x6974))
        #expect(results.last == .frame(try FEIGFrame(reply)))
    }

    @Test func `a torn reply is let go when the line falls silent`() throws {
        var decoder = FEIGDecoder(side: .host)
        decoder.append(reply.prefix(9))
        #expect(decoder.next() == nil)
        #expect(decoder.isMidFrame)
        decoder.lineFellSilent()
        #expect(decoder.next() == .garbage(Array(reply.prefix(9))))
        #expect(!decoder.isMidFrame)
        decoder.append(reply)
        #expect(decoder.next() == .frame(try FEIGFrame(reply)))
    }

    @Test func `a frame inside a frame is not taken for a reply`() throws {
        // GATE: the people counter's frame inside the reply to 9F; byte by byte, as a slow line brings it.
        let inner = bytes("02 00 08 01 78 00 26 81")
        let outer = FEIGFrame(style: .advanced, address: 0, command: 0x9F, payload: [0] + inner)
        var decoder = FEIGDecoder(side: .host)
        var results: [DecodedFrame<FEIGFrame>] = []
        for byte in outer.bytes {
            decoder.append([byte])
            results += found(&decoder)
        }
        #expect(results == [.frame(outer)])
    }

    @Test func `an unknown command is a request to the reader and no reply to the host`() {
        let frame = FEIGFrame(style: .advanced, address: 0, command: 0xEE, payload: [0])
        var reader = FEIGDecoder(side: .reader)
        reader.append(frame.bytes)
        #expect(reader.next() == .frame(frame))
        var host = FEIGDecoder(side: .host)
        host.append(frame.bytes)
        host.lineFellSilent()
        #expect(found(&host) == [.garbage(frame.bytes)])
    }

    @Test func `a request is no reply: it is too short to hold a status`() {
        var host = FEIGDecoder(side: .host)
        host.append(bytes("05 FF 65 E5 CB"))
        host.lineFellSilent()
        #expect(found(&host) == [.garbage(bytes("05 FF 65 E5 CB"))])
    }

    @Test func `endless bytes do not fill the memory`() {
        var decoder = FEIGDecoder(side: .host)
        let flood = Array(repeating: UInt8(0xFF), count: 10_000)
        for _ in 0..<40 { decoder.append(flood) }
        var kept = 0
        decoder.lineFellSilent()
        while case .garbage(let bytes)? = decoder.next() { kept += bytes.count }
        #expect(kept > 0)
        #expect(kept <= 2 * FEIGFrame.longest + flood.count)
    }

    /// What the protocol says of the bytes, each candidate read by itself.
    private func plainly(_ bytes: [UInt8]) -> [DecodedFrame<FEIGFrame>] {
        var found: [DecodedFrame<FEIGFrame>] = []
        var rest = bytes[...]
        while let first = rest.first {
            let isAdvanced = first == 0x02
            let lengthBytes = isAdvanced ? rest.dropFirst().prefix(2) : rest.prefix(1)
            let length: Int = lengthBytes.reduce(0) { $0 << 8 | Int($1) }
            var taken = 1
            if lengthBytes.count == (isAdvanced ? 2 : 1), length >= (isAdvanced ? 7 : 5), length <= rest.count {
                do throws(ParseError) {
                    found.append(.frame(try FEIGFrame(Array(rest.prefix(length)))))
                    taken = length
                } catch .checksum(_, let stored, let computed) {
                    found.append(.damaged(length: length, stored: stored, computed: computed))
                } catch {
                    Issue.record("\(error)")
                }
            }
            if taken == 1 { found.append(.garbage([first])) }
            rest = rest.dropFirst(taken)
        }
        return merged(found)
    }

    /// Garbage in one piece, however it came out.
    private func merged(_ found: [DecodedFrame<FEIGFrame>]) -> [DecodedFrame<FEIGFrame>] {
        found.reduce(into: []) { merged, next in
            if case .garbage(let bytes) = next, case .garbage(let before)? = merged.last {
                merged[merged.count - 1] = .garbage(before + bytes)
            } else {
                merged.append(next)
            }
        }
    }

    @Test(arguments: [1, 2, 7, 64, 4096])
    func `what is found is what reading every candidate finds`(portion: Int) {
        var state = UInt64(portion)
        func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
        var stream: [UInt8] = []
        for _ in 0..<60 {
            let payload = (0..<roll(40)).map { _ in UInt8(roll(256)) }
            let style = roll(2) == 0 ? FEIGFrame.Style.standard : .advanced
            let frame = FEIGFrame(style: style, address: 0, command: 0xB0, payload: payload)
            stream += frame.bytes.prefix(roll(4) == 0 ? roll(frame.bytes.count) : frame.bytes.count)
            // A mark and a length that many bytes fit into.
            if roll(3) == 0 { stream += [0x02, UInt8(roll(3)), UInt8(roll(256))] }
        }
        var decoder = FEIGDecoder(side: .reader)
        var results: [DecodedFrame<FEIGFrame>] = []
        for start in stride(from: 0, to: stream.count, by: portion) {
            decoder.append(stream[start..<min(start + portion, stream.count)])
            results += found(&decoder)
        }
        decoder.lineFellSilent()
        results += found(&decoder)
        #expect(merged(results) == plainly(stream))
    }
}
