import Readers
import Tags
import Testing
import Wire

/// The board's twin alone against printed text; the driver takes no part here.
struct TRFTwinTests {
    private func say(_ twin: inout TRFTwin, _ text: String, _ air: inout any Air) -> String {
        String(decoding: twin.receive(Array(text.utf8), air: &air), as: UTF8.self)
    }

    @Test func `it tells its name, and the slots of one walk`() {
        var twin = TRFTwin()
        var air: any Air = TestAir([TestAir.Tag(0xE007_0000_06D6_AD6E)])
        #expect(say(&twin, "0108000304FF0000", &air).contains("EVM"))
        let slots = say(&twin, "010B000304140601000000", &air)
        #expect(slots.split(separator: "[").count == 17)
        #expect(slots.contains("[6EADD606000007E0,72]"))
        // One slot, as DLP's program asks.
        #expect(say(&twin, "010B000304142401000000", &air).contains("[6EADD606000007E0,72]"))
    }

    @Test func `a request goes on air as it is`() {
        var twin = TRFTwin()
        var air: any Air = TestAir([TestAir.Tag(0xE007_0000_1B37_BD3F)])
        // Stay quiet, as printed; nobody answers, and the tag is gone from the next walk.
        #expect(say(&twin, "01120003041822023FBD371B000007E00000", &air).contains("[]"))
        #expect(!say(&twin, "010B000304140601000000", &air).contains("3FBD371B"))
    }

    @Test func `half a request is given up in silence, and nonsense is none`() {
        var twin = TRFTwin()
        var air: any Air = TestAir([])
        #expect(say(&twin, "0108000304", &air).isEmpty)
        twin.lineFellSilent()
        #expect(say(&twin, "0108000304FF0000", &air).contains("EVM"))
        #expect(say(&twin, "FFFFFFFF", &air).isEmpty)
        twin.lineFellSilent()
        #expect(say(&twin, "0108000304770000", &air).contains("Unknown"))
    }
}
