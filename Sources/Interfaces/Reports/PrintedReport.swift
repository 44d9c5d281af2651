import API
import Foundation

/// A sweep's report as one page to print: plots first, then moves, missing items and the other findings.
///
/// Nothing on it is fetched from anywhere, and nothing runs.
struct PrintedReport {
    var report: SweepReport
    var tongue = ReportTongue.en

    var html: String {
        let number = String(report.sweep.id)
        return """
            <!doctype html>
            <html lang="\(tongue.rawValue)"><head><meta charset="utf-8"><title>\(say("title", number))</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>\(Self.style)</style></head><body>
            <h1>\(say("heading", number, tongue.told(report.sweep.scope)))</h1>
            <p>\(facts)</p>
            \(figures)
            <h2>\(say("strip"))</h2>
            \(ReportChart.strip(report.sweep.strip, in: tongue))
            <p class="quiet">\(say("legend")) \(beginning)</p>
            \(thinSpots)
            <h2>\(say("classes"))</h2>
            \(ReportChart.bars(classes.map { (tongue.told($0.0), $0.1) }, in: tongue))
            \(progress)
            \(moves)
            \(findings)
            </body></html>
            """
    }

    /// Words of the page's language, as they may stand in HTML.
    private func say(_ name: String, _ facts: String...) -> String { escaped(tongue.say(name, facts)) }

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
        let day = sweep.startedAt.formatted(.iso8601.year().month().day())
        let course: [String?] = [
            say("begun", tongue.say(sweep.state.rawValue), day), sweep.assignee.map { say("assignee", $0) },
            sweep.project.map { say("project", $0) },
        ]
        let parts: [String?] = [
            course.compactMap(\.self).joined(separator: ", "), tongue.judged(sweep).map { escaped($0) },
            say("sightings", String(sweep.sightings)),
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    private var beginning: String {
        report.sweep.strip.first.map { $0.from.isEmpty ? "" : say("legendFrom", $0.from) } ?? ""
    }

    private var figures: String {
        let sweep = report.sweep
        var figures = [
            ("expected", "\(sweep.expected)"), ("seen", "\(sweep.seen)"), ("missing", "\(sweep.missing ?? 0)"),
            ("notSwept", "\(sweep.notSwept ?? 0)"), ("toMove", "\(report.moves.count)"),
        ]
        if let completeness = sweep.completeness, completeness.judged > 0 {
            figures.append(("unheard", say("range", String(completeness.low), String(completeness.high))))
        }
        // Only where another walk would help: it is no count of items as the others are.
        let unread = sweep.unreadTags ?? 0
        if unread > 0 { figures.append(("unread", "\(unread)")) }
        let advice = unread > 0 ? "<p>\(say("slower"))</p>" : ""
        let shown = figures.map { "<span><b>\($0.1)</b>\(say($0.0))</span>" }.joined()
        return "<p class=\"figures\">\(shown)</p>\(advice)"
    }

    private var thinSpots: String {
        let spots = report.sweep.completeness?.thinSpots ?? []
        guard !spots.isEmpty else { return "" }
        let rows = spots.prefix(40).map { spot in
            let seen = tongue.say("of", String(spot.seen), String(spot.items)).replacing(" ", with: "\u{A0}")
            return [spot.from, spot.to, "\(spot.centimetres)\u{A0}cm", seen, tongue.told(spot.reason)]
        }
        return "<h2>\(say("thin"))</h2>" + table(["from", "to", "about", "thinSeen", "why"], rows)
    }

    private var classes: [(String, Int)] {
        Dictionary(report.findings.map { ($0.kind, 1) }, uniquingKeysWith: +)
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    private var progress: String {
        guard report.progress.count > 1 else { return "" }
        return "<h2>\(say("days"))</h2>" + ReportChart.columns(report.progress.map { ($0.day, $0.seen) }, in: tongue)
    }

    private var moves: String {
        guard !report.moves.isEmpty else { return "" }
        let names = ["number", "take", "standsAfter", "putAfter", "putBefore"].map { "<th>\(say($0))</th>" }.joined()
        var html = "<h2>\(say("moves"))</h2><table><tr><th></th>\(names)</tr>"
        for move in report.moves {
            let shelf = move.toShelf.map { " (\($0))" } ?? ""
            html += "<tr><td><span class=\"box\(move.isDone ? " done" : "")\"></span></td><td>\(move.number)</td>"
            html += [
                name(move.item, else: "end"), name(move.standsAfter, else: "beginning"),
                name(move.putAfter, else: "beginning") + escaped(shelf), name(move.putBefore, else: "end"),
            ]
            .map { "<td>\($0)</td>" }.joined()
            html += "</tr>"
        }
        return html + "</table>"
    }

    /// - Parameter place: which word is said where there is no item.
    private func name(_ item: Move.Item?, else place: String) -> String {
        guard let item else { return say(place) }
        return "\(escaped(item.callNumber ?? "")) <span class=\"quiet\">\(escaped(item.barcode))</span>"
    }

    private var findings: String {
        let groups = Dictionary(grouping: report.findings, by: \.kind)
        return classes.map { kind, count in
            let rows = (groups[kind] ?? []).map { finding in
                [
                    finding.callNumber ?? "", finding.barcode ?? finding.uid ?? "", finding.title ?? "",
                    tongue.told(finding.reason),
                ]
            }
            let advice = tongue.told(groups[kind]?.first?.advice ?? "")
            return "<h2>\(say("count", tongue.told(kind), String(count)))</h2><p class=\"quiet\">\(escaped(advice))</p>"
                + table(["callNumber", "barcode", "itemTitle", "why"], rows)
        }.joined()
    }

    /// - Parameter names: of the columns, as the language's file has them.
    private func table(_ names: [String], _ rows: [[String]]) -> String {
        "<table><tr>" + names.map { "<th>\(say($0))</th>" }.joined() + "</tr>"
            + rows.map { "<tr>" + $0.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }.joined() + "</table>"
    }

    private func escaped(_ text: String) -> String { Markup.escaped(text) }
}
