import API

/// The gates' statistics on one screen.
struct GateStatisticsPage {
    var report: GateStatisticsReport
    var palette: Palette

    var lines: [String] {
        let alarms = Wording.count(report.alarms, "alarm", "alarms")
        let perVisitor = report.alarmsPerThousandVisitors.map { value in
            let tenths = Int((value * 10).rounded())
            return ", \(tenths / 10).\(tenths % 10) for a thousand of \(Wording.number(report.visitors)) visitors"
        }
        var lines = [
            "\(alarms) in \(Wording.count(report.days, "day", "days"))\(perVisitor ?? ", visitors not counted")"
        ]
        if report.quietAlarms > 0 { lines.append("  \(report.quietAlarms) of them without noise") }
        lines.append("  false: \(report.falseAlarms.words); \(report.unanswered) nobody judged")
        lines.append("  missed: \(report.misses.words)")
        if let headline = report.headline { lines += ["", palette.paint(headline.visible, .strong)] }
        lines += table("reason", report.reasons)
        lines += table("last changed at", report.devices)
        lines += table("by", report.procedures)
        lines += crosses
        lines += table("outcome", report.outcomes)
        lines += table("passages", report.passages)
        if report.alarms > 0 { lines += ["", "by hour", "  " + marks(report.hours)] + details + [Self.scale] }
        for sentinel in report.sentinels {
            let last = sentinel.last.map { ", last heard \($0.count) of \($0.of) looks" } ?? ""
            lines.append("\(sentinel.gate.visible) antenna \(sentinel.antenna): \(sentinel.verdict)\(last)")
        }
        return lines
    }

    private func table(_ heading: String, _ counts: [String: Int]) -> [String] {
        guard !counts.isEmpty else { return [] }
        let whole = counts.values.reduce(0, +)
        let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            [$0.key, Wording.number($0.value), Wording.share($0.value, of: whole)]
        }
        return [""] + Table(headings: [heading, "count", "share"], rows: rows).lines()
    }

    /// When, where and why together: which kiosk makes which alarms on which day.
    private var crosses: [String] {
        guard let crosses = report.crosses, crosses.count > 1 else { return [] }
        let shown = crosses.prefix(Self.crossesShown)
        let rows = shown.map { [$0.weekday, $0.device, $0.reason, Wording.number($0.count)] }
        let rest = crosses.count - shown.count
        return [""] + Table(headings: ["on", "last changed at", "reason", "count"], rows: rows).lines()
            + (rest > 0 ? ["  and \(Wording.count(rest, "other combination", "other combinations"))"] : [])
    }

    private static let crossesShown = 10

    /// Each reason by hour, with what had been done to its items; one reason alone says nothing new.
    private var details: [String] {
        guard let details = report.details, details.count > 1 else { return [] }
        return details.map { detail in
            let done = detail.procedures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let words = done.map { "\($0.key) \(Wording.number($0.value))" }.joined(separator: ", ")
            return "  \(marks(detail.hours)) \(detail.reason)\(words.isEmpty ? "" : ": " + words)".visible
        }
    }

    private static let scale = "  0     6     12    18    24"

    /// One mark an hour, from midnight on.
    private func marks(_ hours: [Int]) -> String {
        let marks = Array(" ▁▂▃▄▅▆▇█")
        let most = max(1, hours.max() ?? 1)
        return String(hours.map { marks[(max(0, $0) * 8 + most - 1) / most] }) + "│"
    }
}
