import Readers
import Testing
import Wire

/// Frames as captured or printed, with their human reading; the sources are named as in ``FEIGDriver``.
struct FEIGFrameTests {
    static let frames: [(hex: String, frame: FEIGFrame)] = [
        // AMAROK: version asked of any reader, both styles, and a CPR40's answer.
        ("05 FF 65 E5 CB", FEIGFrame(style: .standard, address: 0xFF, command: 0x65)),
        ("02 00 07 FF 65 6E 61", FEIGFrame(style: .advanced, address: 0xFF, command: 0x65)),
        (
            "0D 00 65 00 03 03 00 44 53 0D 30 33 09",
            FEIGFrame(style: .standard, address: 0, command: 0x65, payload: [0, 3, 3, 0, 0x44, 0x53, 0x0D, 0x30])
        ),
        (
            "02 00 0F 00 65 00 03 03 00 44 53 0D 30 74 69",
            FEIGFrame(style: .advanced, address: 0, command: 0x65, payload: [0, 3, 3, 0, 0x44, 0x53, 0x0D, 0x30])
        ),
        // AMAROK: configuration block 7 of the reader at address 12.
        ("06 12 80 07 E5 80", FEIGFrame(style: .standard, address: 0x12, command: 0x80, payload: [7])),
        ("02 00 08 12 80 07 A0 2D", FEIGFrame(style: .advanced, address: 0x12, command: 0x80, payload: [7])),
        // GOFEIG: ping and its answer.
        ("02 00 08 FF 52 00 4A C3", FEIGFrame(style: .advanced, address: 0xFF, command: 0x52, payload: [0])),
        ("02 00 08 00 52 00 B9 05", FEIGFrame(style: .advanced, address: 0, command: 0x52, payload: [0])),
        // GATE: a gate's answer to a restart.
        ("02 00 08 00 63 00 C3 AA", FEIGFrame(style: .advanced, address: 0, command: 0x63, payload: [0])),
        // GATE: people counter board on the gate's inner bus, address 01.
        ("02 00 08 01 77 00 EE 02", FEIGFrame(style: .advanced, address: 1, command: 0x77, payload: [0])),
    ]

    @Test(arguments: frames)
    func `a captured frame reads as its fields and writes as its bytes`(_ hex: String, _ frame: FEIGFrame) throws {
        #expect(try FEIGFrame(bytes(hex)) == frame)
        #expect(frame.bytes == bytes(hex))
    }

    @Test func `a wrong checksum is refused with both values`() {
        // AMAROK's deliberately broken frame.
        #expect(throws: ParseError.checksum(field: "checksum", stored: 0x6874, computed: 0x6974)) {
            try FEIGFrame(bytes("02 00 0F 00 65 00 03 03 00 44 53 0D 30 74 68"))
        }
    }

    @Test(arguments: [
        "", "05", "05 FF", "05 FF 65 E5", "02", "02 00", "02 00 07 FF 65 6E", "04 FF 65 E5", "02 00 06 FF 65",
    ])
    func `a short frame is refused`(_ hex: String) {
        #expect(throws: ParseError.self) { try FEIGFrame(bytes(hex)) }
    }

    @Test func `bytes behind the frame are refused`() {
        #expect(throws: ParseError.leftover(offset: 5, count: 1)) { try FEIGFrame(bytes("05 FF 65 E5 CB 00")) }
    }

    @Test func `a standard frame holds 250 bytes and a longer one goes out advanced`() throws {
        let full = FEIGFrame(style: .standard, address: 0, command: 0xB0, payload: Array(repeating: 1, count: 250))
        #expect(full.bytes.count == 255)
        #expect(full.bytes.first == 0xFF)
        let longer = FEIGFrame(style: .standard, address: 0, command: 0xB0, payload: Array(repeating: 1, count: 251))
        #expect(longer.bytes.prefix(3) == [0x02, 0x01, 0x02])
        #expect(try FEIGFrame(longer.bytes).style == .advanced)
    }
}
