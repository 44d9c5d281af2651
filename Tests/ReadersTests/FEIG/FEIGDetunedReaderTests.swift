import Readers
import Tags
import Testing
import Wire

/// A gate whose antenna is detuned: 84 on every reply, in the place of what would tell that all is well, that no tag
/// answered or that the buffer is empty.
private struct DetunedLink: ~Copyable, Link {
    private var link: LoopbackLink

    init(_ link: consuming LoopbackLink) {
        self.link = link
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await link.send(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        let bytes = try await link.receive(within: limit)
        guard var frame = try? FEIGFrame(bytes), let status = frame.payload.first, [0x00, 0x01, 0x92].contains(status)
        else { return bytes }
        frame.payload[0] = FEIGStatus.radioWarning.code
        return frame.bytes
    }
}

/// readers §1.4, status 84: "LR readers attach it to every reply while the condition lasts; data valid".
struct FEIGDetunedReaderTests {
    private func open(_ twin: FEIGTwin, _ tags: [TestAir.Tag]) async throws -> any Reader & ~Copyable {
        try await FEIGDriver.open(DetunedLink(LoopbackLink(twin, over: TestAir(tags))))
    }

    private func tag(eas: Bool = true) -> TestAir.Tag {
        var tag = TestAir.Tag(0xE004_0150_3309_CE74)
        tag.eas = eas
        return tag
    }

    @Test func `a look at nobody is nobody, and a look at a tag is the tag, both with a warning`() async throws {
        for tags in [[], [tag()]] as [[TestAir.Tag]] {
            var reader = try await open(FEIGTwin(.gate), tags)
            let inventory = try await reader.inventory(afi: nil)
            #expect(inventory.tags.map(\.uid) == tags.map(\.uid))
            #expect(inventory.warnings == ["radio warning, antenna detuned or noise"])
        }
    }

    @Test func `an empty buffer is empty`() async throws {
        var reader = try await open(FEIGTwin(.scanningWand), [])
        let buffered = try await reader.readBuffer()
        #expect(buffered.tags.isEmpty)
        #expect(!buffered.incomplete)
        #expect(buffered.warnings == ["radio warning, antenna detuned or noise"])
    }

    @Test(arguments: [FEIGTwin.Device.gate, .oldPad])
    func `the EAS alarm sounds for a set bit and for no other`(_ device: FEIGTwin.Device) async throws {
        for (tags, sounds) in [([], false), ([tag(eas: false)], false), ([tag()], true)] as [([TestAir.Tag], Bool)] {
            var reader = try await open(FEIGTwin(device), tags)
            #expect(try await reader.sensesEAS(of: 0x04) == sounds)
        }
    }

    @Test func `somebody is sensed by the AFI only where somebody answers`() async throws {
        var reader = try await open(FEIGTwin(.gate), [tag()])
        #expect(try await reader.senses(afi: 0x07))
        #expect(try await reader.senses(afi: 0xC2) == false)
    }
}
