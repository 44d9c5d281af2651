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

    @Test(
        arguments: [
            // readers §1.10: "try 72, on status 80 use 71", and on the models that list 71 the other way round.
            (type: 83, hasNewOutputs: false, commands: [0x72, 0x71, 0x71]),
            (type: 80, hasNewOutputs: true, commands: [0x71, 0x72, 0x72]),
            // LR readers list 72.
            (type: 41, hasNewOutputs: true, commands: [0x65, 0x66, 0x72, 0x72]),
        ] as [(type: UInt8, hasNewOutputs: Bool, commands: [UInt8])]
    )
    func `a reader without one form of the output command is switched by the other from then on`(
        _ type: UInt8,
        _ hasNewOutputs: Bool,
        _ wanted: [UInt8]
    ) async throws {
        var device = FEIGTwin.Device.pad
        device.version.type = type
        device.hasNewOutputs = hasNewOutputs
        let recorder = Recorder()
        let link = RecordingLink(LoopbackLink(FEIGTwin(device), over: TestAir([])), to: { recorder.take($0) })
        var reader = try await FEIGDriver.open(link)
        try await reader.switchOutput(.greenLamp, .on, for: .milliseconds(300))
        try await reader.switchOutput(.greenLamp, .off, for: .milliseconds(300))
        let commands = recorder.transcript.lines.compactMap { line -> UInt8? in
            guard case .sent(let bytes) = line else { return nil }
            return (try? FEIGFrame(bytes))?.command
        }
        #expect(commands.suffix(wanted.count) == wanted[...])
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
