import API

/// One alarm: when and where, then for each item why it rang, on what evidence, and what to do.
struct AlarmPage {
    var alarm: Alarm
    var palette: Palette

    var lines: [String] {
        let head = "\(Wording.clock(alarm.at))  \(alarm.gate.visible)"
        return [palette.paint(head, .strong)] + alarm.items.flatMap(lines)
    }

    private func lines(_ item: AlarmItem) -> [String] {
        let words = [item.barcode ?? item.uid, item.callNumber, item.title].compactMap(\.self).joined(separator: " · ")
        return [
            "  \(palette.paint(item.reason.visible, .bad)): \(words.visible)",
            palette.paint("    \(item.evidence); \(item.advice)".visible, .faint),
        ]
    }
}
