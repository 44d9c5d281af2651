import API
import Testing

@testable import Command

private func tag(
    _ outcome: ConversionResult.Outcome,
    _ reason: String,
    barcode: String? = "3012",
    hint: String? = nil,
    notes: [String] = []
) -> ConversionResult.Tag {
    ConversionResult.Tag(
        uid: "E00401503309CE74",
        barcode: barcode,
        model: "iso28560-2",
        outcome: outcome,
        reason: reason,
        hint: hint,
        blocks: [9, 0],
        interruption: "no item after write 1, never another one",
        leftOut: ["title"],
        notes: notes
    )
}

private func lines(_ tags: [ConversionResult.Tag], missing: [String] = []) -> [String] {
    let result = ConversionResult(target: "iso28560-3", dryRun: false, tags: tags, missing: missing)
    return ConversionPage(result: result, palette: Palette(isOn: false)).lines
}

@Suite struct ConversionPageTests {
    @Test func `a stack is told tag by tag and in sum`() {
        let tags = [
            tag(.converted, "converted and read back", notes: ["left out: title"]),
            tag(.refused, "tag is a patron card, wanted an item", barcode: nil),
            tag(.stopped, "1 of 2 writes were read back", hint: "lay it on the pad again"),
        ]
        #expect(
            lines(tags) == [
                "3012: iso28560-2 to iso28560-3: converted and read back",
                "  left out: title",
                "tag E00401503309CE74: refused, nothing was written: tag is a patron card, wanted an item",
                "3012: not converted: 1 of 2 writes were read back",
                "  hint: lay it on the pad again",
                "3 tags: 1 converted, 1 refused, 1 stopped half way",
            ]
        )
    }

    @Test func `a dry run tells the order of the blocks and what is lost`() {
        #expect(
            lines([tag(.planned, "planned, nothing was written")]).prefix(4) == [
                "3012: iso28560-2 to iso28560-3: planned, nothing was written",
                "  blocks in this order: 9, 0",
                "  torn away: no item after write 1, never another one",
                "  left out: title",
            ]
        )
    }

    @Test func `an item that is not on the pad is named`() {
        #expect(
            lines([], missing: ["3013"]) == ["3013: no tag of this item on the pad", "no tag to convert on the pad"]
        )
    }

    @Test(arguments: ConversionResult.Outcome.allCases)
    func `only what was read back makes a stack whole`(_ outcome: ConversionResult.Outcome) {
        let result = ConversionResult(target: "iso28560-3", dryRun: false, tags: [tag(outcome, "")], missing: [])
        #expect(result.isWhole == [.converted, .unchanged, .planned].contains(outcome))
        #expect(result.totals == [outcome.rawValue: 1])
    }
}
