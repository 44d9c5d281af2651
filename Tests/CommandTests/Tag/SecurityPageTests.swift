import API
import Testing

@testable import Command

@Suite struct SecurityPageTests {
    private func lines(_ outcome: SecurityResult.Outcome, hint: String? = nil) -> [String] {
        let part = SecurityResult.Part(uid: "E00401503309CE74", before: 0x07, after: outcome == .done ? 0xC2 : nil)
        let result = SecurityResult(
            barcode: "3012",
            want: .released,
            outcome: outcome,
            reason: "read back",
            hint: hint,
            parts: [part]
        )
        return SecurityPage(result: result, palette: Palette(isOn: false)).lines
    }

    @Test func `a change is told with what was read before and after`() {
        #expect(lines(.done) == ["3012: released: read back", "  E00401503309CE74  AFI 07 → C2"])
    }

    @Test(
        arguments: [
            (.unchanged, "already released"), (.refused, "refused, nothing was written"),
            (.uncertain, "uncertain, counts as armed"), (.failed, "not released"),
        ] as [(SecurityResult.Outcome, String)]
    )
    func `nothing is called released that was not read back`(_ outcome: SecurityResult.Outcome, _ verdict: String) {
        #expect(lines(outcome).first == "3012: \(verdict): read back")
    }

    @Test func `of a part that said so already and was not read no value is told`() {
        let part = SecurityResult.Part(uid: "E00401503309CE74", before: nil, after: nil)
        let result = SecurityResult(
            barcode: "3012",
            want: .secured,
            outcome: .unchanged,
            reason: "every part said so already",
            hint: nil,
            parts: [part]
        )
        let lines = SecurityPage(result: result, palette: Palette(isOn: false)).lines
        #expect(lines == ["3012: already secured: every part said so already", "  E00401503309CE74"])
    }

    @Test func `what can be done stands last`() {
        #expect(lines(.uncertain, hint: "lay it on the pad again").last == "hint: lay it on the pad again")
    }
}
