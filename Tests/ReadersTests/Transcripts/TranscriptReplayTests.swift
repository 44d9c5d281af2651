import Foundation
import Readers
import Tags
import Testing
import Wire

struct TranscriptReplayTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures")

    private static let fixtures: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".transcript") }.sorted()

    @Test func `there are recordings of every driver`() throws {
        let drivers = try Self.fixtures.map { try Transcript(parsing: text(of: $0)).driver }
        #expect(Set(drivers) == Set(AllDrivers.list.map { $0.identity.name }))
    }

    @Test(arguments: fixtures)
    func `a recording replays without edits`(_ name: String) async throws {
        let transcript = try Transcript(parsing: text(of: name))
        #expect(!transcript.calls.isEmpty)
        #expect(try await transcript.replayed() == [])
    }

    private func text(of name: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    }

    @Test(arguments: [
        ReaderCall.inventory(afi: nil), .inventory(afi: 0xC2), .ping, .resetField,
        .exchange(.systemInformation, TagUID(0xE004_0150_3309_CE74)),
        .exchange(.writeAFI(0xC2), TagUID(0xE004_0150_3309_CE74)),
        .exchange(.readMultipleBlocks(first: 0, count: 28, withSecurity: true), TagUID(0xE004_0150_3309_CE74)),
    ])
    func `a call reads and writes as text`(_ call: ReaderCall) {
        #expect(ReaderCall(call.text) == call)
    }

    @Test func `calls read as the comment of their type shows`() {
        #expect(
            ReaderCall.exchange(.systemInformation, TagUID(0xE004_0150_3309_CE74)).text
                == "exchange 22 2B 74 CE 09 33 50 01 04 E0"
        )
        for text in ["", "inventory XX", "inventory C2 07", "exchange", "exchange 22", "exchange 02 2B", "fly"] {
            #expect(ReaderCall(text) == nil)
        }
    }

    @Test func `what is recorded between reader and line replays, faults and all`() async throws {
        let recorder = Recorder()
        recorder.take(Transcript.heading(driver: "feig"))
        let tag = TestAir.Tag(0xE004_0150_3309_CE74)
        let loopback = LoopbackLink(FEIGTwin(.deskPad), over: TestAir([tag]))
        let faulty = FaultyLink(loopback, faults: [3: .damaged, 5: .silence, 6: .garbage([0, 1])])
        let opened = try await FEIGDriver.open(RecordingLink(faulty, to: { recorder.take($0) }))
        var reader = RecordingReader(opened, to: { recorder.take($0) })
        _ = try? await reader.inventory(afi: nil)
        _ = try? await reader.readMemory(of: tag.uid)
        _ = try? await reader.writeAFI(0xC2, to: tag.uid)
        _ = try? await reader.inventory(afi: 0x07)
        try await reader.ping()
        let transcript = try Transcript(parsing: recorder.transcript.text)
        #expect(transcript.calls.count >= 6)
        #expect(try await transcript.replayed() == [])
    }

    @Test func `a different outcome is told with both`() async throws {
        let recorder = Recorder()
        recorder.take(Transcript.heading(driver: "3m"))
        let tag = TestAir.Tag(0xE004_0150_3309_CE74)
        let link = RecordingLink(LoopbackLink(ThreeMTwin(.model810), over: TestAir([tag])), to: { recorder.take($0) })
        var reader = RecordingReader(try await ThreeMDriver.open(link), to: { recorder.take($0) })
        _ = try await reader.inventory(afi: nil)
        var transcript = recorder.transcript
        transcript.lines = transcript.lines.map {
            $0 == .comment("came found E00401503309CE74") ? .comment("came found") : $0
        }
        #expect(
            try await transcript.replayed().map(\.description) == [
                "inventory: found found E00401503309CE74, wanted found"
            ]
        )
    }

    @Test func `a transcript of no driver cannot be replayed`() async {
        await #expect(throws: ReaderError.unsupported("replaying driver without name")) {
            _ = try await Transcript([]).replayed()
        }
    }
}
