import Readers
import Tags
import Testing
import Wire

/// readers §1.4, status 84: "LR readers attach it to every reply while the condition lasts; data valid".
struct FEIGDetunedReaderTests {
    private func open(_ device: FEIGTwin.Device, _ tags: [TestAir.Tag]) async throws -> any Reader & ~Copyable {
        var twin = FEIGTwin(device)
        twin.condition = .radioWarning
        return try await FEIGDriver.open(LoopbackLink(twin, over: TestAir(tags)))
    }

    private func tag(eas: Bool = true) -> TestAir.Tag {
        var tag = TestAir.Tag(0xE004_0150_3309_CE74)
        tag.eas = eas
        return tag
    }

    @Test func `the twin puts it on the reply to nobody too, and on no refusal`() throws {
        var twin = FEIGTwin(.gate)
        twin.condition = .radioWarning
        var air: any Air = TestAir([])
        func status(_ command: UInt8, _ payload: [UInt8]) throws -> FEIGStatus {
            let frame = FEIGFrame(style: .advanced, address: 0xFF, command: command, payload: payload)
            return try FEIGReply(FEIGFrame(twin.receive(frame.bytes, air: &air))).status
        }
        #expect(try status(0x52, [0x00]) == .radioWarning)
        #expect(try status(0xB0, FEIGInventory(.once).bytes) == .radioWarning)
        #expect(try status(0xA2, []) == .unknownCommand)
        #expect(try status(0xB0, []) == .unknownCommand)
    }

    @Test func `a look at nobody is nobody, and a look at a tag is the tag, both with a warning`() async throws {
        for tags in [[], [tag()]] as [[TestAir.Tag]] {
            var reader = try await open(.gate, tags)
            let inventory = try await reader.inventory(afi: nil)
            #expect(inventory.tags.map(\.uid) == tags.map(\.uid))
            #expect(inventory.warnings == ["radio warning, antenna detuned or noise"])
        }
    }

    @Test func `an empty buffer is empty`() async throws {
        var reader = try await open(.scanningWand, [])
        let buffered = try await reader.readBuffer()
        #expect(buffered.tags.isEmpty)
        #expect(!buffered.incomplete)
        #expect(buffered.warnings == ["radio warning, antenna detuned or noise"])
    }

    @Test(arguments: [FEIGTwin.Device.gate, .oldPad])
    func `the EAS alarm sounds for a set bit and for no other`(_ device: FEIGTwin.Device) async throws {
        for (tags, sounds) in [([], false), ([tag(eas: false)], false), ([tag()], true)] as [([TestAir.Tag], Bool)] {
            var reader = try await open(device, tags)
            #expect(try await reader.sensesEAS(of: 0x04) == sounds)
        }
    }

    @Test(arguments: [FEIGTwin.Device.gate, .oldPad])
    func `a tag's EAS bit is read as it stands`(_ device: FEIGTwin.Device) async throws {
        for eas in [false, true] {
            var reader = try await open(device, [tag(eas: eas)])
            #expect(try await reader.readEAS(of: tag().uid) == eas)
        }
    }

    @Test func `a tag that is not there is lost, whatever is asked of it`() async throws {
        var reader = try await open(.gate, [])
        let lost = ReaderError.tagLost(tag().uid)
        let alarm = ISO15693.Request.custom(ISO15693.CustomRequest(manufacturer: 0x04, code: 0xA5))
        for request in [.readSingleBlock(0, withSecurity: false), .systemInformation, alarm] as [ISO15693.Request] {
            await #expect(throws: lost) { _ = try await reader.exchange(request, with: tag().uid) }
        }
    }

    @Test func `somebody is sensed by the AFI only where somebody answers`() async throws {
        var reader = try await open(.gate, [tag()])
        #expect(try await reader.senses(afi: 0x07))
        #expect(try await reader.senses(afi: 0xC2) == false)
    }
}
