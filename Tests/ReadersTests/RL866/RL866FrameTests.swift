import Readers
import Tags
import Testing
import Wire

/// Frames computed from the protocol's facts; nobody has published a capture.
struct RL866FrameTests {
    private let tag = TagUID(0xE004_0150_3309_CE74)

    @Test func `the computed frames come out`() throws {
        func hex(_ frame: RL866Frame) -> String { Hex.string(frame.bytes, separator: " ") }
        #expect(hex(RL866Frame(control: RL866Frame.resynchronise)) == "FA 05 FF C0 42 39")
        let inventory = [RL866Code.inventory.rawValue] + RL866Inventory().bytes
        #expect(hex(RL866Frame(control: 0, information: inventory)) == "FA 07 FF 00 31 00 FC 6A")
        let connect = [RL866Code.connect.rawValue] + RL866Connect(tag).bytes
        #expect(
            hex(RL866Frame(control: RL866Frame.sequence, information: connect))
                == "FA 13 FF 40 32 01 01 01 09 01 74 CE 09 33 50 01 04 E0 C9 C7"
        )
        let inform = [RL866Code.access.rawValue] + RL866Access(handle: 1, .systemInformation).bytes
        #expect(hex(RL866Frame(control: 0, information: inform)) == "FA 0A FF 00 34 01 02 0A 00 48 79")
        let afi = [RL866Code.access.rawValue] + RL866Access(handle: 1, .writeAFI, [0x07]).bytes
        #expect(hex(RL866Frame(control: 0, information: afi)) == "FA 0B FF 00 34 01 03 06 00 07 6F 4E")
    }

    @Test(arguments: [
        "FA 05 FF C0 42 39", "FA 07 FF 00 31 00 FC 6A", "FA 13 FF 40 32 01 01 01 09 01 74 CE 09 33 50 01 04 E0 C9 C7",
        "FA 0A FF 00 34 01 02 0A 00 48 79", "FA 0B FF 00 34 01 03 06 00 07 6F 4E",
    ])
    func `a frame reads, and writes as the same bytes`(_ hex: String) throws {
        #expect(try RL866Frame(bytes(hex)).bytes == bytes(hex))
    }

    @Test func `frames come out however they are delivered`() throws {
        let frames = ["FA 05 FF C0 42 39", "FA 07 FF 00 31 00 FC 6A", "FA 0B FF 00 34 01 03 06 00 07 6F 4E"].map(bytes)
        let pairs = try frames.map { ($0, try RL866Frame($0)) }
        verify({ RL866Decoder() }, frames: pairs, noise: [0x00, 0xFF, 0x02])
    }

    /// A link hands over 4096 bytes at a time, and of a portion only two of the longest frames were kept.
    @Test func `no frame is lost in a portion that is longer than frames are`() {
        var decoder = RL866Decoder()
        let frame = RL866Frame(control: RL866Frame.resynchronise)
        decoder.append([[UInt8]](repeating: frame.bytes, count: 600).flatMap { $0 })
        for number in 0..<600 { #expect(decoder.next() == .frame(frame), "frame \(number)") }
        #expect(decoder.next() == nil)
    }

    @Test func `what nobody takes is bounded`() {
        var decoder = RL866Decoder()
        let frame = RL866Frame(control: RL866Frame.resynchronise)
        for _ in 0..<1000 { decoder.append(frame.bytes) }
        var count = 0
        while let found = decoder.next() {
            if case .frame = found { count += 1 }
        }
        #expect((1...100).contains(count))
    }

    @Test(arguments: ["", "FA", "FA 04 FF C0 42", "FA 05 FF C0 42", "FB 05 FF C0 42 39", "FA 05 FF C0 42 38"])
    func `a short, foreign or damaged frame is refused`(_ hex: String) {
        #expect(throws: ParseError.self) { try RL866Frame(bytes(hex)) }
    }

    @Test func `an inventory tells its tags, one with a ninth byte nobody explains`() throws {
        // Stop reason 0, two in all, two here; antenna and protocol before the first one's serial number.
        let data = bytes("00 02 00 02 0B 01 01 08 74 CE 09 33 50 01 04 E0 08 09 28 7A 70 46 00 01 04 E0 00")
        let reply = try RL866Inventory.Reply(data)
        #expect(reply.total == 2)
        #expect(reply.tags == [tag, TagUID(0xE004_0100_4670_7A28)])
        let written = RL866Inventory.Reply(total: 1, tags: [tag])
        #expect(try RL866Inventory.Reply(written.bytes) == written)
        #expect(throws: ParseError.self) { try RL866Inventory.Reply(bytes("00 01 00 01 18 00")) }
    }

    @Test func `an operation answers with data or an error word`() throws {
        let done = RL866Access.Reply(bytes: "03 06 00 01")
        #expect(done?.operation == 0x0006)
        #expect((try? done?.result.get()) == [])
        let failed = RL866Access.Reply(bytes: "05 03 00 00 1B 04")
        #expect(failed?.bytes == bytes("05 03 00 00 1B 04"))
        #expect(throws: RL866Error.block) { try failed?.result.get() }
        #expect(RL866Access.Reply(bytes: "05 03 00 00 1B") == nil)
        #expect((try? RL866Access(bytes("01 01 06"))) == nil)
    }

    @Test func `a twin waits for the toggling bit`() throws {
        var twin = RL866Twin()
        var air: any Air = TestAir([TestAir.Tag(tag.rawValue)])
        let inventory = RL866Frame(control: 0, information: [0x31, 0x00])
        func status() throws -> [UInt8] {
            Array(try RL866Frame(twin.receive(inventory.bytes, air: &air)).information.dropFirst().prefix(2))
        }
        #expect(try status() == [0x00, 0x00])
        #expect(try status() == [0x04, 0x01])
        _ = twin.receive(bytes("FA 05 FF C0 42 39"), air: &air)
        #expect(try status() == [0x00, 0x00])
        #expect(twin.receive(bytes("FA 05 FF C0 42 38"), air: &air).isEmpty)
    }
}

extension RL866Access.Reply {
    fileprivate init?(bytes hex: String) {
        guard let value = try? RL866Access.Reply(ReadersTests.bytes(hex)) else { return nil }
        self = value
    }
}
