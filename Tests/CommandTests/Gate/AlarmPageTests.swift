import API
import Foundation
import Testing

@testable import Command

@Suite struct AlarmPageTests {
    @Test func `an alarm says why it sounded, on what evidence, and what to do`() {
        let at = Date(timeIntervalSince1970: 1_795_000_000)
        let alarm = Alarm(
            id: 9,
            at: at,
            gate: "gate-1",
            sounded: true,
            reason: "not on loan",
            evidence: "AFI 07, holdings of today",
            advice: "take the item to the desk",
            uid: "E00401503309CE74",
            barcode: "3012",
            title: "Sorting",
            callNumber: "QA 76"
        )
        #expect(
            AlarmPage(alarm: alarm, palette: Palette(isOn: false)).lines == [
                "\(Wording.clock(at))  gate-1  ALARM   not on loan: 3012 · QA 76 · Sorting",
                "          AFI 07, holdings of today; take the item to the desk",
            ]
        )
    }
}
