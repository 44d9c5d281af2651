import Readers
import Testing
import Wire

struct TranscriptTests {
    private let text = """
        # CPR40, AMAROK's capture
        > 02 00 07 FF 65 6E 61
        < 02 00 0F 00 65 00 03 03
        < 00 44 53 0D 30 74 69
        #

        """

    @Test func `a transcript reads and writes as the same text`() throws {
        let transcript = try Transcript(parsing: text)
        #expect(
            transcript.lines == [
                .comment("CPR40, AMAROK's capture"),
                .sent(bytes("02 00 07 FF 65 6E 61")),
                .received(bytes("02 00 0F 00 65 00 03 03")),
                .received(bytes("00 44 53 0D 30 74 69")),
                .comment(""),
            ]
        )
        #expect(transcript.text == text)
    }

    @Test func `what people type is understood`() throws {
        let typed = "  >02000 7ff656E61   # version\r\n\n   # empty\n<\n"
        #expect(
            try Transcript(parsing: typed).lines == [
                .sent(bytes("02 00 07 FF 65 6E 61")), .comment("empty"), .received([]),
            ]
        )
    }

    /// A remark in the first line would be all there is.
    @Test func `line ends of Windows are line ends`() throws {
        let typed = "# pad\r\n> 02 00\r\n\r\n< 03\r\n"
        #expect(try Transcript(parsing: typed).lines == [.comment("pad"), .sent([0x02, 0x00]), .received([0x03])])
        let error = #expect(throws: ParseError.self) { try Transcript(parsing: "# first\r\n\r\n= 02") }
        #expect(error?.description.contains("line 3") == true)
    }

    @Test(arguments: ["> 02 0", "02 00", "> 02 0G", "= 02"])
    func `a mistake names its line`(_ line: String) {
        let error = #expect(throws: ParseError.self) { try Transcript(parsing: "# first\n" + line) }
        #expect(error?.description.contains("line 2") == true)
    }

    @Test func `a replay gives what was recorded when it is asked the same`() async throws {
        var link = ReplayLink(try Transcript(parsing: text))
        await #expect(throws: LinkError.timedOut) { _ = try await link.receive(within: .seconds(1)) }
        try await link.send(bytes("02 00 07"))
        await #expect(throws: LinkError.timedOut) { _ = try await link.receive(within: .seconds(1)) }
        try await link.send(bytes("FF 65 6E 61"))
        #expect(try await link.receive(within: .seconds(1)) == bytes("02 00 0F 00 65 00 03 03"))
        let isFinishedTooEarly = link.isFinished
        #expect(!isFinishedTooEarly)
        #expect(try await link.receive(within: .seconds(1)) == bytes("00 44 53 0D 30 74 69"))
        let isFinished = link.isFinished
        #expect(isFinished)
        await #expect(throws: LinkError.closed) { _ = try await link.receive(within: .seconds(1)) }
    }

    @Test func `a replay refuses other bytes and says which`() async throws {
        var link = ReplayLink(try Transcript(parsing: text))
        let error = await #expect(throws: LinkError.self) { try await link.send(bytes("02 00 08")) }
        #expect(error?.description.contains("byte 2 sent: found 08, wanted 07") == true)
        var short = ReplayLink(Transcript([]))
        await #expect(throws: LinkError.self) { try await short.send([1]) }
    }

    @Test func `a recording of a driver at work replays as a test`() async throws {
        let recorder = Recorder()
        let tag = TestAir.Tag(0xE004_0150_3309_CE74)
        let live = LoopbackLink(FEIGTwin(.oldPad), over: TestAir([tag]))
        var reader = try await FEIGDriver.open(RecordingLink(live, to: { recorder.take($0) }))
        let memory = try await reader.readMemory(of: tag.uid)
        let transcript = try Transcript(parsing: recorder.transcript.text)
        #expect(transcript == recorder.transcript)
        // The advanced probe that an old pad does not understand stands there with its silence.
        #expect(transcript.lines.prefix(2) == [.sent(bytes("02 00 07 FF 65 6E 61")), .comment("no answer in time")])
        var replayed = try await FEIGDriver.open(ReplayLink(transcript))
        #expect(try await replayed.readMemory(of: tag.uid) == memory)
        #expect(replayed.information.model == "ID CPR.M02")
    }
}
