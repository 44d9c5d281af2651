import Readers
import Tags
import Testing
import Wire

/// The module's twin alone against printed bytes; the driver takes no part here.
struct JMYTwinTests {
    private func tag(_ uid: UInt64, dsfid: UInt8 = 0) -> TestAir.Tag {
        var tag = TestAir.Tag(uid)
        tag.dsfid = dsfid
        return tag
    }

    private func answer(_ twin: inout JMYTwin, _ hex: String, _ air: inout any Air) -> String {
        Hex.string(twin.receive(bytes(hex), air: &air), separator: " ")
    }

    @Test func `a printed conversation comes out as printed`() {
        var twin = JMYTwin()
        var air: any Air = TestAir([tag(0xE007_0000_19CF_DBE3, dsfid: 0x33)])
        #expect(
            answer(&twin, "00 04 00 10 14", &air)
                == "00 22 01 10 4A 4D 59 36 38 30 31 48 34 2E 33 30 32 30 31 33 31 31 32 33 00 01 A0 00 00 00 0A 00 00 00 99"
        )
        #expect(answer(&twin, "00 05 00 11 03 17", &air) == "00 04 01 11 14")
        #expect(answer(&twin, "00 05 00 5C 00 59", &air) == "00 0D 01 5C 33 E3 DB CF 19 00 00 07 E0 6A")
        #expect(answer(&twin, "00 05 00 59 09 55", &air) == "00 04 01 59 5C")
        #expect(answer(&twin, "00 04 00 5D 59", &air) == "00 04 01 5D 58")
        // Quiet now: nothing is found, told as the command turned over.
        #expect(answer(&twin, "00 05 00 5C 00 59", &air) == "00 04 01 A3 A6")
        #expect(answer(&twin, "00 0C 00 5F E3 DB CF 19 00 00 07 E0 5A", &air) == "00 04 01 5F 5A")
        #expect(answer(&twin, "00 05 00 5C 00 59", &air) == "00 0D 01 5C 09 E3 DB CF 19 00 00 07 E0 50")
    }

    @Test func `all tags are told and left quiet`() {
        var twin = JMYTwin()
        var air: any Air = TestAir([tag(0xE004_0100_A3FC_8B3B), tag(0xE004_0100_12D9_A13B)])
        // Two at once are none to the command for one.
        #expect(answer(&twin, "00 04 00 5C 58", &air) == "00 04 01 A3 A6")
        let all = answer(&twin, "00 05 00 7C 00 79", &air)
        #expect(all.count == "00 16 01 7C 00 3B 8B FC A3 00 01 04 E0 00 3B A1 D9 12 00 01 04 E0 D5".count)
        #expect(answer(&twin, "00 04 00 7C 78", &air) == "00 04 01 83 86")
    }

    @Test func `work without a current tag fails, and a damaged frame is met with silence`() {
        var twin = JMYTwin()
        var air: any Air = TestAir([tag(0xE007_0000_19CF_DBE3)])
        #expect(answer(&twin, "00 04 00 5E 5A", &air) == "00 04 01 A1 A4")
        #expect(answer(&twin, "00 04 00 5E 5B", &air).isEmpty)
    }
}
