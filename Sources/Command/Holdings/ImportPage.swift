import API

/// What came of an import, rejected rows first so that the sum stands last.
struct ImportPage {
    var report: ImportReport
    /// Whether what was understood is to be shown too, for somebody who has to decide.
    var preview = false
    var palette: Palette

    var lines: [String] { (preview ? understood : []) + rejected + notices + [sum] }

    private var understood: [String] {
        var lines = ["profile \(report.profile)" + (report.guessedBy.map { ", by \($0)" } ?? "").visible]
        let columns = Table(
            headings: ["COLUMN", "IMPORTED AS"],
            rows: report.columns.map { column in
                [column.name, column.field ?? (column.patron ? "dropped: may name a patron" : "not imported")]
            }
        )
        if !report.columns.isEmpty { lines += [""] + columns.lines() }
        let items = Table(
            headings: ["BARCODE", "CALL NUMBER", "BRANCH", "LOCATION", "STATUS", "TITLE"],
            rows: report.first.map { item in
                [
                    item.barcode, [item.callNumber, item.enumeration].compactMap(\.self).joined(separator: " "),
                    item.homeBranch ?? "", item.location ?? "", item.status, (item.title ?? "").cut(to: 40),
                ]
            }
        )
        if !report.first.isEmpty { lines += [""] + items.lines(limit: 30) + [""] }
        return lines
    }

    private var rejected: [String] {
        var lines = report.rejected.map { row in
            let cause = "line \(row.line): \(palette.paint(row.cause.visible, .notice))"
            // A row that was taken and fell out behind all others is not there any more.
            return row.text.isEmpty ? cause : "\(cause): \(row.text.visible.cut(to: 80))"
        }
        let silent = report.rejectedCount - report.rejected.count
        if silent > 0 { lines.append("and \(Wording.count(silent, "more row", "more rows")) rejected") }
        return lines
    }

    private var notices: [String] {
        let gone =
            Wording.count(report.gone, "item", "items") + " of the snapshot in use \(report.gone == 1 ? "is" : "are")"
        return (report.notices + (report.gone > 0 ? ["\(gone) not in this one"] : [])).map { "note: \($0.visible)" }
    }

    private var sum: String {
        let rows = "\(Wording.number(report.imported)) of \(Wording.count(report.read, "row", "rows"))"
        let share = Wording.share(report.rejectedCount, of: report.read)
        let rejected = report.rejectedCount > 0 ? ", \(Wording.number(report.rejectedCount)) rejected (\(share))" : ""
        let time = " in \(Int(report.seconds * 10) / 10).\(Int(report.seconds * 10) % 10) s"
        guard !report.dryRun else { return "\(rows) can be imported\(rejected)\(time); nothing was kept (dry run)" }
        guard let snapshot = report.snapshot else {
            return palette.paint("\(rows) imported\(rejected)\(time); the snapshot before stays in use", .bad)
        }
        guard snapshot.state == .current else {
            return "\(rows) can be imported\(rejected)\(time): snapshot \(snapshot.number), not in use yet"
        }
        return palette.paint("\(rows) imported\(rejected)\(time): snapshot \(snapshot.number)", .good)
    }
}
