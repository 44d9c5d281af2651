import Readers
import Tags
import Testing
import Wire

struct FEIGReaderAbilitiesTests {
    private func open(_ twin: FEIGTwin, _ tags: [TestAir.Tag] = []) async throws -> any Reader & ~Copyable {
        try await FEIGDriver.open(LoopbackLink(twin, over: TestAir(tags)))
    }

    @Test func `a wand that scans by itself gives its buffer and forgets it when told`() async throws {
        var tag = TestAir.Tag(0xE004_0150_3309_CE74)
        tag.memory = (0..<112).map { UInt8($0) }
        var reader = try await open(FEIGTwin(.scanningWand), [tag])
        #expect(reader.information.abilities.contains(.buffer))
        let wanted = [BufferedTag(uid: nil, memory: Array(0..<24))]
        #expect(try await reader.readBuffer().tags == wanted)
        #expect(try await reader.readBuffer().tags == wanted)
        try await reader.clearBuffer()
        #expect(try await reader.readBuffer().tags.isEmpty)
    }

    @Test func `it refuses requests for tags while it scans`() async throws {
        var reader = try await open(FEIGTwin(.scanningWand))
        await #expect(
            throws: ReaderError.refused(code: 0x82, meaning: "command not available in the reader's present mode")
        ) {
            _ = try await reader.inventory(afi: nil)
        }
    }

    @Test func `many tags come out in several portions, each once`() async throws {
        let tags = (0..<40).map { TestAir.Tag(0xE004_0150_0000_0000 + UInt64($0)) }
        var device = FEIGTwin.Device.scanningWand
        device.scan = FEIGTwin.Scan(fields: [.identity, .antenna], blocks: 0)
        var reader = try await open(FEIGTwin(device), tags)
        var found: [TagUID] = []
        while found.count <= tags.count {
            let portion = try await reader.readBuffer().tags
            if portion.isEmpty { break }
            #expect(portion.count < 40)
            found += portion.compactMap(\.uid)
            try await reader.clearBuffer()
        }
        #expect(found.count == 40)
        #expect(Set(found) == Set(tags.map(\.uid)))
    }

    @Test(arguments: [FEIGTwin.Device.pad, .oldPad])
    func `a lamp is switched by the command the reader knows`(_ device: FEIGTwin.Device) async throws {
        var reader = try await open(FEIGTwin(device))
        try await reader.switchOutput(.greenLamp, .on, for: .milliseconds(300))
        try await reader.switchOutput(.buzzer, .flash, for: .seconds(1))
        await #expect(throws: ReaderError.self) { try await reader.switchOutput(.output(99), .on, for: .zero) }
    }

    @Test func `a new reader without 72 is switched by 71 from then on`() async throws {
        var device = FEIGTwin.Device.pad
        device.hasNewOutputs = false
        let recorder = Recorder()
        let link = RecordingLink(LoopbackLink(FEIGTwin(device), over: TestAir([])), to: { recorder.take($0) })
        var reader = try await FEIGDriver.open(link)
        try await reader.switchOutput(.greenLamp, .on, for: .milliseconds(300))
        try await reader.switchOutput(.greenLamp, .off, for: .milliseconds(300))
        let commands = recorder.transcript.lines.compactMap { line -> UInt8? in
            guard case .sent(let bytes) = line else { return nil }
            return (try? FEIGFrame(bytes))?.command
        }
        #expect(commands.suffix(3) == [0x72, 0x71, 0x71])
    }

    @Test func `inputs are read and their changes forgotten`() async throws {
        var twin = FEIGTwin(.gate)
        twin.inputs = 0b0001_0001
        var reader = try await open(twin)
        #expect(try await reader.readInputs() == ReaderInputs(active: [1], changed: [1]))
        #expect(try await reader.readInputs() == ReaderInputs(active: [1], changed: []))
    }

    @Test func `what a reader cannot do is refused with its name`() async throws {
        var script = ScriptReader { _, _ in .success(.done) }
        await #expect(throws: ReaderError.unsupported("inputs on script")) { _ = try await script.readInputs() }
        await #expect(throws: ReaderError.unsupported("counting people on script")) {
            _ = try await script.readPeopleCount()
        }
        await #expect(throws: ReaderError.unsupported("buffered reading on script")) {
            _ = try await script.readBuffer()
        }
        await #expect(throws: ReaderError.unsupported("output on script")) {
            try await script.switchOutput(.buzzer, .on, for: .seconds(1))
        }
    }
}
