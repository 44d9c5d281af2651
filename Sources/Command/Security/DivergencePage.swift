import API
import Foundation

/// What is open between tags and library system.
struct DivergencePage {
    var report: DivergenceReport
    var now: Date
    var palette: Palette

    var lines: [String] {
        groups + changes + wrongBits + [
            "",
            "ever since: \(Wording.count(report.repaired, "wrong bit", "wrong bits")) put right, "
                + "\(Wording.number(report.heardRight)) heard right later",
        ]
    }

    private var groups: [String] {
        guard !report.groups.isEmpty else {
            return [palette.paint("nothing is open: every tag that was heard says what it must", .good)]
        }
        return Table(
            headings: ["OPEN", "CAUSE", "DEVICE"],
            rows: report.groups.map { ["\($0.count)", $0.cause, $0.device] }
        ).lines()
    }

    private var changes: [String] {
        guard !report.changes.isEmpty else { return [] }
        return ["", palette.paint("begun, and the end is not known: they count as armed", .strong)]
            + SecurityJournalPage(entries: report.changes, now: now, palette: palette).lines
            + ["hint: lay the items on a pad: what was begun is then finished by itself"]
    }

    private var wrongBits: [String] {
        guard !report.wrongBits.isEmpty else { return [] }
        return ["", palette.paint("heard saying the wrong thing", .strong)]
            + Table(
                headings: ["ITEM", "SAYS", "MUST BE", "ITEM IS", "DEVICE", "LAST", "TIMES", "WHAT"],
                rows: report.wrongBits.map { bit in
                    [
                        bit.barcode, bit.says, bit.want.rawValue, bit.item, bit.device,
                        Wording.ago(bit.last, now: now), "\(bit.times)",
                        [bit.callNumber, bit.title].compactMap(\.self).joined(separator: " · "),
                    ]
                }
            ).lines()
            + ["hint: lay the items on a pad, then: pressmark security repair"]
    }
}
