import API

/// What became of each tag of a stack, and how many of each there are.
struct ConversionPage {
    var result: ConversionResult
    var palette: Palette

    var lines: [String] {
        let missing = result.missing.map { palette.paint("\($0.visible): no tag of this item on the pad", .bad) }
        return result.tags.flatMap(lines) + missing + [totals]
    }

    private func lines(of tag: ConversionResult.Tag) -> [String] {
        let item = tag.barcode ?? "tag \(tag.uid)"
        let head = "\(item): \(verdict(tag)): \(tag.reason)".visible
        var details: [String] = []
        if let blocks = tag.blocks, tag.outcome == .planned {
            let order = blocks.isEmpty ? "only the DSFID" : blocks.map(String.init).joined(separator: ", ")
            details.append("blocks in this order: \(order)")
            if let interruption = tag.interruption { details.append("torn away: \(interruption)") }
            if !tag.leftOut.isEmpty { details.append("left out: \(tag.leftOut.joined(separator: ", "))") }
        }
        return [palette.paint(head, tone(tag.outcome))] + (details + tag.notes).map { "  \($0.visible)" }
            + (tag.hint.map { ["  hint: \($0.visible)"] } ?? [])
    }

    private func verdict(_ tag: ConversionResult.Tag) -> String {
        switch tag.outcome {
        case .converted, .planned: "\(tag.model ?? "") to \(result.target)"
        case .unchanged: result.target
        case .refused, .cutOff: "refused, nothing was written"
        case .notRead: "not read, nothing was written"
        case .stopped: "not converted"
        }
    }

    private func tone(_ outcome: ConversionResult.Outcome) -> Palette.Tone {
        switch outcome {
        case .converted, .unchanged, .planned: .good
        case .refused: .notice
        case .cutOff, .notRead, .stopped: .bad
        }
    }

    private var totals: String {
        guard !result.tags.isEmpty else { return "no tag to convert on the pad" }
        let counts = ConversionResult.Outcome.allCases.compactMap { outcome in
            result.totals[outcome.rawValue].map { "\($0) \(word(outcome))" }
        }
        return "\(Wording.count(result.tags.count, "tag", "tags")): \(counts.joined(separator: ", "))"
    }

    private func word(_ outcome: ConversionResult.Outcome) -> String {
        switch outcome {
        case .converted: "converted"
        case .unchanged: "as it shall be already"
        case .planned: "would be converted"
        case .refused: "refused"
        case .cutOff: "cut off earlier"
        case .notRead: "not read"
        case .stopped: "stopped half way"
        }
    }
}
