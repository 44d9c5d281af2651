import Readers
import Tags
import Testing
import Wire

/// A gate that pushes once and hangs up before it is answered.
private struct HangingUpLink: ~Copyable, Link {
    var push: [UInt8]

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) { throw .closed }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !push.isEmpty else { throw .timedOut }
        defer { push = [] }
        return push
    }
}

/// A gate that pushes again and again and is too busy to take the first answer.
private struct BusyLink: ~Copyable, Link {
    var push: [UInt8]
    private var isBusy = true

    init(push: [UInt8]) {
        self.push = push
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard isBusy else { return }
        isBusy = false
        throw .timedOut
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] { push }
}

struct FEIGNotifyingReaderTests {
    private func open(_ transcript: String) async throws -> any Reader & ~Copyable {
        try await FEIGNotificationDriver.open(ReplayLink(Transcript(parsing: transcript)))
    }

    /// GATE: a captured push, a Danish item with its antenna.
    private let push = """
        02 00 40 00 22 00 13 00 01 00 35 03 00 08 E0 04 01 50 0A 20 3F A3 00 09 04 32 01 04 21 32 31 31 30 33 36 34 33 \
        00 00 00 00 F7 00 00 00 44 45 44 49 32 35 2D 45 00 00 00 36 00 00 00 00 04 FE 47
        """

    @Test func `what a gate tells is a look at its field, and is acknowledged`() async throws {
        let tag = TagUID(0xE004_0150_0A20_3FA3)
        var reader = try await open("< \(push)\n> 02 00 07 00 32 94 B8")
        #expect(try await reader.inventory(afi: nil).tags == [DetectedTag(uid: tag, antenna: 4)])
        // What it sent along answers for the tag's memory; block 0 of the Danish model, item 20112346 in it.
        let memory = try await reader.readMemory(of: tag, blocks: 9)
        #expect(memory.bytes.prefix(12) == bytes("21 04 01 32 30 31 31 32 33 34 36 33")[...])
        #expect(try await reader.readMemory(of: tag, blocks: 20).bytes.count == 36)
        // The recording ends here: the connection is closed.
        await #expect(throws: ReaderError.link(.closed)) { _ = try await reader.inventory(afi: nil) }
    }

    @Test func `a gate that hangs up before it is answered has told its tags all the same`() async throws {
        var reader = try await FEIGNotificationDriver.open(HangingUpLink(push: bytes(push)))
        let tag = TagUID(0xE004_0150_0A20_3FA3)
        #expect(try await reader.inventory(afi: nil).tags == [DetectedTag(uid: tag, antenna: 4)])
        await #expect(throws: ReaderError.link(.closed)) { _ = try await reader.inventory(afi: nil) }
    }

    @Test func `a gate that does not take its answer in time is listened to as before`() async throws {
        var reader = try await FEIGNotificationDriver.open(BusyLink(push: bytes(push)))
        let tag = TagUID(0xE004_0150_0A20_3FA3)
        let unanswered = try await reader.inventory(afi: nil)
        #expect(unanswered.tags.map(\.uid) == [tag])
        #expect(
            unanswered.warnings == ["acknowledgement: not taken by the gate in time, it will tell these tags again"]
        )
        let repeated = try await reader.inventory(afi: nil)
        #expect(repeated.tags.map(\.uid) == [tag] && repeated.warnings.isEmpty)
    }

    @Test func `a torn push swallows the next one only until the gate pauses`() async throws {
        let tag = TagUID(0xE004_0150_0A20_3FA3)
        var reader = try await open("< 02 FF FF 00 22 00\n< \(push)\n> 02 00 07 00 32 94 B8")
        #expect(try await reader.inventory(afi: nil) == Inventory(tags: []))
        #expect(try await reader.inventory(afi: nil) == Inventory(tags: []), "its bytes may belong to the torn one")
        let inventory = try await reader.inventory(afi: nil)
        #expect(inventory.tags.map(\.uid) == [tag])
        #expect(inventory.warnings == ["notification: found 6 bytes outside a frame"])
    }

    @Test func `a sign of life is no news, and is not acknowledged`() async throws {
        // GATE: the captured keep-alive.
        var reader = try await open("< 02 00 0A 00 6E 00 00 00 4B 69\n# end\n> 00")
        #expect(try await reader.inventory(afi: nil) == Inventory(tags: []))
        try await reader.ping()
    }

    @Test func `a gate that falls silent for long is told as such`() async throws {
        var reader = try await open("> 00")
        for _ in 0..<89 { _ = try await reader.inventory(afi: nil) }
        try await reader.ping()
        await #expect(throws: ReaderError.noReply(command: "keep-alive")) { _ = try await reader.inventory(afi: nil) }
        await #expect(throws: ReaderError.noReply(command: "keep-alive")) { try await reader.ping() }
    }

    @Test func `nothing can be asked of it`() async throws {
        var reader = try await open("> 00")
        let tag = TagUID(0xE004_0150_0A20_3FA3)
        await #expect(throws: ReaderError.unsupported("tag command 27 on FEIG gate in notification mode")) {
            _ = try await reader.exchange(.writeAFI(0x07), with: tag)
        }
        await #expect(throws: ReaderError.self) { _ = try await reader.readAFI(of: tag) }
        await #expect(throws: ReaderError.self) { try await reader.resetField() }
    }
}
