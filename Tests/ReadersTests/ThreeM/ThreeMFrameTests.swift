import Readers
import Testing
import Wire

/// Frames as captured; sources named as in ``ThreeMDriver``.
struct ThreeMFrameTests {
    static let frames: [(hex: String, frame: ThreeMFrame)] = [
        // PERL3M: how an 810 is woken, and LSS: its answer, firmware 5.0.2.
        ("D5 00 05 04 00 11 8C 66", ThreeMFrame(start: .setup, command: 0x04, fields: [0x00, 0x11])),
        (
            "D5 00 09 04 00 11 0A 05 00 02 72 50",
            ThreeMFrame(start: .setup, command: 0x04, fields: [0x00, 0x11, 0x0A, 5, 0, 2])
        ),
        ("D6 00 0C 13 04 01 00 02 00 03 00 04 00 AA F2", ThreeMFrame(command: 0x13, fields: ThreeMStartUp.fields)),
        // Inventory of all tags with UIDs alone.
        ("D6 00 05 FE 00 05 FA 40", ThreeMFrame(command: 0xFE, fields: [0x00, 0x05])),
        // SPEC's worked example of the checksum.
        ("D6 00 09 03 00 02 00 00 00 03 12 E6", ThreeMFrame(command: 0x03, fields: [0, 2, 0, 0, 0, 3])),
    ]

    @Test(arguments: frames)
    func `a captured frame reads as its fields and writes as its bytes`(_ hex: String, _ frame: ThreeMFrame) throws {
        #expect(try ThreeMFrame(bytes(hex)) == frame)
        #expect(frame.bytes == bytes(hex))
    }

    @Test(arguments: [
        "", "D6", "D6 00", "D6 00 05 FE 00 05 FA", "D6 00 02 FE 00", "D7 00 05 FE 00 05 FA 40", "D6 FF FF FE",
    ])
    func `a short or foreign frame is refused`(_ hex: String) {
        #expect(throws: ParseError.self) { try ThreeMFrame(bytes(hex)) }
    }

    @Test func `a wrong checksum is refused with both values`() {
        #expect(throws: ParseError.checksum(field: "checksum", stored: 0xFA41, computed: 0xFA40)) {
            try ThreeMFrame(bytes("D6 00 05 FE 00 05 FA 41"))
        }
    }

    @Test func `frames come out however they are delivered`() throws {
        let pairs = Self.frames.map { (bytes($0.hex), $0.frame) }
        verify({ ThreeMDecoder() }, frames: pairs, noise: [0x00, 0xFF, 0x02])
    }

    @Test func `a frame behind bytes that look like a beginning is found after silence`() throws {
        var decoder = ThreeMDecoder()
        decoder.append(bytes("D6 00 40 02") + bytes(Self.frames[3].hex))
        #expect(decoder.next() == nil)
        decoder.lineFellSilent()
        #expect(decoder.next() == .garbage(bytes("D6 00 40 02")))
        #expect(decoder.next() == .frame(Self.frames[3].frame))
        #expect(decoder.next() == nil)
    }

    @Test func `a damaged frame is told and the next one found`() throws {
        var decoder = ThreeMDecoder()
        decoder.append(bytes("D6 00 05 FE 00 05 FA 41") + bytes(Self.frames[3].hex))
        #expect(
            decoder.next() == .damaged(length: 8, stored: 0xFA41, computed: 0xFA40)
        )
        #expect(decoder.next() == .garbage(bytes("D6 00 05 FE 00 05 FA 41")))
        #expect(decoder.next() == .frame(Self.frames[3].frame))
    }
}
