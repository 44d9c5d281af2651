import Readers
import Tags
import Testing
import Wire

/// Frames as the manual of the QM-ABCM7 prints them (§5.2.2, §5.2.4, §5.12).
struct JMYFrameTests {
    static let frames: [(hex: String, frame: JMYFrame)] = [
        // Who are you?
        ("00 04 00 10 14", JMYFrame(command: 0x10)),
        // Field and automatic search on, and done.
        ("00 05 00 11 03 17", JMYFrame(command: 0x11, data: [0x03])),
        ("00 04 01 11 14", JMYFrame(address: 1, command: 0x11)),
        // Inventory of one tag with AFI 00: DSFID 33, UID E007000019CFDBE3.
        ("00 05 00 5C 00 59", JMYFrame(command: 0x5C, data: [0x00])),
        (
            "00 0D 01 5C 33 E3 DB CF 19 00 00 07 E0 6A",
            JMYFrame(address: 1, command: 0x5C, data: [0x33, 0xE3, 0xDB, 0xCF, 0x19, 0x00, 0x00, 0x07, 0xE0])
        ),
        // Write DSFID 09, and done.
        ("00 05 00 59 09 55", JMYFrame(command: 0x59, data: [0x09])),
        ("00 04 01 59 5C", JMYFrame(address: 1, command: 0x59)),
    ]

    @Test(arguments: frames)
    func `a printed frame reads as its fields and writes as its bytes`(_ hex: String, _ frame: JMYFrame) throws {
        #expect(try JMYFrame(bytes(hex)) == frame)
        #expect(frame.bytes == bytes(hex))
    }

    @Test(arguments: ["", "00", "00 04", "00 04 00 10", "00 03 00 10", "07 FF 00 10 14", "00 05 00 10 14"])
    func `a short frame or one of an impossible length is refused`(_ hex: String) {
        #expect(throws: ParseError.self) { try JMYFrame(bytes(hex)) }
    }

    @Test func `a wrong checksum is refused with both values`() {
        #expect(throws: ParseError.checksum(field: "checksum", stored: 0x15, computed: 0x14)) {
            try JMYFrame(bytes("00 04 00 10 15"))
        }
    }

    @Test func `frames come out however they are delivered`() {
        let pairs = Self.frames.map { (bytes($0.hex), $0.frame) }
        // Bytes that are no length and no command.
        verify({ JMYDecoder() }, frames: pairs, noise: [0xFF, 0xD6, 0x7F])
    }

    @Test func `a frame behind bytes that look like a beginning is found after silence`() {
        var decoder = JMYDecoder()
        decoder.append(bytes("00 40 01 54 07") + bytes("00 04 01 59 5C"))
        #expect(decoder.next() == nil)
        decoder.lineFellSilent()
        #expect(decoder.next() == .garbage(bytes("00 40 01 54 07")))
        #expect(decoder.next() == .frame(JMYFrame(address: 1, command: 0x59)))
    }

    @Test func `product information is read as printed`() throws {
        let product = try JMYProduct(
            JMYFrame(
                bytes(
                    """
                    00 22 01 10 4A 4D 59 36 38 30 31 48 34 2E 33 30 32 30 31 33 31 31 32 33 00 01 A0 00 00 00 0A 00 00 00 99
                    """
                )
            ).data
        )
        #expect(product.name == "JMY6801H")
        #expect(product.version == "4.30")
        #expect(product.date == "20131123")
        #expect(JMYFrame(address: 1, command: 0x10, data: product.bytes).bytes.last == 0x99)
    }

    @Test func `several tags are read as printed`() throws {
        let frame = try JMYFrame(
            bytes("00 16 01 7C 00 3B 8B FC A3 00 01 04 E0 00 3B A1 D9 12 00 01 04 E0 D5")
        )
        let tags = try JMYTags(frame.data)
        #expect(tags.tags.map(\.uid) == [TagUID(0xE004_0100_A3FC_8B3B), TagUID(0xE004_0100_12D9_A13B)])
        #expect(tags.bytes == frame.data)
        #expect(throws: ParseError.self) { try JMYTags(frame.data.dropLast() + []) }
    }
}
