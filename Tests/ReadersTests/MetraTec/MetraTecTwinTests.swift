import Readers
import Tags
import Testing
import Wire

/// The reader's twin alone; the driver takes no part here.
struct MetraTecTwinTests {
    private func say(_ twin: inout MetraTecTwin, _ text: String, _ air: inout any Air) -> String {
        String(decoding: twin.receive(Array((text + "\r").utf8), air: &air), as: UTF8.self)
    }

    @Test func `answers end with a line feed only when told so`() {
        var twin = MetraTecTwin()
        var air: any Air = TestAir([TestAir.Tag(0xE004_0150_954F_02B1)])
        #expect(say(&twin, "BRK", &air) == "NCM\r")
        #expect(say(&twin, "EOF", &air) == "OK!\r\n")
        #expect(say(&twin, "INV", &air) == "NRF\r\n")
        #expect(say(&twin, "SRI SS 100", &air) == "OK!\r\n")
        #expect(say(&twin, "INV", &air) == "E0040150954F02B1\rIVF 01\r\n")
        #expect(say(&twin, "INV AFI C2", &air) == "IVF 00\r\n")
        // The kit's broken option.
        #expect(say(&twin, "INV AFI {afi:02X}", &air) == "UPA\r\n")
        #expect(say(&twin, "FLY", &air) == "UCO\r\n")
        // Words and pins that are not there switch nothing.
        #expect(say(&twin, "SRI", &air) == "UPA\r\n")
        #expect(say(&twin, "WOP 1 ON", &air) == "UPA\r\n")
        #expect(say(&twin, "RIP", &air) == "UPA\r\n")
        #expect(twin.outputs.isEmpty)
        #expect(say(&twin, "INV", &air) == "E0040150954F02B1\rIVF 01\r\n")
    }

    @Test func `a request is answered with the tag's own check bytes`() {
        var twin = MetraTecTwin()
        var tag = TestAir.Tag(0xE004_0150_954F_02B1)
        tag.memory.replaceSubrange(0..<4, with: [0x11, 0x11, 0x22, 0x22])
        var air: any Air = TestAir([tag])
        _ = say(&twin, "EOF", &air)
        _ = say(&twin, "SRI SS 100", &air)
        #expect(say(&twin, "REQ 2220E0040150954F02B100 CRC", &air) == "TDT\r0011112222B7DD\rCOK\rNCL\r\n")
        #expect(say(&twin, "REQ 2220E0040150954F02B200 CRC", &air) == "TNR\r\n")
        #expect(say(&twin, "REQ 22", &air) == "UPA\r\n")
        #expect(say(&twin, "WOP 1 HI", &air) == "OK!\r\n")
        #expect(twin.outputs == [1: true])
    }
}
