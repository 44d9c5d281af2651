import API
import Foundation
import Testing

@testable import Command

private let at = Date(timeIntervalSince1970: 1_795_000_000)

private func item(_ barcode: String) -> AlarmItem {
    AlarmItem(
        reason: "not on loan",
        evidence: "AFI 07, status available",
        advice: "ask whether it was checked out",
        uid: "E00401503309CE74",
        barcode: barcode,
        title: "Sorting",
        callNumber: "QA 76"
    )
}

private func alarm(_ id: Int, _ barcodes: String...) -> Alarm {
    Alarm(id: id, at: at, gate: "gate-1", items: barcodes.map(item))
}

@Suite struct AlarmPageTests {
    @Test func `an alarm says why it sounded, on what evidence, and what to do`() {
        #expect(
            AlarmPage(alarm: alarm(9, "3012"), palette: Palette(isOn: false), now: at).lines == [
                "\(Wording.clock(at))  gate-1  alarm 9",
                "  not on loan: 3012 · QA 76 · Sorting",
                "    AFI 07, status available; ask whether it was checked out",
            ]
        )
    }

    @Test func `an alarm of another day has its day`() {
        let page = AlarmPage(alarm: alarm(9, "3012"), palette: Palette(isOn: false), now: at + 3 * 86_400)
        #expect(page.lines.first == "\(Wording.day(at)) \(Wording.clock(at))  gate-1  alarm 9")
    }

    @Test func `every item of a stack is named`() throws {
        let lines = AlarmPage(alarm: alarm(9, "3012", "3013"), palette: Palette(isOn: false)).lines
        try #require(lines.count == 5)
        #expect(lines[3] == "  not on loan: 3013 · QA 76 · Sorting")
    }
}
