import API

/// What came of an import, rejected rows first so that the sum stands last.
struct ImportPage {
    var report: ImportReport
    var palette: Palette

    var lines: [String] { rejected + notices + [sum] }

    private var rejected: [String] {
        var lines = report.rejected.map { row in
            "line \(row.line): \(palette.paint(row.cause.visible, .notice)): \(row.text.visible.cut(to: 80))"
        }
        let silent = report.rejectedCount - report.rejected.count
        if silent > 0 { lines.append("and \(Wording.count(silent, "more row", "more rows")) rejected") }
        return lines
    }

    private var notices: [String] { report.notices.map { "note: \($0.visible)" } }

    private var sum: String {
        let rows = "\(Wording.number(report.imported)) of \(Wording.count(report.read, "row", "rows"))"
        let rejected = report.rejectedCount > 0 ? ", \(Wording.number(report.rejectedCount)) rejected" : ""
        let time = " in \(Int(report.seconds * 10) / 10).\(Int(report.seconds * 10) % 10) s"
        guard !report.dryRun else { return "\(rows) can be imported\(rejected)\(time); nothing was kept (dry run)" }
        guard let snapshot = report.snapshot else {
            return palette.paint("\(rows) imported\(rejected)\(time); the snapshot before stays in use", .bad)
        }
        return palette.paint("\(rows) imported\(rejected)\(time): snapshot \(snapshot.number)", .good)
    }
}
