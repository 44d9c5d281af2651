import API
import Wire

/// The truth table, one part for each thing that tags can say.
struct TruthTablePage {
    var table: TruthTable
    var palette: Palette

    var lines: [String] {
        var lines = head
        for tags in table.rows.map(\.tags).uniqued {
            lines += ["", palette.paint("tags: \(tags)".visible, .strong)]
            lines += Table(
                headings: ["", "item", "pad", "kiosk", "gate", "wand", "why"],
                rows: table.rows.filter { $0.tags == tags }.map { row in
                    [
                        row.isSiteRule ? "*" : "", row.item, row.pad, row.kiosk, row.gate, row.wand,
                        row.reason + (row.right.map { "; must be \($0)" } ?? ""),
                    ]
                }
            ).lines()
        }
        if table.rows.contains(where: \.isSiteRule) { lines += ["", "* changed by this site"] }
        return lines
    }

    private var head: [String] {
        guard let site = table.site else { return ["the standard table, before any site has changed it"] }
        let values = { (values: [UInt8]) in values.map { Hex.string($0) }.joined(separator: ", ") }
        let marks =
            switch site.mechanism {
            case "eas": "EAS alone"
            case "both": "AFI \(values(site.armed)) armed, \(values(site.released)) released, and EAS"
            default: "AFI \(values(site.armed)) armed, \(values(site.released)) released"
            }
        let repairs = site.repairs.isEmpty ? "nobody" : site.repairs.map { $0 + "s" }.joined(separator: ", ")
        return [
            "marks: \(marks)".visible,
            "put right without being asked by: \(repairs)".visible,
            "holdings and journal know the loans of the moment for \(Wording.length(Double(site.freshSeconds)))",
            "a change by hand that was cut off: \(site.unfinished)".visible,
        ]
    }
}

extension [String] {
    /// Each once, in the order of their first appearance.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
