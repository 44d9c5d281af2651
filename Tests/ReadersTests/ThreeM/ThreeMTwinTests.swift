import Readers
import Tags
import Testing
import Wire

/// The pad's twin alone against captured and printed bytes; the driver takes no part here.
struct ThreeMTwinTests {
    private let uid: UInt64 = 0xE004_0100_3123_AA26

    private func answer(_ twin: inout ThreeMTwin, _ hex: String, _ air: inout any Air) -> String {
        Hex.string(twin.receive(bytes(hex), air: &air), separator: " ")
    }

    @Test(arguments: [
        // PERL3M and LSS: the start of an 810.
        ("D5 00 05 04 00 11 8C 66", "D5 00 09 04 00 11 0A 05 00 02 72 50"),
        ("D6 00 0C 13 04 01 00 02 00 03 00 04 00 AA F2", "D6 00 0C 13 00 02 01 01 03 02 02 03 00 E7 78"),
        // LSS: one tag.
        ("D6 00 05 FE 00 05 FA 40", "D6 00 0F FE 00 00 05 01 E0 04 01 00 31 23 AA 26 94 1A"),
    ])
    func `a captured request gets the captured reply`(_ request: String, _ reply: String) {
        var twin = ThreeMTwin(.model810)
        var air: any Air = TestAir([TestAir.Tag(uid)])
        #expect(answer(&twin, request, &air) == reply)
    }

    @Test func `captured writes reach the tag and are answered as captured`() throws {
        var twin = ThreeMTwin(.model810)
        var air: any Air = TestAir([TestAir.Tag(uid)])
        let write = """
            D6 00 2A 04 E0 04 01 00 31 23 AA 26 00 07 00 04 11 00 01 31 31 31 31 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            00 00 00 00 00 1C D4
            """
        #expect(answer(&twin, write, &air) == "D6 00 0D 04 00 E0 04 01 00 31 23 AA 26 07 CF F1")
        #expect((air as? TestAir)?.tags[0].memory.prefix(8) == bytes("04 11 00 01 31 31 31 31")[...])
        // PERL3M: AFI DA.
        _ = answer(&twin, "D6 00 0C 09 E0 04 01 00 31 23 AA 26 DA EB 5D", &air)
        #expect((air as? TestAir)?.tags[0].afi == 0xDA)
    }

    @Test func `a 210 tells its version as the specification prints it and knows no setup`() {
        var twin = ThreeMTwin(.model210)
        var air: any Air = TestAir([])
        #expect(answer(&twin, "D6 00 03 11 64 20", &air) == "D6 00 08 11 00 0A 03 02 06 35 17")
        #expect(answer(&twin, "D5 00 05 04 00 11 8C 66", &air).isEmpty)
    }

    @Test(
        arguments: [
            // No tag; a command nobody knows; fields missing.
            (command: 0x0A, fields: [0xE0, 4, 1, 0, 0x31, 0x23, 0xAA, 0x26], error: 0x06),
            (command: 0x77, fields: [], error: 0x02),
            (command: 0x02, fields: [0xE0], error: 0x32),
            // An AFI to write and none given; an AFI to read and one given.
            (command: 0x09, fields: [0xE0, 4, 1, 0, 0x31, 0x23, 0xAA, 0x26], error: 0x32),
            (command: 0x0A, fields: [0xE0, 4, 1, 0, 0x31, 0x23, 0xAA, 0x26, 0x07], error: 0x32),
        ] as [(command: UInt8, fields: [UInt8], error: UInt8)]
    )
    func `a refusal carries its error`(_ command: UInt8, _ fields: [UInt8], _ error: UInt8) throws {
        var twin = ThreeMTwin(.model810)
        var air: any Air = TestAir([])
        let reply = try ThreeMFrame(twin.receive(ThreeMFrame(command: command, fields: fields).bytes, air: &air))
        #expect(reply.command == command)
        #expect(reply.fields.first == error)
    }

    @Test func `a wrong checksum is met with silence`() {
        var twin = ThreeMTwin(.model810)
        var air: any Air = TestAir([])
        #expect(answer(&twin, "D6 00 05 FE 00 05 FA 41", &air).isEmpty)
    }

    @Test func `the EAS bit is asked and set`() throws {
        var twin = ThreeMTwin(.model810)
        var air: any Air = TestAir([TestAir.Tag(uid)])
        func error(_ code: UInt8, _ value: UInt8?) throws -> UInt8? {
            let order = ThreeMTagOrder(TagUID(uid), value)
            let frame = ThreeMFrame(command: code, fields: order.bytes)
            return try ThreeMFrame(twin.receive(frame.bytes, air: &air)).fields.first
        }
        #expect(try error(0x03, nil) == 0x00)
        #expect(try error(0x0C, 0) == 0x00)
        // Clear, which looks like a tag that is not there.
        #expect(try error(0x03, nil) == 0x06)
    }

    @Test(arguments: [
        // readers §2.2, command 03, and the specification's layouts: 01 is set, 00 with error 06 is clear.
        (eas: true, reply: "D6 00 0D 03 00 E0 04 00 00 01 23 45 67 01 80 F8"),
        (eas: false, reply: "D6 00 0D 03 06 E0 04 00 00 01 23 45 67 00 E3 66"),
    ])
    func `the EAS bit is told as printed`(_ eas: Bool, _ reply: String) {
        var twin = ThreeMTwin(.model210)
        var tag = TestAir.Tag(0xE004_0000_0123_4567)
        tag.eas = eas
        var air: any Air = TestAir([tag])
        #expect(answer(&twin, "D6 00 0B 03 E0 04 00 00 01 23 45 67 0B 95", &air) == reply)
    }
}
