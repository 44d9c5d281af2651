import API
import Foundation

/// A sweep in text: shelf strip, counts, findings.
struct SweepPage {
    var sweep: SweepSummary
    var palette: Palette
    var width: Int

    /// Two lines that stand at the foot of the screen while the sweep runs, and one between them where tags were not read.
    var progress: [String] {
        let others = sweep.others > 0 ? " · \(Wording.number(sweep.others)) others" : ""
        let counts = "\(seen)\(others) · \(Wording.count(findingCount, "finding", "findings"))"
        return [counts] + unread + [strip]
    }

    /// One line for logs and pipes.
    var progressLine: String {
        let unread = unreadTags > 0 ? ", \(Wording.count(unreadTags, "tag", "tags")) never read" : ""
        return "sweep \(sweep.id): \(seen), \(Wording.count(findingCount, "finding", "findings"))\(unread)"
    }

    var summary: [String] {
        let title = "sweep \(sweep.id) \(sweep.state.rawValue): \(sweep.scope.visible)"
        let sightings = Wording.count(sweep.sightings, "sighting", "sightings")
        let others = Wording.count(sweep.others, "other item", "other items")
        var lines = [palette.paint(title, .strong), strip, "\(seen), \(others), \(sightings)"]
        lines += unread
        if !sweep.judgedByWords.isEmpty { lines.append(sweep.judgedByWords) }
        lines += completeness
        let kinds = sweep.findings.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if kinds.isEmpty {
            lines.append("nothing found that is not as it should be")
        } else {
            let column = kinds.map { Wording.number($0.value).count }.max() ?? 0
            for (kind, count) in kinds {
                let number = Wording.number(count)
                lines.append(String(repeating: " ", count: 2 + column - number.count) + "\(number)  \(kind.visible)")
            }
            lines.append("every finding with its reason: pressmark sweep report \(sweep.id)")
        }
        return lines
    }

    /// A finding in two lines: what and where, why and what to do.
    func lines(of finding: Finding) -> [String] {
        let item = [finding.callNumber, finding.barcode ?? finding.uid, finding.title].compactMap(\.self)
        let head = "\(finding.kind): \(item.joined(separator: " · "))".visible.cut(to: max(40, width))
        let why = "  \(finding.reason)" + (finding.advice.isEmpty ? "" : "; \(finding.advice)")
        return [palette.paint(head, severity: finding.severity), palette.paint(why.visible, .faint)]
    }

    /// The table where the screen has room for its lines, else two lines for each finding.
    func list(of findings: [Finding]) -> [String] {
        var plain = self
        plain.palette.isOn = false
        let fits = plain.table(of: findings).allSatisfy { $0.count <= width }
        return fits ? table(of: findings) : findings.flatMap { lines(of: $0) } + [""]
    }

    func table(of findings: [Finding]) -> [String] {
        guard !findings.isEmpty else { return [] }
        let lines = Table(
            headings: ["FINDING", "CALL NUMBER", "BARCODE", "TITLE", "REASON", "ADVICE"],
            rows: findings.map {
                [$0.kind, $0.callNumber ?? "", $0.barcode ?? $0.uid ?? "", $0.title ?? "", $0.reason, $0.advice]
            }
        ).lines(limit: 40)
        return zip([""] + findings.map(\.severity), lines).map { palette.paint($1, severity: $0) } + [""]
    }

    /// What the sweep says of what it did not hear.
    var completeness: [String] {
        guard let completeness = sweep.completeness else { return [] }
        var lines: [String] = []
        if completeness.judged > 0 {
            let range = "\(Wording.number(completeness.low)) to \(Wording.number(completeness.high))"
            lines.append(
                "there but not heard: \(range) (95 %), of \(Wording.number(completeness.judged)) swept twice or more"
            )
        }
        if completeness.untold > 0 {
            let items = Wording.count(completeness.untold, "item", "items")
            lines.append("\(items) not heard where one walk or none passed: sweep again to be able to say more")
        }
        for spot in completeness.thinSpots.prefix(5) {
            let stretch = "\(spot.from.visible) to \(spot.to.visible), some \(spot.centimetres) cm"
            lines.append("sweep again: \(stretch): \(spot.seen) of \(spot.items) seen, \(spot.reason.visible)")
        }
        let more = completeness.thinSpots.count - 5
        if more > 0 { lines.append("and \(Wording.count(more, "more stretch", "more stretches"))") }
        return lines
    }

    /// `★ holds: QA 76 .B1 2000  39070001  Structure of programs`
    func line(of sought: Sought) -> String {
        let item = [sought.callNumber, sought.barcode, sought.title].compactMap(\.self).joined(separator: "  ")
        return palette.paint("★ \(sought.list.visible): \(item.visible.cut(to: max(20, width - 20)))", .strong)
    }

    /// `7  take QA 76 .B1 (39070001) from behind QA 75 .A1, put it behind QA 76 .A9, before QA 76 .C1`
    func lines(of moves: [Move]) -> [String] {
        guard !moves.isEmpty else { return ["nothing to move: what could be placed stands in order"] }
        func name(_ item: Move.Item?, else place: String = "the end") -> String {
            (item?.callNumber ?? item?.barcode)?.visible ?? place
        }
        return moves.map { move in
            let shelf = move.toShelf.map { " on \($0.visible)" } ?? ""
            let now = name(move.standsAfter, else: "the beginning")
            let then = name(move.putAfter, else: "the beginning")
            let text =
                "\(move.number)  take \(name(move.item)) (\(move.item.barcode.visible)) from behind "
                + "\(now), put it behind \(then)\(shelf), before \(name(move.putBefore))"
            return move.isDone ? palette.paint("✓ \(text)", .faint) : "  \(text)"
        }
    }

    private var seen: String {
        let share = Wording.share(sweep.seen, of: sweep.expected)
        return "\(Wording.number(sweep.seen)) of \(Wording.number(sweep.expected)) seen (\(share))"
    }

    /// What helps where tags went by without being read; no line where none did, or the daemon does not tell.
    private var unread: [String] {
        guard unreadTags > 0 else { return [] }
        let tags = Wording.count(unreadTags, "tag", "tags")
        return [palette.paint("\(tags) heard but never read: walk by again more slowly", .notice)]
    }

    private var unreadTags: Int { sweep.unreadTags ?? 0 }

    private var findingCount: Int { sweep.findings.values.reduce(0, +) }

    private var strip: String {
        ShelfStrip(stretches: sweep.strip).text(width: max(10, min(width, 100) - 2))
    }
}
