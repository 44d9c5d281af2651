import API
import Foundation

/// A sweep's report as one page to print: plots first, then moves, missing items and the other findings.
///
/// Nothing on it is fetched from anywhere, and nothing runs.
struct PrintedReport {
    var report: SweepReport

    var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Sweep \(report.sweep.id)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>\(Self.style)</style></head><body>
        <h1>Sweep \(report.sweep.id): \(escaped(report.sweep.scope))</h1>
        <p>\(escaped(facts))</p>
        \(figures)
        <h2>Along the shelf</h2>
        \(ReportChart.strip(report.sweep.strip))
        <p class="quiet">Black: seen. Hatched: not heard but likely there. White: not heard.
        From \(escaped(report.sweep.strip.first?.from ?? "")) on.</p>
        \(thinSpots)
        <h2>Findings by class</h2>
        \(ReportChart.bars(classes))
        \(report.progress.count > 1 ? "<h2>Seen by day</h2>\(ReportChart.columns(days))" : "")
        \(moves)
        \(findings)
        </body></html>
        """
    }

    private static let style = """
        body{font:11pt/1.4 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
        h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}.quiet{color:#555}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;\
        border-bottom:1px solid #ccc}th{border-bottom:2px solid #111}tr{break-inside:avoid}
        .figures{display:flex;gap:2rem;flex-wrap:wrap}.figures b{display:block;font-size:1.6rem}
        .box{display:inline-block;width:.9em;height:.9em;border:1.5px solid #111}.box.done{background:#111}
        svg{width:100%;height:auto}
        @media print{body{margin:0;max-width:none}h2{break-after:avoid}}
        """

    private var facts: String {
        let sweep = report.sweep
        let days = sweep.startedAt.formatted(.iso8601.year().month().day())
        let who = sweep.assignee.map { ", done by \($0)" } ?? ""
        let project = sweep.project.map { ", project \($0)" } ?? ""
        let judged = sweep.judgedByWords.isEmpty ? "" : "\(sweep.judgedByWords); "
        return "\(sweep.state.rawValue), begun \(days)\(who)\(project); \(judged)\(sweep.sightings) sightings"
    }

    private var figures: String {
        let sweep = report.sweep
        var figures = [
            ("expected", "\(sweep.expected)"), ("seen", "\(sweep.seen)"), ("missing", "\(sweep.missing ?? 0)"),
            ("not swept", "\(sweep.notSwept ?? 0)"), ("to move", "\(report.moves.count)"),
        ]
        if let completeness = sweep.completeness, completeness.judged > 0 {
            let range = "\(completeness.low) to \(completeness.high)"
            figures.append(("there but unheard", range))
        }
        return "<p class=\"figures\">" + figures.map { "<span><b>\($0.1)</b>\($0.0)</span>" }.joined() + "</p>"
    }

    private var thinSpots: String {
        let spots = report.sweep.completeness?.thinSpots ?? []
        guard !spots.isEmpty else { return "" }
        let rows = spots.prefix(40).map { spot in
            [spot.from, spot.to, "\(spot.centimetres)\u{A0}cm", "\(spot.seen)\u{A0}of\u{A0}\(spot.items)", spot.reason]
        }
        return "<h2>Sweep again</h2>" + table(["From", "To", "About", "Seen", "Why"], rows)
    }

    private var classes: [(String, Int)] {
        Dictionary(report.findings.map { ($0.kind, 1) }, uniquingKeysWith: +)
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    private var days: [(String, Int)] { report.progress.map { ($0.day, $0.seen) } }

    private var moves: String {
        guard !report.moves.isEmpty else { return "" }
        var html = "<h2>Moves, in the order of walking</h2><table><tr><th></th><th>No.</th><th>Take</th>"
        html += "<th>It stands after</th><th>Put it after</th><th>and before</th></tr>"
        for move in report.moves {
            let shelf = move.toShelf.map { " (\($0))" } ?? ""
            html += "<tr><td><span class=\"box\(move.isDone ? " done" : "")\"></span></td><td>\(move.number)</td>"
            html += [
                name(move.item), name(move.standsAfter, else: "the beginning"),
                name(move.putAfter, else: "the beginning") + escaped(shelf), name(move.putBefore),
            ]
            .map { "<td>\($0)</td>" }.joined()
            html += "</tr>"
        }
        return html + "</table>"
    }

    /// - Parameter place: what is said where there is no item.
    private func name(_ item: Move.Item?, else place: String = "the end") -> String {
        guard let item else { return place }
        return "\(escaped(item.callNumber ?? "")) <span class=\"quiet\">\(escaped(item.barcode))</span>"
    }

    private var findings: String {
        let groups = Dictionary(grouping: report.findings, by: \.kind)
        return classes.map { kind, count in
            let rows = (groups[kind] ?? []).map { finding in
                [finding.callNumber ?? "", finding.barcode ?? finding.uid ?? "", finding.title ?? "", finding.reason]
            }
            let advice = groups[kind]?.first?.advice ?? ""
            return "<h2>\(escaped(kind)): \(count)</h2><p class=\"quiet\">\(escaped(advice))</p>"
                + table(["Call number", "Barcode", "Title", "Why"], rows)
        }.joined()
    }

    private func table(_ names: [String], _ rows: [[String]]) -> String {
        "<table><tr>" + names.map { "<th>\($0)</th>" }.joined() + "</tr>"
            + rows.map { "<tr>" + $0.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }.joined() + "</table>"
    }

    private func escaped(_ text: String) -> String { Markup.escaped(text) }
}
