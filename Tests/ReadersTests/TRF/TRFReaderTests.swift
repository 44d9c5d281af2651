import Readers
import Tags
import Testing
import Wire

/// A line whose bytes come piece by piece, none of them at once, and the reply to one request only with the next.
private struct SlowLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let late: Int
    private let piece: Int
    private var request = -1
    private var ready: [UInt8] = []
    private var held: [UInt8] = []

    init(_ link: consuming any Link & ~Copyable, late: Int, piece: Int) {
        self.link = link
        self.late = late
        self.piece = piece
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        request += 1
        try await link.send(bytes)
        let reply = (try? await link.receive(within: .zero)) ?? []
        if request == late {
            held = reply
        } else {
            ready += held + reply
            held = []
        }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard limit > .zero, !ready.isEmpty else { throw .timedOut }
        let bytes = Array(ready.prefix(piece))
        ready.removeFirst(bytes.count)
        return bytes
    }
}

struct TRFReaderTests {
    private func open(_ tags: [TestAir.Tag], _ recorder: Recorder? = nil) async throws -> any Reader & ~Copyable {
        let link = RecordingLink(LoopbackLink(TRFTwin(), over: TestAir(tags))) { recorder?.take($0) }
        return try await TRFDriver.open(link)
    }

    @Test func `a stack is taken apart with masks that grow`() async throws {
        // Alike in the lowest twelve bits: sixteen slots hear them apart only at the fourth question.
        let tags = (0..<4).map { TestAir.Tag(0xE004_0150_0000_0ABC + UInt64($0) << 12) }
        let recorder = Recorder()
        var reader = try await open(tags, recorder)
        let before = recorder.requests
        #expect(Set(try await reader.inventory(afi: nil).tags.map(\.uid)) == Set(tags.map(\.uid)))
        // Four questions, and four more to see that nobody new is there.
        #expect(recorder.requests - before == 8)
    }

    @Test func `the EAS bit, AFI and DSFID are written`() async throws {
        let tag = TestAir.Tag(0xE004_0150_3309_CE74)
        var reader = try await open([tag])
        #expect(try await reader.writeEAS(false, to: tag.uid) == .verified(old: true, new: false))
        #expect(try await reader.exchange(.writeDSFID(6), with: tag.uid) == .done)
        #expect(try await reader.inventory(afi: 0x07).tags.map(\.uid) == [tag.uid])
        #expect(try await reader.inventory(afi: 0xC2).tags.isEmpty)
        try await reader.resetField()
        #expect(try await reader.inventory(afi: nil).tags.count == 1)
    }

    @Test func `the head of a late reply is no name, and its bracket no answer about another tag`() async throws {
        var tags = [TestAir.Tag(0xE004_0150_3309_CE74), TestAir.Tag(0xE004_0100_4670_7A28)]
        tags[0].memory = Array(repeating: 0xAA, count: 112)
        tags[1].memory = Array(repeating: 0xBB, count: 112)
        // Five requests open the board; the first piece of the late reply is its head, fifteen characters.
        #expect("Request mode.\r\n".utf8.count == 15)
        let line = SlowLink(LoopbackLink(TRFTwin(), over: TestAir(tags)), late: 5, piece: 15)
        var reader = try await TRFDriver.open(line)
        let request = ISO15693.Request.readSingleBlock(0, withSecurity: false)
        await #expect(throws: ReaderError.noReply(command: "passThrough")) {
            _ = try await reader.exchange(request, with: tags[0].uid)
        }
        #expect(
            try await reader.exchange(request, with: tags[1].uid)
                == .blocks([ISO15693.Block(data: [0xBB, 0xBB, 0xBB, 0xBB])])
        )
    }

    @Test func `a printed session replays`() async throws {
        // Start as printed; a tag's own word as SLOU192C quotes it, asked of this tag.
        func ascii(_ text: String) -> String { Hex.string(Array(text.utf8)) }
        let session = """
            > \(ascii("0108000304FF0000"))
            < \(ascii("TRF7970A EVM\r\n"))
            > \(ascii("010C00030410002101000000"))
            < \(ascii("Register write request.\r\n"))
            > \(ascii("0109000304F0000000"))
            < \(ascii("[]"))
            > \(ascii("0109000304F1FF0000"))
            < \(ascii("[]"))
            > \(ascii("0108000304FE0000"))
            < \(ascii("1.1\r\n"))
            > \(ascii("0112000304182" + "22B6EADD606000007E00000"))
            < \(ascii("80T60F40E[000F6EADD606000007E000003F0388]"))
            """
        var reader = try await TRFDriver.open(ReplayLink(Transcript(parsing: session)))
        #expect(reader.information.model == "TRF7970A EVM")
        #expect(reader.information.firmware == "1.1")
        guard
            case .systemInformation(let told) = try await reader.exchange(
                .systemInformation,
                with: TagUID(0xE007_0000_06D6_AD6E)
            )
        else {
            Issue.record("no system information")
            return
        }
        #expect(told.geometry?.blockCount == 64)
    }
}
