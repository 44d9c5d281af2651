import Readers
import Tags
import Testing
import Wire

struct MetraTecReaderTests {
    private let tag = TestAir.Tag(0xE004_0150_3309_CE74)

    private func open(_ tags: [TestAir.Tag], _ recorder: Recorder? = nil) async throws -> any Reader & ~Copyable {
        let link = RecordingLink(LoopbackLink(MetraTecTwin(), over: TestAir(tags))) { recorder?.take($0) }
        return try await MetraTecDriver.open(link)
    }

    private func sent(_ recorder: Recorder) -> [String] {
        recorder.transcript.lines.compactMap { line in
            if case .sent(let bytes) = line { String(decoding: bytes.dropLast(), as: UTF8.self) } else { nil }
        }
    }

    @Test func `the reader is woken, told how its answers end, and tells its name`() async throws {
        let recorder = Recorder()
        let reader = try await open([], recorder)
        #expect(sent(recorder) == ["BRK", "EOF", "SRI SS 100", "MOD 156", "REV"])
        #expect(reader.information.model == "DESKID_ISO")
        #expect(reader.information.firmware == "0218, hardware 0100")
    }

    @Test func `a request names the tag as it is printed`() async throws {
        let recorder = Recorder()
        var reader = try await open([tag], recorder)
        #expect(try await reader.exchange(.writeAFI(0x07), with: tag.uid) == .done)
        _ = try await reader.exchange(.custom(ISO15693.CustomRequest(manufacturer: 4, code: 0xA5)), with: tag.uid)
        #expect(sent(recorder).suffix(2) == ["WRQ 2227E00401503309CE7407 CRC", "REQ 22A504E00401503309CE74 CRC"])
    }

    @Test func `AFI, EAS and memory are written and read`() async throws {
        var reader = try await open([tag, TestAir.Tag(0xE004_0100_4670_7A28)])
        #expect(try await reader.writeEAS(false, to: tag.uid) == .verified(old: true, new: false))
        #expect(try await reader.writeAFI(0xC2, to: tag.uid) == .verified(old: 0x07, new: 0xC2))
        #expect(try await reader.inventory(afi: 0xC2).tags.map(\.uid) == [tag.uid])
        #expect(try await reader.readMemory(of: tag.uid, withLocks: true).bytes.count == 112)
    }

    @Test func `pins are set and read, and what is not there is refused`() async throws {
        var reader = try await open([tag])
        try await reader.switchOutput(.output(1), .on, for: .zero)
        #expect(try await reader.readInputs() == ReaderInputs(active: [1], changed: []))
        await #expect(throws: ReaderError.self) { try await reader.switchOutput(.buzzer, .on, for: .zero) }
        await #expect(throws: ReaderError.self) { try await reader.switchOutput(.output(1), .flash, for: .zero) }
    }

    @Test func `a reader that started afresh is woken again`() async throws {
        func ascii(_ text: String) -> String { Hex.string(Array(text.utf8)) }
        let waking = """
            > \(ascii("BRK\r"))
            < \(ascii("NCM\r"))
            > \(ascii("EOF\r"))
            < \(ascii("OK!\r\n"))
            > \(ascii("SRI SS 100\r"))
            < \(ascii("OK!\r\n"))
            > \(ascii("MOD 156\r"))
            < \(ascii("OK!\r\n"))
            """
        let session = """
            \(waking)
            > \(ascii("REV\r"))
            < \(ascii("QUASAR_MX      02000312\r\n"))
            > \(ascii("INV\r"))
            < \(ascii("SRT\r\n"))
            \(waking)
            > \(ascii("INV\r"))
            < \(ascii("E0040150954F02B1\rIVF 01\r\n"))
            """
        var reader = try await MetraTecDriver.open(ReplayLink(Transcript(parsing: session)))
        #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [TagUID(0xE004_0150_954F_02B1)])
    }
}
