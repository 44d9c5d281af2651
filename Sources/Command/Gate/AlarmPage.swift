import API
import Foundation

/// One alarm: when and where, then for each item why it rang, on what evidence, and what to do.
struct AlarmPage {
    var alarm: Alarm
    var palette: Palette
    var now = Date()

    var lines: [String] {
        let head = "\(Wording.moment(alarm.at, now: now))  \(alarm.gate.visible)"
        return [palette.paint(head, .strong) + details.visible] + alarm.items.flatMap(lines)
    }

    /// Number, lane, direction, and what became of it.
    private var details: String {
        let kind = alarm.bulk == true ? "theft in bulk?" : nil
        let quiet = alarm.quiet.map { "no noise: \($0)" }
        let outcome = alarm.outcome.map { "outcome: \($0)" }
        let words = ["alarm \(alarm.id)", alarm.lane, alarm.direction, kind, quiet, outcome].compactMap(\.self)
        return "  " + words.joined(separator: ", ")
    }

    private func lines(_ item: AlarmItem) -> [String] {
        let words = [item.barcode ?? item.uid, item.callNumber, item.title].compactMap(\.self).joined(separator: " · ")
        return [
            "  \(palette.paint(item.reason.visible, .bad)): \(words.visible)",
            palette.paint("    \(item.evidence); \(item.advice)\(origin(item))".visible, .faint),
        ]
    }

    private func origin(_ item: AlarmItem) -> String { item.origin.map { "; last changed at \($0)" } ?? "" }
}
