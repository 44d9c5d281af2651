import API
import Foundation

/// All gates on one screen.
struct GateStatusPage {
    var report: GateReport
    var now: Date
    var palette: Palette

    var lines: [String] {
        var lines: [String] = []
        if report.fire { lines.append(palette.paint("fire contact open: nothing sounds", .bad)) }
        if report.gates.isEmpty { lines.append(palette.paint("no gate is configured", .notice)) }
        lines += report.gates.flatMap(self.lines)
        let holdings = report.holdingsAt.map { ", holdings \(Wording.ago($0, now: now))" } ?? ", no holdings yet"
        let known = "\(Wording.number(report.indexItems)) items and \(Wording.number(report.indexTags)) tags in memory"
        lines.append(palette.paint("\(known)\(holdings)", .faint))
        let alarms = Wording.count(report.alarmsToday, "alarm", "alarms") + " today"
        lines.append("\(alarms); in 30 days false: \(report.falseAlarms.words), missed: \(report.misses.words)")
        return lines
    }

    private func lines(_ gate: GateView) -> [String] {
        let hears = gate.hears ? palette.paint("hears", .good) : palette.paint("does not hear", .bad)
        let muted = gate.mutedSeconds > 0 ? ", muted for \(Wording.length(Double(gate.mutedSeconds)))" : ""
        let outputs = gate.outputs.isEmpty ? "no outputs" : gate.outputs.joined(separator: ", ")
        let people = gate.incoming + gate.outgoing > 0 ? ", \(gate.incoming) in, \(gate.outgoing) out" : ""
        var lines = ["\(palette.paint(gate.name.visible, .strong))  \(hears)\(muted), \(outputs.visible)\(people)"]
        for trouble in gate.troubles {
            let cause = "\(trouble.kind): \(trouble.cause ?? "over")".visible
            lines += ["  \(palette.paint(cause, .bad))", palette.paint("    \(trouble.advice)", .faint)]
        }
        for item in gate.parked {
            let words = [item.barcode ?? item.uid, item.callNumber, item.title].compactMap(\.self)
            lines.append("  lies \(item.place.visible): \(words.joined(separator: " · ").visible)")
            lines.append(palette.paint("    since \(Wording.moment(item.since, now: now)); \(item.advice)", .faint))
        }
        if gate.lanes.count > 1 {
            lines += gate.lanes.map { lane in
                "  \(lane.name?.visible ?? "lane \(lane.lane)"): \(lane.incoming) in, \(lane.outgoing) out"
            }
        }
        lines += gate.sentinels.map { sentinel in
            let last = sentinel.last.map { ", last heard \($0.count) of \($0.of) looks" } ?? ""
            return palette.paint("  antenna \(sentinel.antenna): \(sentinel.verdict)\(last)", .faint)
        }
        if let test = gate.selfTest { lines.append("  self test: \(test.count) of \(test.of) looks") }
        if let walk = gate.walkTest {
            lines.append("  walk test: \(walk.walks) of \(walk.planned) walks, \(walk.heard) heard")
        }
        return lines
    }
}

extension Share {
    /// `3 of 50, 6.0 % (2.1 to 16.2 %)`; few observations prove little, and the range says so.
    var words: String {
        guard of > 0 else { return "not measured yet" }
        return "\(count) of \(of), \(Self.percent(Double(count) / Double(of))) % "
            + "(\(Self.percent(low)) to \(Self.percent(high)) %)"
    }

    private static func percent(_ part: Double) -> String {
        let permille = Int((part * 1000).rounded())
        return "\(permille / 10).\(permille % 10)"
    }
}
